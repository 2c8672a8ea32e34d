/* The stand-in of a PIN pad's library: `iGetPassword(voice, out)` of LD/T 6001.5. */
#include "../simulator_library.h"

int32_t iGetPassword(int32_t voice, char *out) {
    int32_t length = 1024;
    memset(out, 0, 1);
    int32_t code = ask("password", &voice, sizeof voice, out, &length);
    if (code == GONE) return -11;
    if (length >= 0 && length < 1024) out[length] = 0;
    return code;
}
