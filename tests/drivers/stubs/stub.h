/* What every stub of a vendor library shares: beside the library LIB lies LIB.mode, one word, read at each
   call, and LIB.text, the bytes to tell. Modes that are the same everywhere are played here. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static long beside(const char *ending, char *into, long most) {
    Dl_info info;
    char path[4096];
    into[0] = 0;
    if (!dladdr((void *)&beside, &info)) return 0;
    snprintf(path, sizeof path, "%s.%s", info.dli_fname, ending);
    FILE *file = fopen(path, "rb");
    if (!file) return 0;
    long got = (long)fread(into, 1, (size_t)most - 1, file);
    fclose(file);
    into[got] = 0;
    return got;
}

static int is(const char *word) {
    char mode[32];
    beside("mode", mode, sizeof mode);
    return strcmp(mode, word) == 0;
}

/* Plays what spoils any call; returns 1 when `out` is already filled with rubbish. */
static int spoil(char *out) {
    if (is("crash")) raise(SIGSEGV);
    if (is("exit")) _exit(3);
    if (is("hang")) for (;;) sleep(3600);
    if (is("slow")) usleep(80000);
    if (is("chatter")) { printf("{\"id\":1,\"ok\":true}\n"); fflush(stdout); }
    if (!out) return 0;
    if (is("garbage")) { memset(out, 0xFF, 40); out[40] = 0; return 1; }
    if (is("overlong")) { memset(out, 'A', 4095); out[4095] = 0; return 1; }
    if (is("spill")) { memset(out, 'A', 20000); out[20000] = 0; return 1; }
    if (is("overrun")) { memset(out, 'A', 4 << 20); return 1; }
    return 0;
}
