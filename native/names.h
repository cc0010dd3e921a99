/* A name as the core reads it, out of the bytes that names/native/packed.py writes. */
#ifndef ENTREPOT_NAMES_H
#define ENTREPOT_NAMES_H

#include "core.h"

#define MOST_WORDS 24
#define MOST_OTHER 16
#define MOST_FORMS 8

enum { CORE, GENERIC, PLACE, NUMBER }; /* kinds of words */
enum { SHOWN_ASCII = 1, HONORIFIC = 2, ARTICLE = 4, INSTITUTION = 8, FREQUENT = 16, PARTICLE = 32, IN_CHARACTERS = 64 };
enum { FILLED = 1, CUT_SHORT = 2, DISGUISED = 4, READ_BACK = 8, RESPACED = 16, SYLLABIC = 32, CHINESE = 64 }; /* of names */

/* Bytes that are read from the front; what was promised and is not there makes them bad. */
typedef struct {
    const u8 *at, *end;
    int bad;
} Bytes;

static inline const u8 *next(Bytes *from, i64 size) {
    if (size < 0 || from->end - from->at < size) {
        from->bad = 1;
        return NULL;
    }
    const u8 *out = from->at;
    from->at += size;
    return out;
}

static inline u32 number(Bytes *from, i32 size) {
    const u8 *at = next(from, size);
    u32 out = 0;
    for (i32 i = size - 1; at && i >= 0; i--) out = out << 8 | at[i];
    return out;
}

/* brand.c */
#define MOST_CHARACTERS 5 /* of a word that is held to be a brand */
#define MOST_HEARD 2

typedef struct {
    const u8 *onsets; /* what each beginning of letters costs */
    u32 vowels;       /* letters that stand for its vowels, a bit each */
    u8 nasal, liquid;
} Heard;

typedef struct {
    const u8 *at; /* what stands for characters as it is: cost, whether it is of many syllables, letters */
    u32 starts;   /* letters with which what stands for them can begin */
    u8 count;
} Known;

typedef struct {
    Known known;
    Heard heard[MOST_HEARD];
    u8 first, heard_count;
} Character;

typedef struct {
    Character at[MOST_CHARACTERS];
    Known both[MOST_CHARACTERS]; /* of each character and the next */
    i32 count;
} Brand;

int read_brand(Brand *out, Bytes *from, i32 onsets);
int joined_brand(Brand *out, const Brand *const *parts, i32 count);
double stands_for(const Brand *brand, Text spelt, const Tongue *tongue);

typedef struct {
    double weight, said; /* evidence; bits of its text */
    Text shown, closed;  /* as the name has it; the same without spaces */
    Text letters;        /* in Arabic letters, by their number; empty in Latin */
    Text initials, sound; /* read from characters: first letters of its syllables; its pinyin */
    Brand *brand;        /* likewise, where it has few characters */
    u16 characters;      /* of the word as the name has it, where it is written in them */
    Spelt text, spelt;   /* as compared; as written in Latin, where that is another */
    Spelt *other;
    u8 kind, flags, other_count, has_spelt, own;
} Word;

typedef struct {
    const u8 *at; /* its bytes */
    Word *words;
    Text written;
    u16 forms[MOST_FORMS], alike_forms[MOST_FORMS];
    u8 word_count, form_count, kind, flags, general, has_letters;
} Name;

/* Arabic letters: what each may be written as, and what it costs to leave out. */
typedef struct {
    const i32 *starts; /* of each letter the first of its readings, with one more at the end */
    const u8 *spelt;   /* 4 bytes a reading: how many letters, then these */
    const double *costs, *weak;
    const u8 *sun; /* whether the article's l is left out before it */
    i32 letters, alif, lam;
} Script;

typedef struct {
    Tongue tongue;
    Script script;
    /* by kind of name (4) and model: log-odds at the start; of each feature the first knot and how many */
    const double *start, *knots, *points;
    const i32 *curves;
} Rules;

int read_name(Name *out, const u8 *at, i64 size, const Rules *rules, Arena *arena);
double fit(Text letters, Text spelt, const Script *script);

typedef struct {
    i32 left, right;
    double alike;
    u8 how;
} Pair;

enum { BY_SPELLING, BY_INITIAL, BY_VOWELS, BY_CUT, BY_CALLED };

typedef struct {
    const Name *left, *right;
    Pair pairs[MOST_WORDS];
    i32 pair_count;
    i32 alone[2][MOST_WORDS], alone_count[2];
    double weight[2][MOST_WORDS]; /* of those that stand alone */
} Met;

#define ASKED_ELSEWHERE (-1) /* what only Python reads */
int laid_beside(Met *out, const Name *left, const Name *right, const Rules *rules, Arena arena);
double ceiling(const Met *met, const Rules *rules, Arena arena, int model);

#endif
