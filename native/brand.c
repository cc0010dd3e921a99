/* How well a Latin word stands for a Chinese brand: names/brands/brand_pair.py, cost for cost.

   What a character is translated to, and how it is heard, stands in the bytes of its word (names/native/characters.py). */
#include "names.h"

#define LETTERS_EACH 10
#define MOST_LETTERS 8
#define WHOLE 100
#define SOUNDED 10
#define FIRST 35
#define LEFT_OUT 75
#define OTHER_START 75
#define MOST_SOUND 50
#define OTHER_VOWEL 12
#define NO_VOWEL 10
#define CODA 20
#define LIQUID 10
#define NASAL 15
#define WORST 33
#define LONGEST_BRAND (LETTERS_EACH * MOST_CHARACTERS)
#define LONGEST_ONSET 3 /* consonants of those that begin a syllable in any transcription */
#define MATCH_HEAD 3    /* cost, whether it is long, letters */

static int is_vowel(u8 c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y'; }

/* Steps over what stands for characters as it is; 0 where the bytes end before. */
static int read_known(Known *out, Bytes *from) {
    out->starts = number(from, 4);
    out->count = (u8)number(from, 1);
    out->at = from->at;
    for (i32 i = 0; i < out->count && !from->bad; i++) {
        const u8 *head = next(from, MATCH_HEAD);
        if (head) next(from, head[2]);
    }
    return !from->bad;
}

int read_brand(Brand *out, Bytes *from, i32 onsets) {
    out->count = (i32)number(from, 1);
    if (from->bad || out->count > MOST_CHARACTERS) return 0;
    for (i32 i = 0; i < out->count; i++) {
        Character *c = &out->at[i];
        if (!read_known(&c->known, from)) return 0;
        c->first = (u8)number(from, 1);
        c->heard_count = (u8)number(from, 1);
        if (from->bad || c->heard_count > MOST_HEARD) return 0;
        for (i32 k = 0; k < c->heard_count; k++) {
            c->heard[k].vowels = number(from, 4);
            c->heard[k].nasal = (u8)number(from, 1);
            c->heard[k].liquid = (u8)number(from, 1);
            c->heard[k].onsets = next(from, onsets);
        }
    }
    for (i32 i = 0; i + 1 < out->count; i++)
        if (!read_known(&out->both[i], from)) return 0;
    return !from->bad;
}

/* Words of a brand side by side, a space between them, as names write it: it is heard as nothing. 0 where it is long. */
int joined_brand(Brand *out, const Brand *const *parts, i32 count) {
    out->count = 0;
    for (i32 p = 0; p < count; p++) {
        i32 here = out->count + (p > 0);
        if (here + parts[p]->count > MOST_CHARACTERS) return 0;
        if (p) {
            out->at[here - 1] = (Character){0};
            out->both[here - 1] = (Known){0};
            if (here > 1) out->both[here - 2] = (Known){0};
        }
        for (i32 i = 0; i < parts[p]->count; i++) {
            out->at[here + i] = parts[p]->at[i];
            if (i + 1 < parts[p]->count) out->both[here + i] = parts[p]->both[i];
        }
        out->count = here + parts[p]->count;
    }
    return 1;
}

static i32 onset_of(const u8 *at, i32 size, const Tongue *tongue) {
    u32 packed = 0;
    if (size > LONGEST_ONSET) return tongue->onset_count;
    for (i32 i = 0; i < size; i++) packed = packed << 8 | at[i];
    for (i32 i = 0; i < tongue->onset_count; i++)
        if (tongue->onsets[i] == packed) return i;
    return tongue->onset_count;
}

/* What the consonants cost that close a syllable; a second vowel makes it no syllable. */
static i32 closing(const u8 *coda, i32 size, int nasal) {
    i32 cost = 0, lost = 0;
    if (nasal) {
        if (size && coda[0] == 'n')
            lost = size > 1 && coda[1] == 'g' ? 2 : 1;
        else if (size && coda[0] == 'm')
            lost = 1;
        else
            cost = NASAL;
    }
    for (i32 i = lost; i < size; i++) {
        if (i > lost && coda[i] == coda[i - 1]) continue;
        if (is_vowel(coda[i])) return WHOLE;
        cost += coda[i] == 'r' || coda[i] == 'l' ? LIQUID : CODA;
    }
    return cost;
}

/* The cost of letters that stand for a character by their sound, in the reading that they are most like. */
static i32 sounds(const Character *c, const u8 *at, i32 size, const Tongue *tongue) {
    i32 best = WHOLE, opening = 0;
    if (!c->heard_count) return best;
    while (opening < size && !is_vowel(at[opening])) opening++;
    i32 end = opening;
    u32 vowels = 0;
    while (end < size && (is_vowel(at[end]) || at[end] == 'w')) vowels |= (u32)1 << (at[end++] - 'a');
    int loose = opening > 1 && (at[opening - 1] == 'l' || at[opening - 1] == 'r');
    i32 full = onset_of(at, opening, tongue), shorter = loose ? onset_of(at, opening - 1, tongue) : 0;
    for (i32 k = 0; k < c->heard_count; k++) {
        const Heard *h = &c->heard[k];
        int lost = loose && !h->liquid;
        i32 onset = lost ? shorter : full, cost = onset < tongue->onset_count ? h->onsets[onset] : WHOLE;
        if (cost < OTHER_START) {
            cost += lost ? LIQUID : 0;
            cost += !vowels ? NO_VOWEL : vowels & h->vowels ? 0 : OTHER_VOWEL;
            cost += closing(at + end, size - end, h->nasal);
        }
        best = cost < best ? cost : best;
    }
    return best;
}

static int equal(const u8 *a, const u8 *b, i32 size) {
    for (i32 i = 0; i < size; i++)
        if (a[i] != b[i]) return 0;
    return 1;
}

/* The cost of letters that stand, all of them, for one character; without letters, of leaving it out. */
static i32 whole(const Character *c, const u8 *at, i32 size, const Tongue *tongue) {
    if (!size) return LEFT_OUT;
    i32 best = WHOLE * MOST_CHARACTERS;
    const u8 *m = c->known.at;
    for (i32 k = 0; k < c->known.count; k++, m += MATCH_HEAD + m[2])
        if (m[2] == size && m[0] < best && equal(m + MATCH_HEAD, at, size)) best = m[0];
    if (size == 1 && c->first == at[0] && FIRST < best) best = FIRST;
    if (size <= MOST_LETTERS) {
        i32 heard = sounds(c, at, size, tongue);
        if (heard < MOST_SOUND && heard + SOUNDED < best) best = heard + SOUNDED;
    }
    return best;
}

static void lower(i32 *at, i32 cost, i32 limit) {
    if (cost <= limit && cost < *at) *at = cost;
}

static void as_they_are(i32 *best, const Known *known, Text spelt, i32 begin, i32 cost, i32 limit) {
    const u8 *m = known->at;
    for (i32 k = 0; k < known->count; k++, m += MATCH_HEAD + m[2])
        if (m[2] && m[2] <= spelt.size - begin && equal(m + MATCH_HEAD, spelt.at + begin, m[2]))
            lower(&best[begin + m[2]], cost + m[0], limit);
}

/* The cost of the cheapest cut of the letters along the characters. */
static i32 cheapest(const Brand *brand, Text spelt, const Tongue *tongue) {
    i32 best[MOST_CHARACTERS + 1][LONGEST_BRAND + 1], limit = WORST * brand->count, last = brand->count - 1;
    for (i32 at = 0; at <= brand->count; at++)
        for (i32 i = 0; i <= spelt.size; i++) best[at][i] = limit + 1;
    best[0][0] = 0;
    for (i32 at = 0; at < last; at++) {
        const Character *c = &brand->at[at];
        for (i32 begin = 0; begin <= spelt.size; begin++) {
            i32 cost = best[at][begin];
            if (cost > limit) continue;
            as_they_are(best[at + 1], &c->known, spelt, begin, cost, limit);
            as_they_are(best[at + 2], &brand->both[at], spelt, begin, cost, limit);
            if (begin < spelt.size && c->first == spelt.at[begin]) lower(&best[at + 1][begin + 1], cost + FIRST, limit);
            if (begin) lower(&best[at + 1][begin], cost + LEFT_OUT, limit);
            int vowel = 0;
            for (i32 end = begin + 1; end <= spelt.size && end <= begin + MOST_LETTERS; end++) {
                vowel |= is_vowel(spelt.at[end - 1]);
                i32 heard = sounds(c, spelt.at + begin, end - begin, tongue);
                if (heard < MOST_SOUND)
                    lower(&best[at + 1][end], cost + heard + SOUNDED, limit);
                else if (heard >= OTHER_START && vowel)
                    break; /* it begins with another sound, or holds a second syllable: more letters mend neither */
            }
        }
    }
    i32 found = best[brand->count][spelt.size];
    for (i32 begin = 0; begin <= spelt.size; begin++) {
        i32 cost = best[last][begin];
        if (cost > limit || cost >= found) continue;
        i32 all = cost + whole(&brand->at[last], spelt.at + begin, spelt.size - begin, tongue);
        found = all < found ? all : found;
    }
    return found <= limit ? found : WHOLE * brand->count;
}

static i32 syllables(Text spelt) {
    i32 count = 0;
    for (i32 i = 0; i < spelt.size;) {
        if (!is_vowel(spelt.at[i])) {
            i++;
            continue;
        }
        count++;
        while (i < spelt.size && (is_vowel(spelt.at[i]) || spelt.at[i] == 'w')) i++;
    }
    return count;
}

/* Whether the letters hold a text of several syllables that stands for characters as it is. */
static int holds_long(const Known *known, Text spelt) {
    const u8 *m = known->at;
    for (i32 k = 0; k < known->count; k++, m += MATCH_HEAD + m[2])
        for (i32 i = 0; m[1] && i + m[2] <= spelt.size; i++)
            if (equal(m + MATCH_HEAD, spelt.at + i, m[2])) return 1;
    return 0;
}

double stands_for(const Brand *brand, Text spelt, const Tongue *tongue) {
    i32 count = brand->count, some = 0;
    if (count < 2 || spelt.size < count || spelt.size > LETTERS_EACH * count) return 0.0;
    for (i32 i = 0; i < spelt.size; i++)
        if (spelt.at[i] < 'a' || spelt.at[i] > 'z') return 0.0;
    if (!((brand->at[0].known.starts | brand->both[0].starts) >> (spelt.at[0] - 'a') & 1)) return 0.0;
    if (syllables(spelt) > count) {
        for (i32 i = 0; i < count && !some; i++)
            some = holds_long(&brand->at[i].known, spelt) || (i + 1 < count && holds_long(&brand->both[i], spelt));
        if (!some) return 0.0;
    }
    return 1.0 - (double)cheapest(brand, spelt, tongue) / (double)(WHOLE * count);
}

/* How well words stand for brands, each pair as brand_pair.stands_for judges it.
   brands: bytes of each brand, one after the other; words: letters of each word; starts: where each begins, one more
   at the end. 0, or -1 where something is not what was promised. */
API i32 brands_stand(const u8 *brands, const i64 *brand_starts, i64 brand_count, const u8 *words, const i64 *word_starts,
                     i64 word_count, const i32 *brand, const i32 *word, i64 count, const Rules *rules, double *out) {
    Brand held;
    i64 at = -1;
    for (i64 i = 0; i < count; i++) {
        if (brand[i] < 0 || brand[i] >= brand_count || word[i] < 0 || word[i] >= word_count) return -1;
        i64 from = word_starts[word[i]], to = word_starts[word[i] + 1];
        if (from < 0 || to < from) return -1;
        if (brand[i] != at) { /* pairs come brand by brand */
            i64 begin = brand_starts[brand[i]], end = brand_starts[brand[i] + 1];
            if (begin < 0 || end < begin) return -1;
            Bytes bytes = {brands + begin, brands + end, 0};
            if (!read_brand(&held, &bytes, (i32)rules->tongue.onset_count) || bytes.at != bytes.end) return -1;
            at = brand[i];
        }
        out[i] = to - from > LONGEST_BRAND ? 0.0 : stands_for(&held, (Text){words + from, (i32)(to - from)}, &rules->tongue);
    }
    return 0;
}
