/* SSCardDriver: social-security cards, LD/T 6001.5. */
#include "stub.h"

static int32_t failed(char *out) {
    if (is("nocard")) { strcpy(out, "\xCE\xDE\xBF\xA8"); return -2; } /* 无卡 */
    if (is("hsm")) return -2201;
    if (is("pinlock")) return -52;
    if (is("pin")) { strcpy(out, "3"); return -51; }
    if (is("fake")) return -21;
    if (is("word")) return -0x63C2;
    if (is("unplugged")) return -11;
    return 0;
}

int32_t iReadCardBas(int type, char *out) {
    int32_t code;
    (void)type;
    if (spoil(out)) return 0;
    if ((code = failed(out))) return code;
    beside("text", out, 4096);
    return 0;
}

int32_t iVerifyPIN(int type, char *out) { /* typed on the reader's own keys */
    int32_t code;
    (void)type;
    if (spoil(out)) return 0;
    if ((code = failed(out))) return code;
    return is("cancel") ? -31 : 0;
}

int32_t iReadCardBas_HSM_Step1(int type, char *out) {
    (void)type;
    strcpy(out, "371100|00|03|371100D15600000500BF7C7A48FB4966|1111111111111111|2222222222222222|"
                "3333333333333333|4444444444444444|410100813475|");
    return 0;
}

int32_t iReadCardBas_HSM_Step2(char *key, char *out) {
    if (strcmp(key, "0123456789ABCDEF|0123456789ABCDEF0123456789ABCDEF|")) return -25;
    beside("text", out, 4096);
    return 0;
}
