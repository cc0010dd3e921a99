/* What every part of the core shares: no library is called, nothing is allocated, no global is written.

   All memory is the caller's. Each entry point checks what it is given and returns a negative number where it is not
   what was promised; the caller then asks the Python that does the same. See docs/design/59-compiled-core.md. */
#ifndef ENTREPOT_CORE_H
#define ENTREPOT_CORE_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define API __declspec(dllexport)
#else
#define API __attribute__((visibility("default")))
#endif

typedef uint8_t u8;
typedef uint16_t u16;
typedef int32_t i32;
typedef uint32_t u32;
typedef int64_t i64;
typedef uint64_t u64;

typedef struct {
    const u8 *at;
    i32 size;
} Text;

/* Scratch of the caller, handed out from the front. */
typedef struct {
    u8 *at, *end;
} Arena;

static inline void *taken(Arena *from, i64 size) {
    size = (size + 7) & ~(i64)7;
    if (size < 0 || from->end - from->at < size) return NULL;
    void *out = from->at;
    from->at += size;
    return out;
}

static inline int same(Text a, Text b) {
    if (a.size != b.size) return 0;
    for (i32 i = 0; i < a.size; i++)
        if (a.at[i] != b.at[i]) return 0;
    return 1;
}

static inline int begins(Text whole, Text with) {
    if (with.size > whole.size) return 0;
    for (i32 i = 0; i < with.size; i++)
        if (whole.at[i] != with.at[i]) return 0;
    return 1;
}

/* Negative, zero or positive, as Python orders texts of ASCII. */
static inline int ordered(Text a, Text b) {
    i32 least = a.size < b.size ? a.size : b.size;
    for (i32 i = 0; i < least; i++)
        if (a.at[i] != b.at[i]) return (int)a.at[i] - (int)b.at[i];
    return a.size - b.size;
}

static inline double larger(double a, double b) { return b > a ? b : a; }
static inline double smaller(double a, double b) { return b < a ? b : a; }

/* letters.c */
#define FAR 100000 /* a distance of texts that are too long to be compared here */
i32 edits(Text a, Text b);
double ratio(Text a, Text b);

/* spelling.c */
typedef struct {
    const u64 *syllables; /* a table of 1 << SYLLABLE_BITS packed pinyin syllables, 0 where none lies */
    const u64 *called;    /* hashes of a name and what its bearers are called, ascending */
    i64 called_count;
    const u32 *onsets; /* consonants with which a syllable may begin, as a transcription writes it */
    i64 onset_count;
} Tongue;

typedef struct {
    Text text, sound, printed, inner, habit, consonants;
    u8 pinyin, alpha;
} Spelt;

#define SYLLABLE_BITS 12
int spell(Spelt *out, Text text, const Tongue *tongue, Arena *arena);
double alike(const Spelt *a, const Spelt *b, const Tongue *tongue);
double edited(Text a, Text b);

#endif
