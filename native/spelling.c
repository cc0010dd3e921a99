/* How alike two Latin words are: names/comparing/spelling.py, letter for letter. */
#include "core.h"

#define LIKE 0.5
#define INITIAL 0.7
#define SAME_SOUND 0.95
#define BARE 0.825
#define CALLED 0.875
#define LOOKS_ALIKE 0.91
#define SAME_CONSONANTS 0.8
#define CONSONANTS 3
#define PINYIN_PENALTY 0.2
#define HABIT 0.9
#define FIRST_LETTER 0.08
#define MOST_LEFT_OUT 3
#define SHORT 3
#define LONGEST_SYLLABLE 6

static int is_vowel(u8 c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

static int among(u8 c, const char *these) {
    for (; *these; these++)
        if (c == (u8)*these) return 1;
    return 0;
}

static i32 length(const char *text) {
    i32 n = 0;
    while (text[n]) n++;
    return n;
}

static int stands(const u8 *at, i32 left, const char *text) {
    i32 n = length(text);
    if (n > left) return 0;
    for (i32 i = 0; i < n; i++)
        if (at[i] != (u8)text[i]) return 0;
    return n;
}

/* Every stretch that is one of the texts (apart by a bar, the first that fits) becomes another, which is no longer;
   `before` says which letters must stand behind it, where not all may. */
static __attribute__((noinline)) i32 replaced(u8 *text, i32 size, const char *const *texts, const char *to, const char *before) {
    u64 held = 0, asked = 0; /* most words hold no stretch of a kind: told by its first letter */
    for (i32 i = 0; i < size; i++) held |= (u64)1 << (text[i] & 63);
    for (const char *const *t = texts; *t; t++) asked |= (u64)1 << (**t & 63);
    if (!(held & asked)) return size;
    i32 out = 0, at = 0, longer = length(to);
    while (at < size) {
        i32 n = 0;
        if (asked >> (text[at] & 63) & 1)
            for (const char *const *t = texts; *t && !n; t++) n = stands(text + at, size - at, *t);
        if (n && before && !(at + n < size && among(text[at + n], before))) n = 0;
        if (!n) {
            text[out++] = text[at++];
            continue;
        }
        for (i32 i = 0; i < longer; i++) text[out + i] = (u8)to[i];
        out += longer;
        at += n;
    }
    return out;
}

#define OF(...) ((const char *const[]){__VA_ARGS__, NULL})

static __attribute__((noinline)) i32 ending(u8 *text, i32 size, const char *const *texts, char to) {
    i32 longest = 0;
    for (const char *const *t = texts; *t; t++) {
        i32 n = length(*t);
        if (n <= size && n > longest && stands(text + size - n, n, *t)) longest = n;
    }
    if (!longest) return size;
    text[size - longest] = (u8)to;
    return size - longest + 1;
}

static i32 sounded_out(u8 *w, i32 n) {
    n = replaced(w, n, OF("shch", "schtsch", "sch"), "sh", NULL);
    n = replaced(w, n, OF("tch", "tsch"), "ch", NULL);
    n = replaced(w, n, OF("kh", "gh"), "h", NULL);
    n = replaced(w, n, OF("ph"), "f", NULL);
    n = replaced(w, n, OF("ts", "tz"), "c", NULL);
    n = replaced(w, n, OF("dzh", "dj", "zh"), "j", NULL);
    n = replaced(w, n, OF("ks"), "x", NULL);
    n = replaced(w, n, OF("ck", "q"), "k", NULL);
    n = replaced(w, n, OF("c"), "k", "aou");
    n = replaced(w, n, OF("w"), "v", NULL);
    n = ending(w, n, OF("off", "ov", "eff", "ev"), 'v');
    n = ending(w, n, OF("ii", "iy", "ij", "yy", "yi", "ey", "ei", "iye", "ye", "ie", "ee"), 'i');
    n = replaced(w, n, OF("ou", "oo", "uw"), "u", NULL);
    n = replaced(w, n, OF("i", "y", "j"), "i", "aou");
    n = replaced(w, n, OF("ey", "ei", "ay", "ai", "ae"), "e", NULL);
    n = replaced(w, n, OF("iye", "ie", "ye", "ee"), "e", NULL);
    n = replaced(w, n, OF("y"), "i", NULL);
    i32 out = 0;
    for (i32 i = 0; i < n; i++) {
        int silent = w[i] == 'h' && (i + 1 == n || among(w[i + 1], "bcdfgklmnprstvxz"));
        if (!silent) w[out++] = w[i]; /* what is read lies ahead of what is written */
    }
    n = out;
    out = 0;
    for (i32 i = 0; i < n; i++)
        if (!i || w[i] != w[i - 1]) {
            u8 c = w[i];
            w[out++] = c;
        }
    return out;
}

static i32 printed_out(u8 *w, i32 n) {
    n = replaced(w, n, OF("rn"), "m", NULL);
    n = replaced(w, n, OF("cl"), "d", NULL);
    n = replaced(w, n, OF("vv"), "w", NULL);
    static const char seen[] = "1i0582", meant[] = "llosbz";
    for (i32 i = 0; i < n; i++)
        for (i32 k = 0; k < 6; k++)
            if (w[i] == (u8)seen[k]) {
                w[i] = (u8)meant[k];
                break;
            }
    return n;
}

static u64 mixed(u64 x) {
    x ^= x >> 29;
    x *= 0xBF58476D1CE4E5B9u;
    return x ^ (x >> 32);
}

static int is_syllable(u64 packed, const Tongue *tongue) {
    u64 mask = ((u64)1 << SYLLABLE_BITS) - 1, at = mixed(packed) & mask;
    for (u64 i = 0; i <= mask; i++) {
        u64 found = tongue->syllables[(at + i) & mask];
        if (found == packed) return 1;
        if (!found) return 0;
    }
    return 0;
}

static u8 is_pinyin(Text word, const Tongue *tongue) {
    if (!word.size || word.size > 512) return 0;
    u8 reached[513 + LONGEST_SYLLABLE];
    for (i32 i = 0; i <= word.size; i++) reached[i] = !i;
    for (i32 at = 0; at < word.size; at++) {
        if (!reached[at]) continue;
        u64 packed = 0;
        for (i32 n = 0; n < LONGEST_SYLLABLE && at + n < word.size; n++) {
            packed = packed << 8 | word.at[at + n];
            if (!reached[at + n + 1] && is_syllable(packed, tongue)) reached[at + n + 1] = 1;
        }
    }
    return reached[word.size];
}

/* What a word is compared by. 0 where the scratch is too small. */
int spell(Spelt *out, Text text, const Tongue *tongue, Arena *arena) {
    i32 n = text.size;
    u8 *room = taken(arena, 5 * (i64)n + 1);
    if (!room) return 0;
    u8 *sound = room, *printed = room + n, *inner = room + 2 * n, *habit = room + 3 * n, *bones = room + 4 * n;
    out->text = text;
    out->alpha = n > 0;
    i32 size = 0;
    for (i32 i = 0; i < n; i++) {
        u8 c = text.at[i];
        sound[i] = printed[i] = c;
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) out->alpha = 0;
        if (!i || i == n - 1 || !is_vowel(c)) inner[size++] = c;
    }
    out->inner = (Text){inner, size};
    out->sound = (Text){sound, sounded_out(sound, n)};
    out->printed = (Text){printed, printed_out(printed, n)};
    size = 0;
    for (i32 i = 0; i < n; i++) {
        u8 c = text.at[i], one = i ? text.at[i - 1] : 0, two = i > 1 ? text.at[i - 2] : 0;
        int gone = (c == 'h' && i && among(one, "zcs")) || (c == 'g' && one == 'n' && i > 1 && among(two, "aei"));
        if (!gone) habit[size++] = c;
    }
    out->habit = (Text){habit, size};
    size = 0;
    for (i32 i = 0; i < out->sound.size; i++) {
        u8 c = sound[i];
        if (!(is_vowel(c) || c == 'y' || (i && (c == 'h' || c == 'w')))) bones[size++] = c;
    }
    out->consonants = (Text){bones, size};
    out->pinyin = is_pinyin(text, tongue);
    return 1;
}

