/* Distances of letters: bit-parallel, as rapidfuzz has them (OSA: Hyyro 2003; LCS: Hyyro 2004). */
#include "core.h"

#define PLACES 37
#define BLOCKS 8 /* words of 64 letters of the longer kind of text: 300 letters and what joins them */

/* Letters changed, put in, lost or exchanged with the next. */
i32 edits(Text a, Text b) {
    if (a.size > b.size) {
        Text other = a;
        a = b;
        b = other;
    }
    if (!a.size) return b.size;
    if (a.size > 64) return FAR;
    u64 places[256];
    for (i32 i = 0; i < b.size; i++) places[b.at[i]] = 0;
    for (i32 i = 0; i < a.size; i++) places[a.at[i]] = 0;
    for (i32 i = 0; i < a.size; i++) places[a.at[i]] |= (u64)1 << i;
    u64 vp = ~(u64)0, vn = 0, d0 = 0, before = 0, last = (u64)1 << (a.size - 1);
    i32 apart = a.size;
    for (i32 j = 0; j < b.size; j++) {
        u64 here = places[b.at[j]];
        u64 turned = ((~d0 & here) << 1) & before;
        d0 = (((here & vp) + vp) ^ vp) | here | vn | turned;
        u64 hp = vn | ~(d0 | vp), hn = d0 & vp;
        apart += (hp & last) != 0;
        apart -= (hn & last) != 0;
        hp = (hp << 1) | 1;
        hn = hn << 1;
        vp = hn | ~(d0 | hp);
        vn = hp & d0;
        before = here;
    }
    return apart;
}

/* Of a text as it is compared: small letters, digits and spaces; -1 for all else. */
static i32 place_of(u8 c) {
    if (c >= 'a' && c <= 'z') return 1 + c - 'a';
    if (c >= '0' && c <= '9') return 27 + c - '0';
    return c == ' ' ? 0 : -1;
}

/* The share of letters that two texts have in common, in their order; in [0, 1]. Negative where they are too long, or
   long and not as they are compared. */
double ratio(Text a, Text b) {
    i32 whole = a.size + b.size;
    if (!whole) return 1.0;
    if (a.size > b.size) {
        Text other = a;
        a = b;
        b = other;
    }
    i32 blocks = (a.size + 63) / 64;
    if (blocks > BLOCKS) return -1.0;
    i32 met = 0;
    if (blocks == 1) {
        u64 places[256];
        for (i32 i = 0; i < b.size; i++) places[b.at[i]] = 0;
        for (i32 i = 0; i < a.size; i++) places[a.at[i]] = 0;
        for (i32 i = 0; i < a.size; i++) places[a.at[i]] |= (u64)1 << i;
        u64 left = ~(u64)0;
        for (i32 j = 0; j < b.size; j++) {
            u64 u = left & places[b.at[j]];
            left = (left + u) | (left - u);
        }
        u64 mask = a.size == 64 ? ~(u64)0 : ((u64)1 << a.size) - 1;
        met = __builtin_popcountll(~left & mask);
    } else if (blocks > 1) {
        u64 places[PLACES][BLOCKS], left[BLOCKS];
        for (i32 c = 0; c < PLACES; c++)
            for (i32 k = 0; k < blocks; k++) places[c][k] = 0;
        for (i32 i = 0; i < a.size; i++) {
            i32 c = place_of(a.at[i]);
            if (c < 0) return -1.0;
            places[c][i >> 6] |= (u64)1 << (i & 63);
        }
        for (i32 k = 0; k < blocks; k++) left[k] = ~(u64)0;
        for (i32 j = 0; j < b.size; j++) {
            u64 carry = 0;
            i32 c = place_of(b.at[j]);
            if (c < 0) return -1.0;
            for (i32 k = 0; k < blocks; k++) {
                u64 u = left[k] & places[c][k];
                u64 sum = left[k] + u, over = sum < u;
                u64 more = sum + carry;
                over |= more < sum;
                left[k] = more | (left[k] - u);
                carry = over;
            }
        }
        for (i32 k = 0; k < blocks; k++) {
            i32 held = a.size - 64 * k;
            u64 mask = held >= 64 ? ~(u64)0 : ((u64)1 << held) - 1;
            met += __builtin_popcountll(~left[k] & mask);
        }
    }
    return 1.0 - (double)(whole - 2 * met) / (double)whole;
}
