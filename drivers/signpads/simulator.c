/* The stand-in of a sign pad's library: the exports drivers/signpads/vendor_pad.py uses. */
#include "../simulator_library.h"

static int open_now = 0;

int32_t OpenDevice(const char *port) {
    if (port && port[0] == '/') snprintf(cable, sizeof cable, "%s", port);
    if (open_now || ask("open", "", 0, 0, 0)) return -1;
    open_now = 1;
    return 0;
}

int32_t StartSign(int32_t seconds) {
    if (!open_now) return -2;
    return ask("sign", &seconds, sizeof seconds, 0, 0);
}

int32_t GetSignImage(char *out, int32_t *length) { return ask("image", "", 0, out, length); }

int32_t CloseDevice(void) { open_now = 0; return 0; }