double edited(Text a, Text b) {
    i32 longest = a.size > b.size ? a.size : b.size;
    if (longest < SHORT) return same(a, b) ? 1.0 : 0.0;
    i32 allowed = longest <= 4 ? 1 : longest <= 6 ? 2 : longest <= 8 ? 3 : 4;
    i32 more = a.size > b.size ? a.size - b.size : b.size - a.size;
    if (more > allowed) return 0.0;
    i32 changed = edits(a, b);
    if (changed > allowed) return 0.0;
    int first = (a.size && b.size) ? a.at[0] != b.at[0] : a.size != b.size;
    return 1.0 - (double)changed / (double)longest - (first ? FIRST_LETTER : 0.0);
}

static double sounded(const Spelt *a, const Spelt *b) {
    if (same(a->sound, b->sound)) return SAME_SOUND;
    double near = SAME_SOUND * edited(a->sound, b->sound);
    if (a->consonants.size >= CONSONANTS && same(a->consonants, b->consonants)) return larger(SAME_CONSONANTS, near);
    return near;
}

static int is_bare(const Spelt *a, const Spelt *b) {
    const Spelt *few = a, *many = b;
    if (!(a->text.size < b->text.size)) {
        few = b;
        many = a;
    }
    Text s = few->text, l = many->text;
    if (s.size < SHORT || s.at[0] != l.at[0] || s.size * MOST_LEFT_OUT < l.size) return 0;
    Text without = many->inner;
    if (same(s, without)) return 1;
    while (without.size && is_vowel(without.at[without.size - 1])) without.size--;
    return same(s, without);
}

