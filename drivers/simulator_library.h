/* What every stand-in of a vendor's library shares: the cable to the simulated device.

   The device is another process that listens on the Unix socket LIB.wire beside the library, or at the port the
   library was given. One connection per call: the name and what was given go there, code and data come back,
   and with them what the library itself does wrong (drivers/simulator_library.py has the other end). */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define GONE (-100) /* nothing answers at the other end of the cable */
#define ROOM 65536  /* of a text that is shown or told */

enum { NOTHING, CRASH, LEAVE, HANG, OVERRUN, CHATTER };

typedef struct {
    int32_t code;  /* what the function returns */
    int32_t deed;  /* what it does wrong */
    int32_t told;  /* the length it tells */
    uint32_t size; /* of the data that follows */
} Reply;

static char cable[4096];

static const char *place(void) {
    Dl_info info;
    if (!cable[0] && dladdr((void *)&place, &info)) snprintf(cable, sizeof cable, "%s.wire", info.dli_fname);
    return cable;
}

/* A socket's own path may not pass 107 bytes, a data folder's may: it is reached through the open folder. */
static int plugged(void) {
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    char folder[4096];
    snprintf(folder, sizeof folder, "%s", place());
    char *name = strrchr(folder, '/');
    if (!name) return -1;
    *name++ = 0;
    int inside = open(folder, O_PATH | O_CLOEXEC), link = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    snprintf(at.sun_path, sizeof at.sun_path, "/proc/self/fd/%d/%.60s", inside, name);
    int failed = inside < 0 || connect(link, (struct sockaddr *)&at, sizeof at);
    if (inside >= 0) close(inside);
    if (!failed) return link;
    close(link);
    return -1;
}

static int whole(int link, void *into, size_t size) {
    for (size_t had = 0; had < size;) {
        ssize_t got = recv(link, (char *)into + had, size - had, 0);
        if (got <= 0) return 0;
        had += (size_t)got;
    }
    return 1;
}

static void misbehave(int32_t deed, char *out) {
    if (deed == CRASH) raise(SIGSEGV);
    if (deed == LEAVE) _exit(3);
    if (deed == HANG) for (;;) sleep(3600);
    if (deed == CHATTER) { printf("{\"id\":1,\"ok\":true}\n"); fflush(stdout); }
    if (deed == OVERRUN && out) memset(out, 'A', 4 << 20);
}

/* One call of the device. `out` has room for *length bytes; *length becomes the length that is told. */
static int32_t ask(const char *call, const void *given, size_t size, char *out, int32_t *length) {
    Reply reply = {.code = GONE};
    uint32_t sizes[2] = {(uint32_t)strlen(call), (uint32_t)size};
    int32_t room = out && length ? *length : 0;
    int link = plugged();
    if (link < 0) return GONE;
    int good = send(link, sizes, sizeof sizes, MSG_NOSIGNAL) > 0 && send(link, call, sizes[0], MSG_NOSIGNAL) > 0
        && (!size || send(link, given, size, MSG_NOSIGNAL) > 0) && whole(link, &reply, sizeof reply);
    if (good && out) {
        uint32_t wanted = reply.size < (uint32_t)room ? reply.size : (uint32_t)room;
        good = whole(link, out, wanted);
    }
    close(link);
    if (!good) return GONE;
    if (length) *length = reply.told;
    misbehave(reply.deed, out);
    return reply.code;
}
