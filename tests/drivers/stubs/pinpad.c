/* A PIN pad: LIB.text is what is typed; the voice that was asked for is left in LIB.voice. */
#include "stub.h"

int32_t iGetPassword(int32_t voice, char *out) {
    (void)voice;
    if (spoil(out)) return 0;
    if (is("unplugged")) return -11;
    if (is("cancel")) return -31;
    if (is("late")) return -32;
    if (is("short")) { beside("text", out, 1024); return -33; }
    if (is("empty")) { out[0] = 0; return 0; }
    beside("text", out, 1024);
    return 0;
}