static u64 hashed(u64 sum, Text text) {
    for (i32 i = 0; i < text.size; i++) sum = (sum ^ text.at[i]) * 0x100000001B3u;
    return sum;
}

static int is_called(Text a, Text b, const Tongue *tongue) {
    static const u8 bar = '|';
    u64 sum = hashed(hashed(hashed(0xCBF29CE484222325u, a), (Text){&bar, 1}), b);
    i64 low = 0, high = tongue->called_count;
    while (low < high) {
        i64 middle = low + (high - low) / 2;
        if (tongue->called[middle] < sum)
            low = middle + 1;
        else
            high = middle;
    }
    return low < tongue->called_count && tongue->called[low] == sum;
}

double alike(const Spelt *a, const Spelt *b, const Tongue *tongue) {
    if (same(a->text, b->text)) return 1.0;
    const Spelt *s = a, *l = b;
    if (a->text.size > b->text.size || (a->text.size == b->text.size && ordered(a->text, b->text) > 0)) {
        s = b;
        l = a;
    }
    if (s->text.size == 1) return begins(l->text, s->text) && l->alpha ? INITIAL : 0.0;
    if (l->text.size < SHORT) return 0.0;
    double score = edited(a->text, b->text);
    if (is_bare(a, b))
        score = BARE;
    else if (a->pinyin && b->pinyin)
        score = same(a->habit, b->habit) ? HABIT : score - PINYIN_PENALTY;
    else if (l->text.size > SHORT && same(a->printed, b->printed))
        score = larger(LOOKS_ALIKE, sounded(a, b));
    else
        score = larger(score, sounded(a, b));
    if (score < CALLED && tongue->called_count && is_called(a->text, b->text, tongue)) return CALLED;
    return score >= LIKE ? score : 0.0;
}
