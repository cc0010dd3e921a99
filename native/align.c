/* Which words of two names meet: names/comparing/align.py. What is rare and long there is left to it. */
#include "names.h"

#define JOINED 0.8
#define SURE 0.9
#define PART 0.7
#define SECOND 0.95
#define OTHER_READING 0.96
#define LIKE 0.5
#define INITIAL 0.7
#define BARE 0.825
#define CUT 0.775
#define CALLED 0.875
#define SHORTEST_CUT 2
#define ACRONYM 3
#define MOST_JOINED 4
#define REPEATED 0.15
#define ROOM (MOST_WORDS * MOST_WORDS + 2 * MOST_WORDS)

typedef struct {
    double alike, key;
    i32 i, j;
} Meeting;

static int same_word(const Word *x, const Word *y) {
    return same(x->text.text, y->text.text) && same(x->letters, y->letters);
}

/* Whether two concepts share a word: set(text.split()) & set(text.split()). */
static int shares(Text a, Text b) {
    for (i32 i = 0; i < a.size;) {
        i32 end = i;
        while (end < a.size && a.at[end] != ' ') end++;
        for (i32 j = 0; j < b.size && end > i;) {
            i32 stop = j;
            while (stop < b.size && b.at[stop] != ' ') stop++;
            if (same((Text){a.at + i, end - i}, (Text){b.at + j, stop - j})) return 1;
            j = stop + 1;
        }
        i = end + 1;
    }
    return 0;
}

static double concepts(const Word *x, const Word *y) {
    for (i32 i = -1; i < x->other_count; i++)
        for (i32 j = -1; j < y->other_count; j++)
            if (same(i < 0 ? x->text.text : x->other[i].text, j < 0 ? y->text.text : y->other[j].text)) return SECOND;
    return shares(x->text.text, y->text.text) ? PART : 0.0;
}

typedef struct {
    const Spelt *text, *other;
    i32 other_count;
    Text letters;
} Reading;

static Reading read_as(const Word *x) {
    if (x->kind == CORE) return (Reading){&x->text, x->other, x->other_count, x->letters};
    return (Reading){&x->spelt, NULL, 0, x->letters};
}

/* spelling.meet; a negative number where only Python knows. */
static double meet_readings(Reading x, Reading y, const Rules *rules) {
    if (x.letters.size && y.letters.size) return x.letters.size > 64 && y.letters.size > 64 ? -1.0 : edited(x.letters, y.letters);
    if (x.letters.size || y.letters.size) {
        Reading latin = x.letters.size ? y : x;
        Text letters = x.letters.size ? x.letters : y.letters;
        double best = 0.0;
        for (i32 i = -1; i < latin.other_count; i++) {
            double found = fit(letters, i < 0 ? latin.text->text : latin.other[i].text, &rules->script);
            if (found < 0) return -1.0;
            best = larger(best, found);
        }
        return best >= LIKE ? best : 0.0;
    }
    double best = alike(x.text, y.text, &rules->tongue);
    if (best >= OTHER_READING || !(x.other_count || y.other_count)) return best;
    double most = 0.0;
    for (i32 i = -1; i < x.other_count; i++)
        for (i32 j = -1; j < y.other_count; j++)
            most = larger(most, alike(i < 0 ? x.text : &x.other[i], j < 0 ? y.text : &y.other[j], &rules->tongue));
    return larger(best, OTHER_READING * most);
}

static double meet(const Word *x, const Word *y, const Rules *rules) {
    if (x->kind == y->kind && same_word(x, y)) return 1.0;
    if (x->kind == CORE && y->kind == CORE) return meet_readings(read_as(x), read_as(y), rules);
    if (x->kind == NUMBER || y->kind == NUMBER || (x->kind == PLACE && y->kind == PLACE)) return 0.0;
    if (x->kind == GENERIC && y->kind == GENERIC) return concepts(x, y);
    if (!x->has_spelt || !y->has_spelt) return -1.0;
    return meet_readings(read_as(x), read_as(y), rules);
}

static int is_acronym(const Name *one, const Name *other) {
    Text text = one->words[0].text.text;
    if (one->word_count != 1 || other->word_count < ACRONYM || text.size < ACRONYM) return 0;
    i32 at = 0;
    for (i32 i = 0; i < other->word_count; i++) {
        const Word *w = &other->words[i];
        if ((w->flags & PARTICLE) || !w->shown.size) continue;
        if (at >= text.size || text.at[at] != w->shown.at[0]) return 0;
        at++;
    }
    return at == text.size;
}

static int is_cut(const Name *left, const Name *right) {
    Text a = left->written, b = right->written;
    if (a.size > b.size) return is_cut(right, left);
    return (left->flags & FILLED) && a.size && !same(a, b) && begins(b, a);
}

static int sooner(const Meeting *a, const Meeting *b) {
    if (a->key != b->key) return a->key < b->key;
    if (a->alike != b->alike) return a->alike > b->alike;
    i32 far_a = a->i > a->j ? a->i - a->j : a->j - a->i, far_b = b->i > b->j ? b->i - b->j : b->j - b->i;
    if (far_a != far_b) return far_a < far_b;
    i32 least_a = a->i < a->j ? a->i : a->j, least_b = b->i < b->j ? b->i : b->j;
    if (least_a != least_b) return least_a < least_b;
    return a->i + a->j < b->i + b->j;
}

