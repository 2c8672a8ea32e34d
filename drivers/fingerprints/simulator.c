/* The stand-in of a fingerprint reader's library, with the export names of GA/T 1012 readers; 1 is success. */
#include "../simulator_library.h"

#define PICTURE (256 * 360)

static int begun = 0;

int32_t LIVESCAN_Init(void) { return ask("init", "", 0, 0, 0) ? -1 : 1; }
int32_t LIVESCAN_Close(void) { return ask("close", "", 0, 0, 0) ? -1 : 1; }
int32_t FP_Begin(void) { if (begun) return -2; begun = 1; return 1; }
int32_t FP_End(void) { begun = 0; return 1; }

int32_t LIVESCAN_GetFPRawData(int32_t channel, char *raw) {
    int32_t length = PICTURE;
    (void)channel;
    return ask("look", "", 0, raw, &length) ? -1 : 1;
}

int32_t FP_GetQualityScore(const unsigned char *raw, unsigned char *score) {
    int32_t quality = raw[0] == 0xFF ? 0 : ask("quality", "", 0, 0, 0);
    *score = (unsigned char)(quality < 0 ? 0 : quality);
    return 1;
}

int32_t FP_FeatureExtract(unsigned char scanner, unsigned char finger, const unsigned char *raw, char *feature) {
    int32_t length = 512;
    (void)scanner; (void)finger; (void)raw;
    return ask("feature", "", 0, feature, &length) ? -4 : 1;
}
