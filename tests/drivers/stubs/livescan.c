/* A fingerprint reader with the names of GA/T 1012; the quality of what lies there is in LIB.code. */
#include "stub.h"

static int begun = 0;

int32_t LIVESCAN_Init(void) { return is("unplugged") ? -1 : 1; }
int32_t LIVESCAN_Close(void) { return 1; }
int32_t FP_Begin(void) { if (begun) return -2; begun = 1; return 1; }
int32_t FP_End(void) { begun = 0; return 1; }

int32_t LIVESCAN_GetFPRawData(int32_t channel, char *raw) {
    (void)channel;
    if (is("gone")) return -1;
    if (is("overrun") || is("crash") || is("hang")) { spoil(raw); return 1; }
    if (is("nofinger")) { memset(raw, 0xFF, 256 * 360); return 1; }
    for (long at = 0; at < 256 * 360; at++) raw[at] = (char)((at * 7 + at / 256) & 0xFF);
    return 1;
}

int32_t FP_GetQualityScore(const unsigned char *raw, unsigned char *score) {
    char told[16];
    if (raw[0] == 0xFF) { *score = 0; return 1; }
    beside("code", told, sizeof told);
    *score = (unsigned char)atoi(told);
    return 1;
}

int32_t FP_FeatureExtract(unsigned char scanner, unsigned char finger, const unsigned char *raw, char *feature) {
    (void)scanner; (void)finger; (void)raw;
    if (is("nofeature")) return -4;
    memset(feature, 'F', 512);
    return 1;
}
