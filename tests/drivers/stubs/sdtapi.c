/* sdtapi: find, select, read; a card that was selected is found again only after it was lifted. */
#include "stub.h"

static char laid[64];
static int found = 0, selected = 0;

/* The mode is `ok` with any tail; another tail is another card. */
static int lies(void) {
    char mode[64];
    beside("mode", mode, sizeof mode);
    if (strcmp(mode, laid)) { found = selected = 0; strcpy(laid, mode); }
    return strcmp(mode, "nocard") && strcmp(mode, "unplugged");
}

int SDT_OpenPort(int port) { return port == 1003 && !is("unplugged") ? 0x90 : 0x01; }
int SDT_ClosePort(int port) { (void)port; return 0x90; }

int SDT_StartFindIDCard(int port, unsigned char *iin, int open) {
    (void)port; (void)open; (void)iin;
    spoil(0);
    if (is("unplugged")) return 0x01;
    if (!lies() || selected) return 0x80;
    found = 1;
    return 0x9F;
}

int SDT_SelectIDCard(int port, unsigned char *sn, int open) {
    (void)port; (void)open; (void)sn;
    if (!lies() || !found) return 0x81;
    selected = 1;
    return 0x90;
}

int SDT_ReadBaseMsg(int port, unsigned char *text, uint32_t *n, unsigned char *photo, uint32_t *m, int open) {
    (void)port; (void)open;
    if (!lies() || !selected) return 0x41;
    if (is("lies")) { *n = 100000; *m = 1024; return 0x90; }
    if (spoil((char *)text)) { *n = 256; *m = 1024; return 0x90; }
    char block[300];
    *n = (uint32_t)beside("text", block, sizeof block);
    memcpy(text, block, *n);
    memset(photo, 'P', 1024);
    *m = 1024;
    return 0x90;
}

int SDT_ReadNewAppMsg(int port, unsigned char *address, uint32_t *n, int open) {
    (void)port; (void)address; (void)n; (void)open;
    return 0x91;
}
