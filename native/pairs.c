/* The one call for many pairs of names: the log-odds that each can have at most. */
#include "names.h"

#define SAME_SCRIPT 0
#define IN_CHINESE 1
#define VOWELLESS 3
#define ANY 0
#define PERSON 1
#define COMPANY 2
#define LEAST_SPACED 6
#define LEAST_CUT 20 /* as comparing/completing.py has it */

static int closed_alike(Text a, Text b) {
    i32 i = 0, j = 0, letters = 0;
    for (;;) {
        while (i < a.size && a.at[i] == ' ') i++;
        while (j < b.size && b.at[j] == ' ') j++;
        if (i == a.size || j == b.size) return i == a.size && j == b.size && letters >= LEAST_SPACED;
        if (a.at[i++] != b.at[j++]) return 0;
        letters++;
    }
}

/* Whether one name ends within a word of the other: what the word was is read by Python. */
static int cut_in_word(Text a, Text b) {
    if (a.size > b.size) return cut_in_word(b, a);
    if (a.size < LEAST_CUT || a.size == b.size || b.at[a.size] == ' ') return 0;
    i32 i = 0;
    while (i < a.size && a.at[i] == b.at[i]) i++;
    return i == a.size;
}

static int judged(const Name *x, const Name *y) {
    int forms = x->form_count || y->form_count;
    int firms = (x->kind == ANY || x->kind == COMPANY) && (y->kind == ANY || y->kind == COMPANY);
    if (firms && forms) return COMPANY;
    return x->kind == y->kind ? x->kind : ANY;
}

/* 1 and the ceiling; 0 where only Python can tell. */
static int capped(double *out, const Name *x, const Name *y, const Rules *rules, Arena arena) {
    if (!same(x->written, y->written) && closed_alike(x->written, y->written)) return 0; /* only the spaces differ */
    if (cut_in_word(x->written, y->written)) return 0;
    int syllables = (x->flags & y->flags & SYLLABIC) && x->kind == PERSON && y->kind == PERSON;
    if (syllables || (x->flags & y->flags & CHINESE)) return 0; /* two names in characters */
    Met *met = taken(&arena, sizeof(Met));
    if (!met || laid_beside(met, x, y, rules, arena) != 1) return 0;
    int chinese = ((x->flags ^ y->flags) & CHINESE) != 0;
    int relation = chinese ? IN_CHINESE : x->has_letters != y->has_letters ? VOWELLESS : SAME_SCRIPT;
    *out = ceiling(met, rules, arena, 4 * judged(x, y) + relation);
    return 1;
}

/* names: bytes of `name_count` names, each beginning where `starts` says (one more at the end).
   left, right: of each pair the two, the one first whose text is not behind that of the other.
   out: of each pair the log-odds that it has at most; `open` where only Python can tell.
   0, or -1 where something is not what was promised, or the scratch too small. */
API i32 ceilings(const u8 *names, const i64 *starts, i64 name_count, const i32 *left, const i32 *right, i64 pair_count,
                 const Rules *rules, u8 *scratch, i64 scratch_size, double open, double *out) {
    Arena arena = {scratch, scratch + scratch_size};
    if (name_count < 0 || pair_count < 0) return -1;
    Name *read = taken(&arena, (i64)sizeof(Name) * name_count + 1);
    u8 *fits = taken(&arena, name_count + 1);
    if (!read || !fits) return -1;
    for (i64 i = 0; i < name_count; i++) {
        if (starts[i] < 0 || starts[i + 1] < starts[i]) return -1;
        /* no bytes: a name that is not read here */
        fits[i] = starts[i + 1] > starts[i];
        if (fits[i] && !read_name(&read[i], names + starts[i], starts[i + 1] - starts[i], rules, &arena)) return -1;
    }
    for (i64 i = 0; i < pair_count; i++) {
        if (left[i] < 0 || left[i] >= name_count || right[i] < 0 || right[i] >= name_count) return -1;
        out[i] = open;
        double found;
        if (fits[left[i]] && fits[right[i]] && capped(&found, &read[left[i]], &read[right[i]], rules, arena)) out[i] = found;
    }
    return 0;
}

