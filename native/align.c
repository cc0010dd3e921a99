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
#define MOST_READINGS 9
/* brand_pair.py */
#define HABIT 0.9
#define NO_TYPO 0.2
#define GIVEN_NAME 2
#define TWO_SYLLABLES 6
#define PART_OF_WORD 0.8
#define SHORTEST_BRAND 4
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
    Text initials; /* of a word read from characters, with its brand and how many they are */
    const Brand *brand;
    i32 characters;
    u8 own, kind;
} Reading;

static Reading read_as(const Word *x) {
    if (x->kind != CORE) return (Reading){&x->spelt, NULL, 0, x->letters, x->initials, x->brand, x->characters, x->own, x->kind};
    return (Reading){&x->text, x->other, x->other_count, x->letters, x->initials, x->brand, x->characters, x->own, x->kind};
}

static int ends(Text whole, Text with) {
    return with.size <= whole.size && begins((Text){whole.at + whole.size - with.size, with.size}, with);
}

/* brand_pair.in_part: a Latin word that is a part of the pinyin of a Chinese one, or its first letters. */
static double in_part(Text text, Text initials, Text spelt) {
    static const double by_size[] = {0, 0, 0, 0.6, 0.7, 0.8, 0.85};
    if (spelt.size >= TWO_SYLLABLES && (begins(text, spelt) || ends(text, spelt))) return PART_OF_WORD;
    return spelt.size < (i32)(sizeof(by_size) / sizeof(*by_size)) && same(spelt, initials) ? by_size[spelt.size] : 0.0;
}

/* brand_pair.worth, of a word as it stands for the brand. */
static double worth(const Reading *chinese, const Reading *latin, const Tongue *tongue) {
    static const double least[] = {0.955, 0.9, 0.85, 0.76, 0.68}, worths[] = {0.88, 0.82, 0.68, 0.6, 0.53};
    Text spelt = latin->text->text;
    i32 shortest = chinese->characters + 1 > SHORTEST_BRAND ? chinese->characters + 1 : SHORTEST_BRAND;
    double found = spelt.size >= shortest && chinese->brand ? stands_for(chinese->brand, spelt, tongue) : 0.0;
    if (spelt.size < shortest || (latin->kind != CORE && found < least[0])) return 0.0;
    double likely = 0.0;
    for (i32 i = 4; i >= 0; i--)
        if (found >= least[i]) likely = worths[i];
    return found < least[0] && latin->text->pinyin ? smaller(likely, worths[4]) : likely;
}

/* brand_pair.meet */
static double meet_brand(const Reading *chinese, const Reading *latin, double letters, const Tongue *tongue) {
    double best = letters >= HABIT ? letters : larger(0.0, letters - NO_TYPO);
    Text spelt = latin->text->text;
    if (spelt.size == 1) return chinese->characters <= GIVEN_NAME ? letters : 0.0;
    if (chinese->own && latin->kind != PLACE) {
        best = larger(best, in_part(chinese->text->text, chinese->initials, spelt));
        if (best < 0.82) best = larger(best, worth(chinese, latin, tongue));
    }
    return best >= LIKE ? best : 0.0;
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
    if (best >= OTHER_READING) return best;
    if (x.other_count || y.other_count) {
        double most = 0.0;
        for (i32 i = -1; i < x.other_count; i++)
            for (i32 j = -1; j < y.other_count; j++)
                most = larger(most, alike(i < 0 ? x.text : &x.other[i], j < 0 ? y.text : &y.other[j], &rules->tongue));
        best = larger(best, OTHER_READING * most);
    }
    if (best < OTHER_READING && !x.initials.size != !y.initials.size)
        return meet_brand(x.initials.size ? &x : &y, x.initials.size ? &y : &x, best, &rules->tongue);
    return best;
}

static Text as_written(const Word *w) { return w->kind != CORE && (w->flags & SHOWN_ASCII) ? w->closed : w->text.text; }

/* align._by_sound: a Chinese word that has a meaning, written by its sound. */
static double by_sound(const Word *x, const Word *y) {
    const Word *chinese = x->flags & SHOWN_ASCII ? y : x, *latin = x->flags & SHOWN_ASCII ? x : y;
    if (!(chinese->flags & IN_CHARACTERS)) return ASKED_ELSEWHERE;
    return (latin->flags & SHOWN_ASCII) && same(as_written(latin), chinese->sound) ? SECOND : 0.0;
}

