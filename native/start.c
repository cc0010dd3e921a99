/* What Windows asks of a library that links nothing. */
#include "core.h"

#if defined(_WIN32)
int _fltused = 0;
int DllMainCRTStartup(void *library, unsigned reason, void *reserved) {
    (void)library;
    (void)reason;
    (void)reserved;
    return 1;
}
#endif

/* A compiler may put a call of this in place of a loop. */
void *memset(void *at, int value, size_t size) {
    volatile u8 *out = at;
    for (size_t i = 0; i < size; i++) out[i] = (u8)value;
    return at;
}

void *memcpy(void *to, const void *from, size_t size) {
    volatile u8 *out = to;
    const u8 *in = from;
    for (size_t i = 0; i < size; i++) out[i] = in[i];
    return to;
}