API double word_likeness(const u8 *a, i32 a_size, const u8 *b, i32 b_size, const Rules *rules, u8 *scratch, i64 scratch_size) {
    Arena arena = {scratch, scratch + scratch_size};
    Spelt one, other;
    if (a_size < 0 || b_size < 0 || a_size > 64 || b_size > 64) return -1.0;
    if (!spell(&one, (Text){a, a_size}, &rules->tongue, &arena)) return -1.0;
    if (!spell(&other, (Text){b, b_size}, &rules->tongue, &arena)) return -1.0;
    return alike(&one, &other, &rules->tongue);
}

/* Of each two words, a form of a Chinese brand and a listed word, how alike they are by `word_likeness`, or -1 where they
   share fewer letters than `least`; and whether the listed word is what the form begins or ends with (1), or the first
   letters of its syllables (2), which stand behind all forms. Texts of ASCII. 0, or -1. */
API i32 brand_letters(const u8 *forms, const i64 *form_starts, i64 form_count, const u8 *listed, const i64 *listed_starts,
                      i64 listed_count, const i32 *a, const i32 *b, i64 count, const Rules *rules, u8 *scratch,
                      i64 scratch_size, float least, double *likeness, u8 *part) {
    for (i64 i = 0; i < count; i++) {
        if (a[i] < 0 || a[i] >= form_count || b[i] < 0 || b[i] >= listed_count) return -1;
        Text of[3];
        for (i32 k = 0; k < 3; k++) {
            const i64 *starts = k == 1 ? listed_starts + b[i] : form_starts + a[i] + (k ? form_count : 0);
            if (starts[0] < 0 || starts[1] < starts[0] || starts[1] - starts[0] > 1024) return -1;
            of[k] = (Text){(k == 1 ? listed : forms) + starts[0], (i32)(starts[1] - starts[0])};
        }
        double shared = ratio(of[0], of[1]);
        if (shared < 0) return -1;
        likeness[i] = -1.0;
        if ((float)(shared * 100.0) / 100.0f >= least) {
            likeness[i] = word_likeness(of[0].at, of[0].size, of[1].at, of[1].size, rules, scratch, scratch_size);
            if (likeness[i] < 0) return -1;
        }
        Text tail = {of[0].at + of[0].size - of[1].size, of[1].size};
        int inside = of[1].size <= of[0].size && (begins(of[0], of[1]) || same(tail, of[1]));
        part[i] = (u8)(inside | (same(of[1], of[2]) << 1));
    }
    return 0;
}

API double letters_fit(const u8 *letters, i32 count, const u8 *spelt, i32 size, const Rules *rules) {
    for (i32 i = 0; i < count; i++)
        if (letters[i] >= rules->script.letters) return -1.0;
    return fit((Text){letters, count}, (Text){spelt, size}, &rules->script);
}

/* Of each two texts the share of letters that they have in common, as rapidfuzz.fuzz.ratio says it, in float32.
   Texts of ASCII; 0, or -1. */
API i32 ratios(const u8 *one, const i64 *one_starts, i64 one_count, const u8 *other, const i64 *other_starts,
               i64 other_count, const i32 *a, const i32 *b, i64 count, float *out) {
    for (i64 i = 0; i < count; i++) {
        if (a[i] < 0 || a[i] >= one_count || b[i] < 0 || b[i] >= other_count) return -1;
        i64 x = one_starts[a[i]], x_end = one_starts[a[i] + 1], y = other_starts[b[i]], y_end = other_starts[b[i] + 1];
        if (x < 0 || y < 0 || x_end < x || y_end < y || x_end - x > 1024 || y_end - y > 1024) return -1;
        double found = ratio((Text){one + x, (i32)(x_end - x)}, (Text){other + y, (i32)(y_end - y)});
        if (found < 0) return -1;
        out[i] = (float)(found * 100.0) / 100.0f;
    }
    return 0;
}
