/* A sign pad: LIB.text is the picture that was written. */
#include "stub.h"

static int open_now = 0;

int32_t OpenDevice(const char *port) {
    (void)port;
    if (is("unplugged") || open_now) return -1;
    open_now = 1;
    return 0;
}

int32_t StartSign(int32_t seconds) {
    (void)seconds;
    if (!open_now) return -2;
    spoil(0);
    if (is("cancel")) return 1;
    if (is("late")) return 2;
    return is("odd") ? 77 : 0;
}

int32_t GetSignImage(char *out, int32_t *length) {
    if (is("empty")) { *length = 0; return 0; }
    if (spoil(out)) { *length = 40; return 0; }
    if (is("lies")) { *length = 1 << 30; return 0; }
    *length = (int32_t)beside("text", out, *length);
    return 0;
}

int32_t CloseDevice(void) { open_now = 0; return 0; }