static double meet(const Word *x, const Word *y, const Rules *rules) {
    if (x->kind == y->kind && same_word(x, y)) return 1.0;
    if (x->kind == CORE && y->kind == CORE) return meet_readings(read_as(x), read_as(y), rules);
    if (x->kind == NUMBER || y->kind == NUMBER || (x->kind == PLACE && y->kind == PLACE)) return 0.0;
    if (x->kind == GENERIC && y->kind == GENERIC) return concepts(x, y);
    if (!x->has_spelt || !y->has_spelt) return by_sound(x, y);
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
    if (text.size < SHORTEST_CUT || last->kind == NUMBER || last->initials.size || !(cut || one->word_count > 1)) return;
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

/* Words of one name run together, in every reading: align._merged. */
typedef struct {
    Spelt text, other[MOST_READINGS - 1];
    Reading whole;
} Merged;

static int merge(Merged *out, const Word *words, i32 count, const Rules *rules, Arena *arena) {
    i32 size = 0, letters = 0, in_letters = 1, several = 0, most = 0;
    for (i32 i = 0; i < count; i++) {
        size += as_written(&words[i]).size;
        letters += words[i].letters.size;
        in_letters &= words[i].letters.size > 0;
        several |= words[i].other_count > 0;
        i32 longest = words[i].text.text.size;
        for (i32 k = 0; k < words[i].other_count; k++) longest = words[i].other[k].text.size > longest ? words[i].other[k].text.size : longest;
        most += longest;
    }
    u8 *joined = taken(arena, size + 1);
    if (!joined) return 0;
    i32 at = 0;
    for (i32 i = 0; i < count; i++) {
        Text w = as_written(&words[i]);
        for (i32 k = 0; k < w.size; k++) joined[at++] = w.at[k];
    }
    if (!spell(&out->text, (Text){joined, at}, &rules->tongue, arena)) return 0;
    out->whole = (Reading){&out->text, out->other, 0, {NULL, 0}, words[0].initials, NULL, 0, 0, CORE};
    if (in_letters) {
        u8 *room = taken(arena, letters + 1);
        if (!room) return 0;
        at = 0;
        for (i32 i = 0; i < count; i++)
            for (i32 k = 0; k < words[i].letters.size; k++) room[at++] = words[i].letters.at[k];
        out->whole.letters = (Text){room, at};
    }
    /* As itertools.product gives them: of the last word the readings change soonest; the first of all is left out. */
    i32 chosen[MOST_JOINED] = {0};
    while (several && out->whole.other_count < MOST_READINGS - 1) {
        i32 w = count - 1;
        while (w >= 0 && chosen[w] == words[w].other_count) chosen[w--] = 0;
        if (w < 0) break;
        chosen[w]++;
        u8 *room = taken(arena, most + 1);
        if (!room) return 0;
        at = 0;
        for (i32 i = 0; i < count; i++) {
            Text one = chosen[i] ? words[i].other[chosen[i] - 1].text : words[i].text.text;
            for (i32 k = 0; k < one.size; k++) room[at++] = one.at[k];
        }
        if (!spell(&out->other[out->whole.other_count++], (Text){room, at}, &rules->tongue, arena)) return 0;
    }
    if (!words[0].initials.size) return 1;
    const Brand *parts[MOST_JOINED];
    i32 shown = count - 1, in_characters = 1;
    for (i32 i = 0; i < count; i++) {
        out->whole.own |= words[i].own;
        in_characters &= words[i].brand != NULL;
        parts[i] = words[i].brand;
        shown += words[i].flags & IN_CHARACTERS ? words[i].characters : words[i].shown.size;
    }
    out->whole.characters = shown;
    if (shown > MOST_CHARACTERS) return 1; /* too long for a brand */
    if (!in_characters) return 0;
    Brand *brand = taken(arena, sizeof(Brand));
    if (!brand || !joined_brand(brand, parts, count)) return 0;
    out->whole.brand = brand;
    return 1;
}

/* Whether neighbours of one name, run together, meet an open word of the other: 1, 0, or negative. */
static int runs(const Name *words, const Name *others, const Found *found, const Found *back, const Rules *rules, Arena arena) {
    i32 open[MOST_WORDS], open_count = 0;
    for (i32 j = 0; j < others->word_count; j++)
        if (others->words[j].kind == CORE && (back->at[j] < 0 || back->alike[j] < SURE)) open[open_count++] = j;
    if (!open_count) return 0;
    for (i32 start = 0; start + 1 < words->word_count; start++) {
        i32 longest = as_written(&words->words[start]).size;
        for (i32 length = 2; length <= MOST_JOINED && start + length <= words->word_count; length++) {
            Text last = as_written(&words->words[start + length - 1]);
            longest = last.size > longest ? last.size : longest;
            i32 met = 0, merged = 0;
            double least = JOINED, lowest = 1.0;
            for (i32 i = start; i < start + length; i++) {
                if (found->at[i] < 0) continue;
                met++;
                least = larger(least, found->alike[i]);
                lowest = smaller(lowest, found->alike[i]);
            }
            if (met == length && lowest >= SURE) continue;
            Arena room = arena;
            Merged *one = NULL;
            for (i32 k = 0; k < open_count; k++) {
                const Word *y = &others->words[open[k]];
                /* A Chinese word holds what it is translated to, however long. */
                if (!y->initials.size && y->text.text.size <= longest) continue;
                if (!merged) {
                    one = taken(&room, sizeof(Merged));
                    if (!one || !merge(one, words->words + start, length, rules, &room)) return ASKED_ELSEWHERE;
                    merged = 1;
                }
                if (one->whole.initials.size && y->initials.size) return ASKED_ELSEWHERE;
                int equal = same(one->text.text, y->text.text) && same(one->whole.letters, y->letters);
                double score = equal ? 1.0 : meet_readings(one->whole, read_as(y), rules);
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
