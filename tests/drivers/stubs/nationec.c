/* NationECCode: answers what LIB.text holds when the code asked for is the one LIB.code holds. */
#include "stub.h"

const char *NationEcTrans(const char *url, const char *given, char *out) {
    char code[64];
    beside("code", code, sizeof code);
    if (strncmp(url, "http", 4)) return "1001";
    if (is("null")) return NULL;
    if (is("away")) { strcpy(out, "\xC1\xAC\xBD\xD3\xCA\xA7\xB0\xDC"); return "9999"; } /* 连接失败 */
    if (spoil(out)) return "0000";
    if (!code[0] || !strstr(given, code)) {
        strcpy(out, "{\"code\":-1,\"message\":\"\xC2\xEB\xD2\xD1\xCA\xA7\xD0\xA7\"}"); /* 码已失效 */
        return "0000";
    }
    beside("text", out, 60000);
    return "0000";
}
