/* The stand-in of a 柜外清's library, cdecl: what waits for a person answers by callback from a thread. */
#include "../simulator_library.h"
#include <pthread.h>
#include <stdbool.h>

typedef void (*coded)(int32_t, const char *);
typedef void (*signed_)(int32_t, const char *, const char *);
typedef void (*heard)(int32_t, const char *, const char **, int32_t);
typedef void (*sent)(int32_t);

enum { CONFIRM, RATE, SIGN, PASSWORD };
static const char *const CALLS[] = {"confirm", "rate", "sign", "password"};

typedef struct {
    int kind, turn;
    coded coded;
    signed_ signed_;
    size_t size;
    char given[ROOM];
} Question;

static heard on_heard = 0;
static volatile int turn = 0; /* of the question that may still be answered */

static int32_t away(int32_t code) { return code == GONE ? -2 : code; }
static int32_t tell(const char *call, const char *words) { return away(ask(call, words, strlen(words), 0, 0)); }

static void *run(void *given) {
    Question *question = given;
    int32_t length = ROOM - 1;
    char *text = calloc(1, ROOM);
    int32_t code = away(ask(CALLS[question->kind], question->given, question->size, text, &length));
    if (turn == question->turn) {
        if (question->kind == PASSWORD) on_heard(code ? -abs(code) : 0, text, 0, 0);
        else if (question->kind == SIGN) question->signed_(code, text, "");
        else question->coded(code, text);
    }
    memset(text, 'x', ROOM); /* dies on return */
    free(text);
    free(question);
    return 0;
}

static int32_t begin(int kind, const char *given, coded answer, signed_ picture) {
    pthread_t thread;
    int32_t code = tell("online", "");
    if (code) return code;
    Question *question = calloc(1, sizeof *question);
    question->kind = kind;
    question->turn = ++turn;
    question->coded = answer;
    question->signed_ = picture;
    question->size = strnlen(given, ROOM - 1);
    memcpy(question->given, given, question->size);
    pthread_create(&thread, 0, run, question);
    pthread_detach(thread);
    return 0;
}

int32_t GWQ_SetHidAndTcp(bool hid, const char *ip) { (void)hid; (void)ip; return 0; }
int32_t GWQ_DeviceOnline(void) { return tell("online", ""); }
int32_t GWQ_CancelOperate(void) { turn++; return tell("cancel", ""); }

int32_t GWQ_TellerInfo(const char *name, const char *number, const char *post, const char *photo, bool save) {
    char words[1024];
    (void)photo; (void)save;
    snprintf(words, sizeof words, "%s %s %s", number, name, post);
    return tell("welcome", words);
}

int32_t GWQ_CallNumberInfo(const char *told, const char *photo) { (void)photo; return tell("call", told); }

int32_t GWQ_PDFConfirmCB(const char *path, int32_t seconds, const char *buttons, int32_t type, coded back) {
    char page[ROOM];
    (void)seconds; (void)buttons;
    FILE *file = fopen(path, "rb");
    if (!file) return -3;
    page[fread(page, 1, sizeof page - 1, file)] = 0;
    fclose(file);
    return type == 1 ? begin(CONFIRM, page, back, 0) : -3;
}

int32_t GWQ_StartAppraise(coded back, const char *told) { return begin(RATE, told, back, 0); }
int32_t GWQ_InfoPreviewSignature(const char *told, signed_ back) { return begin(SIGN, told, 0, back); }
int32_t set_callback(sent a, heard b) { (void)a; on_heard = b; return 0; }
int32_t GWQ_Keyboard(int32_t kind, int32_t seconds, bool hidden) {
    (void)seconds;
    return kind == 2 && hidden && on_heard ? begin(PASSWORD, "", 0, 0) : -3;
}
