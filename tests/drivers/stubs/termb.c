/* termb (CVR): the library decodes; values are asked for one by one, in GBK. */
#include "stub.h"

static char laid[64];
static int selected = 0;

static int lies(void) {
    char mode[64];
    beside("mode", mode, sizeof mode);
    if (strcmp(mode, laid)) { selected = 0; strcpy(laid, mode); }
    return strcmp(mode, "nocard") && strcmp(mode, "unplugged");
}

int CVR_InitComm(int port) { return port == 1001 && !is("unplugged") ? 1 : 2; }
int CVR_CloseComm(void) { return 1; }

int CVR_Authenticate(void) {
    spoil(0);
    if (is("unplugged")) return 0;
    if (!lies() || selected) return 2;
    if (is("moved")) return 3;
    selected = 1;
    return 1;
}

int CVR_Read_Content(int active) {
    (void)active;
    if (!lies() || !selected || is("half")) return 0;
    FILE *left = fopen("wz.txt", "w"); /* as the real one does */
    if (left) { fputs("the last person", left); fclose(left); }
    return 1;
}

static int tell(int line, char *out, int *length) {
    char text[2048];
    char *from = text;
    if (spoil(out)) return 1;
    beside("text", text, sizeof text);
    while (line--) from = strchr(from, '\n') + 1;
    char *end = strchr(from, '\n');
    int long_is = (int)(end - from);
    if (long_is >= *length) return 0;
    memcpy(out, from, (size_t)long_is);
    out[long_is] = 0;
    *length = long_is;
    return 1;
}

int GetPeopleName(char *out, int *n) { return tell(0, out, n); }
int GetPeopleSex(char *out, int *n) { return tell(1, out, n); }
int GetPeopleNation(char *out, int *n) { return tell(2, out, n); }
int GetPeopleBirthday(char *out, int *n) { return tell(3, out, n); }
int GetPeopleAddress(char *out, int *n) { return tell(4, out, n); }
int GetPeopleIDCode(char *out, int *n) { return tell(5, out, n); }
int GetDepartment(char *out, int *n) { return tell(6, out, n); }
int GetStartDate(char *out, int *n) { return tell(7, out, n); }
int GetEndDate(char *out, int *n) { return tell(8, out, n); }