static void added(Meeting *all, i32 *count, double score, double weight, i32 i, i32 j) {
    Meeting new = {score, -score * weight, i, j};
    i32 at = (*count)++;
    while (at > 0 && sooner(&new, &all[at - 1])) { /* of equals the first stays first, as Python sorts */
        all[at] = all[at - 1];
        at--;
    }
    all[at] = new;
}

static void add_cut(Meeting *all, i32 *count, const Name *one, const Name *other, int cut, int left) {
    i32 end = one->word_count - 1;
    const Word *last = &one->words[end];
    Text text = last->text.text;
    if (text.size < SHORTEST_CUT || last->kind == NUMBER || !(cut || one->word_count > 1)) return;
    for (i32 at = 0; at < other->word_count; at++) {
        const Word *w = &other->words[at];
        Text written = w->kind != CORE ? w->closed : w->text.text;
        if (written.size > text.size && begins(written, text))
            added(all, count, CUT, last->weight + w->weight, left ? end : at, left ? at : end);
    }
}

typedef struct {
    i32 at[MOST_WORDS]; /* of each word the one that it meets, -1 for none */
    double alike[MOST_WORDS];
} Found;

static Found turned(const Found *found, i32 count, i32 others) {
    Found out;
    for (i32 j = 0; j < others; j++) out.at[j] = -1;
    for (i32 i = 0; i < count; i++)
        if (found->at[i] >= 0) {
            out.at[found->at[i]] = i;
            out.alike[found->at[i]] = found->alike[i];
        }
    return out;
}

/* First letters that meet the last word of the other name where a word behind them meets none. */
static void find_middle(u8 *out, const Name *words, const Name *others, const Found *found, const u8 *mere) {
    i32 alone = -1;
    for (i32 i = 0; i < words->word_count; i++)
        if (found->at[i] < 0 && words->words[i].kind == CORE) alone = i;
    for (i32 i = 0; i < words->word_count; i++) out[i] = mere[i] && i < alone && found->at[i] == others->word_count - 1;
}

static void without_mere_initials(Found *found, const Name *a, const Name *b) {
    u8 mere[MOST_WORDS], there[MOST_WORDS], middle[MOST_WORDS], middle_there[MOST_WORDS];
    Found back = turned(found, a->word_count, b->word_count);
    int some = 0;
    for (i32 i = 0; i < a->word_count; i++)
        some |= mere[i] = found->at[i] >= 0 && found->alike[i] == INITIAL && a->words[i].text.text.size == 1;
    for (i32 j = 0; j < b->word_count; j++)
        some |= there[j] = back.at[j] >= 0 && back.alike[j] == INITIAL && b->words[j].text.text.size == 1;
    if (!some) return;
    find_middle(middle, a, b, found, mere);
    find_middle(middle_there, b, a, &back, there);
    for (i32 j = 0; j < b->word_count; j++) {
        if (there[j]) mere[back.at[j]] = 1;
        if (middle_there[j]) middle[back.at[j]] = 1;
    }
    i32 met = 0;
    int in_place = 1, sure = 0;
    for (i32 i = 0; i < a->word_count; i++) {
        if (middle[i]) found->at[i] = -1;
        if (found->at[i] < 0) continue;
        met++;
        in_place &= found->at[i] == i;
        sure |= !mere[i] && (a->words[i].kind == CORE || b->words[found->at[i]].kind == CORE);
    }
    if (sure || (met == a->word_count && met == b->word_count && in_place)) return;
    for (i32 i = 0; i < a->word_count; i++)
        if (mere[i]) found->at[i] = -1;
}

static Text as_written(const Word *w) { return w->kind != CORE && (w->flags & SHOWN_ASCII) ? w->closed : w->text.text; }

