/* HeaSecReadInfo: the platform's library. */
#include "stub.h"

static int begun = 0;

int32_t Init(char *given, char *error) {
    static const char *keys[] = {"IP", "PORT", "TIMEOUT", "LOG_PATH", "EC_URL", "CARD_PASSTYPE", "API_NAME",
                                 "API_VERSION", "ACCESS_KEY", "SECRETKEY", "ORG_ID", "AREA_CODE"};
    char wanted[64];
    for (size_t n = 0; n < sizeof keys / sizeof *keys; n++) {
        snprintf(wanted, sizeof wanted, "\"%s\"", keys[n]);
        if (!strstr(given, wanted)) { strcpy(error, keys[n]); return -1; }
    }
    if (begun) { strcpy(error, "Init twice"); return -2; }
    begun = 1;
    return 0;
}

int32_t ReadCardBas(char *card, char *business) {
    if (!begun) return -1;
    if (spoil(card)) return 0;
    if (is("nocard")) return -2;
    if (is("pinlock")) return -52;
    if (is("hsm")) return -2203;
    beside("text", card, 2048);
    strcpy(business, "QkNBUkQ=+/proof");
    return 0;
}

int32_t VerifyPIN(char *out) {
    if (!begun) return -1;
    if (spoil(out)) return 0;
    if (is("pinlock")) return -52;
    if (is("pin")) { strcpy(out, "\xCA\xA3\xD3\xE0 2"); return -51; } /* 剩余 */
    return 0;
}

int32_t EcQuery(char *given, char *out) {
    char code[64];
    if (!begun) return -1;
    if (spoil(out)) return 0;
    if (is("away")) { strcpy(out, "\xC1\xAC\xBD\xD3\xCA\xA7\xB0\xDC"); return -1; } /* 连接失败 */
    beside("code", code, sizeof code);
    if (!code[0] || !strstr(given, code)) {
        strcpy(out, "{\"code\":-1,\"message\":\"\xC2\xEB\xD2\xD1\xCA\xA7\xD0\xA7\"}"); /* 码已失效 */
        return 0;
    }
    beside("ec", out, 8192);
    return 0;
}

int32_t ReadSFZ(char *photo, char *out, char *business) {
    (void)photo;
    if (!begun) return -1;
    if (spoil(out)) return 0;
    if (is("nocard")) return -2;
    beside("sfz", out, 1024);
    strcpy(business, "U0Za=");
    return 0;
}
