/* Which meetings of names are worth comparing: names/search/prefilter.py, digit for digit. */
#include "core.h"

#define MOST_HELD 96 /* forms of the words of a listed name: of 43,000 none has a third as many */
#define LONGEST 1024  /* letters of a text */
#define NOTHING 1e-6  /* a name without words has no evidence; as in prefilter.py */

/* Texts of ASCII one behind the other, and where each begins, with one more at the end. */
typedef struct {
    const u8 *letters;
    const i64 *starts;
    i64 count;
} Texts;

/* Names of one side, as names/native/sifted.py lays them out. `first`: of each name its first form, with one more at the
   end; of each form its text and its word; of each word its evidence. */
typedef struct {
    Texts plain, run, bones, forms, bare_forms;
    const i32 *first, *ids, *slots;
    const float *weights;
    const u8 *vowels;
    i64 names, placed, words;
} Side;

typedef struct {
    double letters, evidence, bare, alike, initial, apart, joined;
} Limits;

typedef struct {
    double met, whole, apart;
} Sums;

static int text_at(Text *out, const Texts *from, i64 at) {
    if (at < 0 || at >= from->count) return 0;
    i64 begin = from->starts[at], end = from->starts[at + 1];
    if (begin < 0 || end < begin || end - begin > LONGEST) return 0;
    *out = (Text){from->letters + begin, (i32)(end - begin)};
    return 1;
}

static float in_common(Text a, Text b) { return (float)(ratio(a, b) * 100.0) / 100.0f; }

static float texts_alike(const Texts *asked, i64 one, const Texts *held, i64 other) {
    Text a, b;
    return text_at(&a, asked, one) && text_at(&b, held, other) ? in_common(a, b) : -1.0f;
}

static float forms_alike(Text a, Text b, const Limits *limits) {
    float found = in_common(a, b);
    if (found >= 0 && (a.size == 1 || b.size == 1) && a.size && b.size && a.at[0] == b.at[0]) {
        float initial = (float)limits->initial;
        if (found < initial) found = initial;
    }
    return found;
}

static int counted(Sums *sums, float best, i32 slot, const Side *side, const Limits *limits) {
    if (slot < 0 || slot >= side->words) return 0;
    float weight = side->weights[slot];
    sums->met += (double)(best * weight);
    sums->whole += (double)weight;
    if (best < (float)limits->alike) sums->apart += (double)weight;
    return 1;
}

/* The share of the one name's evidence that the other holds, and what stands alone; 0 where something is not as
   promised. */
static int words_beside(float *share, float *alone, const Side *asked, i64 query, const Side *held, i64 name, int bare,
                        const Limits *limits) {
    const Texts *ours = bare ? &asked->bare_forms : &asked->forms, *theirs = bare ? &held->bare_forms : &held->forms;
    i64 a = asked->first[query], a_end = asked->first[query + 1], b = held->first[name], b_end = held->first[name + 1];
    *share = *alone = 0;
    if (a < 0 || b < 0 || a_end > asked->placed || b_end > held->placed || b_end - b > MOST_HELD) return 0;
    if (a >= a_end || b >= b_end) return 1;
    Text theirs_at[MOST_HELD];
    float back[MOST_HELD];
    for (i64 j = b; j < b_end; j++) {
        if (!text_at(&theirs_at[j - b], theirs, held->ids[j])) return 0;
        back[j - b] = 0;
    }
    Sums left = {0, 0, 0}, right = {0, 0, 0};
    for (i64 i = a; i < a_end;) {
        i32 slot = asked->slots[i];
        float best = 0;
        for (; i < a_end && asked->slots[i] == slot; i++) {
            Text form;
            if (!text_at(&form, ours, asked->ids[i])) return 0;
            for (i64 j = 0; j < b_end - b; j++) {
                float found = forms_alike(form, theirs_at[j], limits);
                if (found < 0) return 0;
                if (found > best) best = found;
                if (found > back[j]) back[j] = found;
            }
        }
        if (!counted(&left, best, slot, asked, limits)) return 0;
    }
    for (i64 j = b; j < b_end;) {
        i32 slot = held->slots[j];
        float best = 0;
        for (; j < b_end && held->slots[j] == slot; j++)
            if (back[j - b] > best) best = back[j - b];
        if (!counted(&right, best, slot, held, limits)) return 0;
    }
    *share = (float)larger(left.met / larger(left.whole, NOTHING), right.met / larger(right.whole, NOTHING));
    *alone = (float)smaller(left.apart, right.apart);
    return 1;
}

/* evidence: of each meeting what speaks for it, or -1 where it is not worth comparing.
   0, or -1 where something is not what was promised, or longer than is read here. */
API i32 sifted(const Side *asked, const Side *held, const i64 *query, const i32 *name, const float *cosine, i64 count,
               const Limits *limits, float *evidence) {
    for (i64 i = 0; i < count; i++) {
        i64 q = query[i], n = name[i];
        if (q < 0 || q >= asked->names || n < 0 || n >= held->names) return -1;
        int bare = !(asked->vowels[q] && held->vowels[n]);
        float joined = bare ? texts_alike(&asked->bones, q, &held->bones, n) : texts_alike(&asked->run, q, &held->run, n);
        float letters = bare ? joined : texts_alike(&asked->plain, q, &held->plain, n);
        if (joined < 0 || letters < 0) return -1;
        if (joined > letters) letters = joined;
        float found = cosine[i] + letters, share, alone;
        evidence[i] = -1.0f;
        if (!(found >= (float)limits->letters)) continue;
        if (!words_beside(&share, &alone, asked, q, held, n, bare, limits)) return -1;
        found += share;
        int enough = (double)found >= (bare ? limits->bare : limits->evidence);
        if (enough && (bare || alone < (float)limits->apart || joined >= (float)limits->joined)) evidence[i] = found;
    }
    return 0;
}
