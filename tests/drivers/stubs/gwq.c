/* A 柜外清: answers by callback from a thread of its own. LIB.text is the signed picture (base64), LIB.code the
   rating it tells, LIB.pin what is typed; what it shows is left in LIB.shown. */
#include "stub.h"
#include <pthread.h>
#include <stdbool.h>

typedef void (*coded)(int32_t, const char *);
typedef void (*signed_)(int32_t, const char *, const char *);
typedef void (*heard)(int32_t, const char *, const char **, int32_t);
typedef void (*sent)(int32_t);

static heard on_heard = 0;
static volatile int asking = 0;
static struct { int kind; coded coded; signed_ signed_; } job;

static void show(const char *words) {
    Dl_info info;
    char path[4096];
    if (!dladdr((void *)&show, &info)) return;
    snprintf(path, sizeof path, "%s.shown", info.dli_fname);
    FILE *file = fopen(path, "ab");
    if (file) { fprintf(file, "%s\n", words); fclose(file); }
}

static void answer(int32_t code, const char *ending) {
    static char text[1 << 16];
    text[0] = 0;
    if (!code && *ending == '=') strcpy(text, ending + 1);
    else if (!code) beside(ending, text, sizeof text);
    if (is("garbage")) strcpy(text, "\xFF\xFE{");
    if (job.kind == 3) on_heard(code ? -code : 0, text, 0, 0);
    else if (job.kind == 2) job.signed_(code, text, "");
    else job.coded(code, text);
    memset(text, 'x', 64); /* dies on return */
}

static void *run(void *given) {
    (void)given;
    usleep(20000);
    if (is("crash")) spoil(0);
    if (is("silent") || !asking) return 0;
    int32_t code = is("cancel") ? 1 : is("late") ? 2 : is("lost") ? -2 : 0;
    const char *endings[] = {"=1", "code", "text", "pin"};
    answer(code, job.kind == 0 && is("wrong") ? "=2" : endings[job.kind]);
    return 0;
}

static int32_t begin(int kind) {
    pthread_t thread;
    if (is("unplugged")) return -2;
    if (is("hang")) for (;;) sleep(3600);
    job.kind = kind;
    asking = 1;
    pthread_create(&thread, 0, run, 0);
    pthread_detach(thread);
    return 0;
}

int32_t GWQ_SetHidAndTcp(bool hid, const char *ip) { (void)ip; return hid ? 0 : 0; }
int32_t GWQ_DeviceOnline(void) { return is("unplugged") ? -2 : 0; }
int32_t GWQ_CancelOperate(void) { asking = 0; return 0; }
int32_t GWQ_TellerInfo(const char *name, const char *number, const char *post, const char *photo, bool save) {
    (void)name; (void)post; (void)photo; (void)save;
    if (is("unplugged")) return -2;
    show(number);
    return 0;
}
int32_t GWQ_CallNumberInfo(const char *told, const char *photo) {
    (void)photo;
    if (is("unplugged")) return -2;
    show(told);
    return 0;
}
int32_t GWQ_PDFConfirmCB(const char *path, int32_t seconds, const char *buttons, int32_t type, coded back) {
    static char page[1 << 16];
    (void)seconds; (void)buttons;
    FILE *file = fopen(path, "rb");
    if (!file || type != 1) return -3;
    page[fread(page, 1, sizeof page - 1, file)] = 0;
    fclose(file);
    show(page);
    job.coded = back;
    return begin(0);
}
int32_t GWQ_StartAppraise(coded back, const char *told) { (void)told; job.coded = back; return begin(1); }
int32_t GWQ_InfoPreviewSignature(const char *told, signed_ back) { (void)told; job.signed_ = back; return begin(2); }
int32_t set_callback(sent a, heard b) { (void)a; on_heard = b; return 0; }
int32_t GWQ_Keyboard(int32_t kind, int32_t seconds, bool hidden) {
    (void)seconds;
    return kind == 2 && hidden && on_heard ? begin(3) : -3;
}