/* Whether neighbours of one name, run together, meet an open word of the other: 1, 0, or negative. */
static int runs(const Name *words, const Name *others, const Found *found, const Found *back, const Rules *rules, Arena arena) {
    i32 open[MOST_WORDS], open_count = 0;
    for (i32 j = 0; j < others->word_count; j++)
        if (others->words[j].kind == CORE && (back->at[j] < 0 || back->alike[j] < SURE)) open[open_count++] = j;
    if (!open_count) return 0;
    for (i32 start = 0; start + 1 < words->word_count; start++) {
        i32 longest = as_written(&words->words[start]).size, size = longest;
        for (i32 length = 2; length <= MOST_JOINED && start + length <= words->word_count; length++) {
            Text last = as_written(&words->words[start + length - 1]);
            longest = last.size > longest ? last.size : longest;
            size += last.size;
            i32 met = 0, fits = 0, in_letters = 1, other = 0;
            double least = JOINED, lowest = 1.0;
            for (i32 i = start; i < start + length; i++) {
                const Word *w = &words->words[i];
                in_letters &= w->letters.size > 0;
                other |= w->other_count > 0;
                if (found->at[i] < 0) continue;
                met++;
                least = larger(least, found->alike[i]);
                lowest = smaller(lowest, found->alike[i]);
            }
            for (i32 k = 0; k < open_count; k++) fits |= others->words[open[k]].text.text.size > longest;
            if (!fits || (met == length && lowest >= SURE)) continue;
            if (other || in_letters) return ASKED_ELSEWHERE; /* several readings, or Arabic letters, run together */
            Arena room = arena;
            u8 *joined = taken(&room, size + 1);
            if (!joined) return ASKED_ELSEWHERE;
            i32 at = 0;
            for (i32 i = start; i < start + length; i++) {
                Text w = as_written(&words->words[i]);
                for (i32 k = 0; k < w.size; k++) joined[at++] = w.at[k];
            }
            Spelt whole;
            int spelt = 0;
            for (i32 k = 0; k < open_count; k++) {
                const Word *y = &others->words[open[k]];
                if (y->text.text.size <= longest) continue;
                if (!spelt && !spell(&whole, (Text){joined, at}, &rules->tongue, &room)) return ASKED_ELSEWHERE;
                spelt = 1;
                Reading one = {&whole, NULL, 0, {NULL, 0}};
                double score = !y->letters.size && same(whole.text, y->text.text) ? 1.0 : meet_readings(one, read_as(y), rules);
                if (score < 0) return ASKED_ELSEWHERE;
                if (score >= least) return 1;
            }
        }
    }
    return 0;
}

static int run_together(const Name *a, const Name *b, const Found *found, const Rules *rules, Arena arena) {
    int sure = a->word_count == b->word_count;
    for (i32 i = 0; i < a->word_count && sure; i++) sure = found->at[i] >= 0 && found->alike[i] >= SURE;
    if (sure) return 0;
    Found back = turned(found, a->word_count, b->word_count);
    int one = runs(a, b, found, &back, rules, arena);
    return one ? one : runs(b, a, &back, found, rules, arena);
}

static u8 how(const Word *x, const Word *y, double alike) {
    i32 least = x->text.text.size < y->text.text.size ? x->text.text.size : y->text.text.size;
    if (alike == INITIAL && least == 1) return BY_INITIAL;
    return alike == BARE ? BY_VOWELS : alike == CUT ? BY_CUT : alike == CALLED ? BY_CALLED : BY_SPELLING;
}

/* 1, or ASKED_ELSEWHERE: first letters of words, and words written together, are laid side by side by Python. */
int laid_beside(Met *out, const Name *left, const Name *right, const Rules *rules, Arena arena) {
    if (is_acronym(left, right) || is_acronym(right, left)) return ASKED_ELSEWHERE;
    Meeting *all = taken(&arena, (i64)sizeof(Meeting) * ROOM);
    if (!all) return ASKED_ELSEWHERE;
    i32 count = 0;
    for (i32 i = 0; i < left->word_count; i++)
        for (i32 j = 0; j < right->word_count; j++) {
            const Word *x = &left->words[i], *y = &right->words[j];
            double score = meet(x, y, rules);
            if (score < 0) return ASKED_ELSEWHERE;
            if (score != 0.0) added(all, &count, score, x->weight + y->weight, i, j);
        }
    int cut = is_cut(left, right);
    add_cut(all, &count, left, right, cut, 1);
    add_cut(all, &count, right, left, cut, 0);
    Found found;
    u8 used[MOST_WORDS] = {0};
    for (i32 i = 0; i < left->word_count; i++) found.at[i] = -1;
    for (i32 k = 0; k < count; k++) {
        Meeting *m = &all[k];
        if (found.at[m->i] >= 0 || used[m->j]) continue;
        found.at[m->i] = m->j;
        found.alike[m->i] = m->alike;
        used[m->j] = 1;
    }
    if (run_together(left, right, &found, rules, arena)) return ASKED_ELSEWHERE;
    if (!cut) without_mere_initials(&found, left, right);
    out->left = left;
    out->right = right;
    out->pair_count = out->alone_count[0] = out->alone_count[1] = 0;
    Found back = turned(&found, left->word_count, right->word_count);
    for (i32 i = 0; i < left->word_count; i++) {
        i32 j = found.at[i];
        if (j < 0)
            out->alone[0][out->alone_count[0]++] = i;
        else
            out->pairs[out->pair_count++] = (Pair){i, j, found.alike[i], how(&left->words[i], &right->words[j], found.alike[i])};
    }
    for (i32 j = 0; j < right->word_count; j++)
        if (back.at[j] < 0) out->alone[1][out->alone_count[1]++] = j;
    for (i32 side = 0; side < 2; side++) {
        const Name *own = side ? right : left, *other = side ? left : right;
        for (i32 k = 0; k < out->alone_count[side]; k++) {
            const Word *w = &own->words[out->alone[side][k]];
            int again = 0;
            for (i32 i = 0; i < other->word_count && !again; i++)
                again = other->words[i].kind == w->kind && same(other->words[i].text.text, w->text.text);
            out->weight[side][k] = again ? w->weight * REPEATED : w->weight;
        }
    }
    return 1;
}
