/* The log-odds that two names can have at most: names/comparing/features.py, each feature under its name there.

   A feature that is not measured here counts with the most that it can add, so that no pair is passed over that Python
   would keep; Python scores and explains what is left. */
#include "names.h"

enum {
    same_words, same_meaning, written_together, near_words, farthest_words, letters_changed, initials, vowels_left_out,
    called_otherwise, cut_word, met_bits, exchanged_bits, added_bits, all_met, place_left_out, none_alone, text_alike,
    consonants_alike, beginning, known_words_differ, exchanged, added, added_share, met_share, met_evidence,
    run_together, order_differs, order_scrambled, descent_differs, forms_differ, forms_same, forms_exchanged,
    form_or_word, form_added, numbers_differ, number_added, places_differ, place_added, trades_differ, trade_for_none,
    institution_differs, nothing_distinctive, short_name, other_characters, acronym, cut_short, disguised, read_back,
    FEATURE_COUNT
};

#define HABIT 0.9
#define SAME_SOUND 0.95
#define SOUND_ALIKE 0.5
#define RANK 0.15
#define GENERIC_BITS 6.0
#define PLACE_BITS 7.0
#define LONG_ENOUGH 9
#define LEAST_RUN 6
#define FIELD 10
#define TYPICAL 7
#define TRADE 0.25
#define NO_REST 1e-9
#define ROOM 1024 /* bytes of a text that is put together: 300 letters and what joins them */

API i32 feature_count(void) { return FEATURE_COUNT; }

typedef struct {
    const Rules *rules;
    const i32 *curves;
    double sum;
} Sum;

static double at(const Sum *sum, int feature, double value) {
    i32 first = sum->curves[2 * feature], count = sum->curves[2 * feature + 1];
    if (!count || value == 0.0) return 0.0;
    const double *knots = sum->rules->knots + first, *points = sum->rules->points + first;
    i32 i = 0;
    while (i < count && knots[i] < value) i++;
    if (!i) return points[0];
    if (i == count) return points[count - 1];
    double share = (value - knots[i - 1]) / (knots[i] - knots[i - 1]);
    return points[i - 1] + share * (points[i] - points[i - 1]);
}

static void measured(Sum *sum, int feature, double value) { sum->sum += at(sum, feature, value); }

/* Somewhere between two values: a curve only rises or only falls. */
static void between(Sum *sum, int feature, double one, double other) {
    sum->sum += larger(at(sum, feature, one), at(sum, feature, other));
}

/* A difference of two sums: sums in another order may leave a rest where there is none, and none adds nothing. */
static void differing(Sum *sum, int feature, double value) {
    value = value < 0 ? -value : value;
    if (value < NO_REST)
        between(sum, feature, NO_REST, 0);
    else
        measured(sum, feature, value);
}

static void unknown(Sum *sum, int feature) {
    i32 first = sum->curves[2 * feature], count = sum->curves[2 * feature + 1];
    double most = 0.0;
    for (i32 i = 0; i < count; i++) most = larger(most, sum->rules->points[first + i]);
    sum->sum += most;
}

static double bits(const Word *w, double weight) {
    if (w->kind == PLACE && weight < 1) return larger(GENERIC_BITS * weight, smaller(PLACE_BITS, w->said));
    if (w->kind != CORE && w->kind != PLACE) return weight > RANK ? GENERIC_BITS * weight : 0.0;
    return w->said;
}

static const Word *left_of(const Met *met, i32 i) { return &met->left->words[met->pairs[i].left]; }
static const Word *right_of(const Met *met, i32 i) { return &met->right->words[met->pairs[i].right]; }
static const Word *alone(const Met *met, i32 side, i32 k) {
    return &(side ? met->right : met->left)->words[met->alone[side][k]];
}

static Text letters_of(const Word *w) {
    if (w->letters.size) return w->letters;
    return (w->flags & SHOWN_ASCII) ? w->closed : w->text.text;
}

static void by_pairs(Sum *sum, const Met *met) {
    double equal = 0, meaning = 0, near = 0, evidence = 0, rare = 0, far = 0, far_too = 0, farthest = -1, cut = 0;
    i32 count[5] = {0}, common = 0, exact = 1;
    for (i32 i = 0; i < met->pair_count; i++) {
        const Word *x = left_of(met, i), *y = right_of(met, i);
        double score = met->pairs[i].alike, weight = (x->weight + y->weight) / 2;
        evidence += score * weight;
        rare += score * smaller(bits(x, x->weight), bits(y, y->weight));
        count[met->pairs[i].how]++;
        if (score == 1.0) {
            if (same(x->shown, y->shown))
                equal += weight;
            else
                meaning += weight;
            continue;
        }
        exact = 0;
        if (met->pairs[i].how == BY_CUT) {
            double one = x->text.text.size, other = y->text.text.size;
            cut += 1 - smaller(one, other) / larger(one, other);
        }
        if (met->pairs[i].how != BY_SPELLING) continue;
        near += (1 - score) * weight;
        double worst = (1 - score) * smaller(1.0, weight);
        if (worst > farthest) {
            farthest = worst;
            far = far_too = 1 - score;
        } else if (worst == farthest) {
            far = smaller(far, 1 - score);
            far_too = larger(far_too, 1 - score);
        }
        common += (x->flags & FREQUENT) && (y->flags & FREQUENT);
    }
    measured(sum, same_words, equal);
    measured(sum, same_meaning, meaning);
    measured(sum, near_words, near);
    between(sum, farthest_words, far, far_too);
    measured(sum, initials, count[BY_INITIAL]);
    measured(sum, vowels_left_out, count[BY_VOWELS]);
    measured(sum, called_otherwise, count[BY_CALLED]);
    measured(sum, cut_word, cut);
    measured(sum, met_bits, rare);
    measured(sum, known_words_differ, common);
    measured(sum, met_evidence, evidence);
    int titles = 1;
    for (i32 side = 0; side < 2; side++)
        for (i32 k = 0; k < met->alone_count[side]; k++) titles &= (alone(met, side, k)->flags & HONORIFIC) != 0;
    measured(sum, all_met, titles && exact);
    measured(sum, none_alone, titles);
    if (exact && !(met->alone_count[0] && met->alone_count[1])) unknown(sum, place_left_out);
}

typedef struct {
    double evidence, bits, trades, most_trade;
    i32 numbers, places, trade_count, institutions;
} Side;

static Side side_of(const Met *met, i32 side) {
    Side out = {0};
    for (i32 k = 0; k < met->alone_count[side]; k++) {
        const Word *w = alone(met, side, k);
        double weight = met->weight[side][k];
        out.evidence += weight;
        out.bits += bits(w, weight);
        out.numbers += w->kind == NUMBER;
        out.places += w->kind == PLACE;
        out.institutions += (w->flags & INSTITUTION) != 0;
        if (w->kind == GENERIC && weight >= TRADE) {
            out.trade_count++;
            out.trades += weight;
            out.most_trade = larger(out.most_trade, weight);
        }
    }
    return out;
}

static void by_sides(Sum *sum, const Met *met) {
    Side a = side_of(met, 0), b = side_of(met, 1);
    double weights = 0, evidence = 0;
    for (i32 i = 0; i < met->pair_count; i++) {
        double weight = (left_of(met, i)->weight + right_of(met, i)->weight) / 2;
        weights += weight;
        evidence += met->pairs[i].alike * weight;
    }
    double whole = weights + (a.evidence + b.evidence) / 2;
    measured(sum, met_share, whole != 0.0 ? evidence / whole : 0.0);
    if (met->alone_count[0] && met->alone_count[1]) {
        measured(sum, exchanged_bits, smaller(a.bits, b.bits));
        measured(sum, exchanged, smaller(a.evidence, b.evidence));
    }
    differing(sum, added_bits, a.bits - b.bits);
    if (met->alone_count[0] || met->alone_count[1]) {
        double more = a.evidence - b.evidence;
        more = more < 0 ? -more : more;
        differing(sum, added, more);
        if (more < NO_REST) /* a rest is all that there is where nothing meets */
            between(sum, added_share, weights != 0.0 ? NO_REST : 1, 0);
        else
            measured(sum, added_share, more / (more + weights));
    }
    measured(sum, numbers_differ, a.numbers && b.numbers);
    measured(sum, number_added, !a.numbers != !b.numbers);
    measured(sum, places_differ, a.places && b.places);
    measured(sum, place_added, !a.places != !b.places);
    if (a.trade_count && b.trade_count) measured(sum, trades_differ, smaller(a.trades, b.trades));
    if (!a.trade_count != !b.trade_count) {
        const Name *other = a.trade_count ? met->right : met->left;
        int none = 1;
        for (i32 i = 0; i < other->word_count; i++) none &= !(other->words[i].kind == GENERIC && other->words[i].weight >= TRADE);
        if (none) measured(sum, trade_for_none, larger(a.most_trade, b.most_trade));
    }
    if (!a.institutions != !b.institutions) {
        const Name *other = a.institutions ? met->right : met->left;
        int none = 1;
        for (i32 i = 0; i < other->word_count; i++) none &= !(other->words[i].flags & INSTITUTION);
        if (none) measured(sum, institution_differs, 1);
    }
}

static int has_core(const Name *name) {
    for (i32 i = 0; i < name->word_count; i++)
        if (name->words[i].kind == CORE) return 1;
    return 0;
}

static void by_distinctive(Sum *sum, const Met *met) {
    int distinctive = 0, perhaps = 0;
    i32 letters = 0;
    for (i32 i = 0; i < met->pair_count; i++) {
        const Word *x = left_of(met, i), *y = right_of(met, i);
        perhaps |= x->weight == 1 || y->weight == 1;
        if (x->kind != CORE && y->kind != CORE) continue;
        distinctive = 1;
        i32 one = x->letters.size ? x->letters.size : x->text.text.size;
        i32 other = y->letters.size ? y->letters.size : y->text.text.size;
        letters += one < other ? one : other;
    }
    if (!distinctive) between(sum, nothing_distinctive, has_core(met->left) + has_core(met->right), perhaps ? 0 : has_core(met->left) + has_core(met->right));
    measured(sum, short_name, letters < LONG_ENOUGH ? (double)(LONG_ENOUGH - letters) / LONG_ENOUGH : 0.0);
    i32 before = -1, turned = 0; /* articles go with the word behind them */
    for (i32 i = 0; i < met->pair_count; i++) {
        if ((left_of(met, i)->flags | right_of(met, i)->flags) & ARTICLE) continue;
        turned |= met->pairs[i].right < before;
        before = met->pairs[i].right;
    }
    measured(sum, order_differs, turned);
    if (turned) {
        unknown(sum, order_scrambled);
        unknown(sum, descent_differs);
    } else {
        unknown(sum, descent_differs);
    }
}

static void by_forms(Sum *sum, const Met *met) {
    const Name *x = met->left, *y = met->right;
    int shared = 0, alike_shared = 0;
    for (i32 i = 0; i < x->form_count; i++)
        for (i32 j = 0; j < y->form_count; j++) {
            shared |= x->forms[i] == y->forms[j];
            alike_shared |= x->alike_forms[i] == y->alike_forms[j];
        }
    int both = x->form_count && y->form_count;
    measured(sum, forms_same, shared);
    int apart = both && !((x->flags ^ y->flags) & CHINESE); /* of a form in characters there are many translations */
    measured(sum, forms_differ, apart && !alike_shared && !(x->general && y->general));
    measured(sum, forms_exchanged, apart && !shared);
    measured(sum, form_added, !x->form_count != !y->form_count);
    if (!met->alone_count[0] != !met->alone_count[1]) unknown(sum, form_or_word);
    measured(sum, cut_short, (x->flags | y->flags) & CUT_SHORT ? 1 : 0);
    measured(sum, disguised, (x->flags | y->flags) & DISGUISED ? 1 : 0);
    measured(sum, read_back, (x->flags | y->flags) & READ_BACK ? 1 : 0);
    measured(sum, written_together, (x->flags | y->flags) & RESPACED ? 1 : 0);
}

/* Letters that differ between words that meet, and between those that do not. */
static void by_changed(Sum *sum, const Met *met, Arena arena) {
    double least = 0, most = 0;
    for (i32 i = 0; i < met->pair_count; i++) {
        const Pair *pair = &met->pairs[i];
        if (pair->alike == 1.0 || pair->how != BY_SPELLING) continue;
        const Word *x = left_of(met, i), *y = right_of(met, i);
        if (!x->letters.size != !y->letters.size) {
            double here = (1 - pair->alike) * (x->letters.size ? x->letters.size : y->letters.size);
            least += here;
            most += here;
            continue;
        }
        if (!x->initials.size != !y->initials.size) {
            least += (1 - pair->alike) * TYPICAL;
            most += (1 - pair->alike) * TYPICAL;
            continue;
        }
        i32 apart = edits(letters_of(x), letters_of(y));
        if (apart >= FAR) return unknown(sum, letters_changed);
        int read = pair->alike >= SAME_SOUND && (x->other_count || y->other_count);
        least += read ? 0 : apart * SOUND_ALIKE;
        most += apart;
    }
    /* Chinese that was neither translated nor met has no letters that could be compared with a translation. */
    if ((met->left->flags ^ met->right->flags) & CHINESE) return between(sum, letters_changed, least, most);
    Text whole[2];
    for (i32 side = 0; side < 2; side++) {
        u8 *room = taken(&arena, ROOM);
        i32 size = 0;
        if (!room) return unknown(sum, letters_changed);
        for (i32 k = 0; k < met->alone_count[side]; k++) {
            Text letters = letters_of(alone(met, side, k));
            if (size + letters.size > ROOM) return unknown(sum, letters_changed);
            for (i32 i = 0; i < letters.size; i++) room[size++] = letters.at[i];
        }
        whole[side] = (Text){room, size};
        for (i32 k = 0; k < met->alone_count[side]; k++) /* letters of two scripts are numbered apart */
            if (alone(met, side, k)->letters.size) return unknown(sum, letters_changed);
    }
    i32 apart = whole[0].size && whole[1].size ? edits(whole[0], whole[1]) : 0;
    if (apart >= FAR) return unknown(sum, letters_changed);
    between(sum, letters_changed, least + apart, most + apart);
}

#define MOST_SPLIT 256 /* words of a text: 300 letters and what joins them */

typedef struct {
    Text *words; /* of the scratch: a large frame would need help of a library on Windows */
    i32 count;
} Split;

static int room_for(Split *out, Arena *arena) {
    out->words = taken(arena, MOST_SPLIT * (i64)sizeof(Text));
    out->count = 0;
    return out->words != NULL;
}

static int split(Split *out, Text text) {
    out->count = 0;
    for (i32 i = 0; i < text.size;) {
        i32 end = i;
        while (end < text.size && text.at[end] != ' ') end++;
        if (end > i) {
            if (out->count >= MOST_SPLIT) return 0;
            out->words[out->count++] = (Text){text.at + i, end - i};
        }
        i = end + 1;
    }
    return 1;
}

static void sort_words(Split *all) {
    for (i32 i = 1; i < all->count; i++) {
        Text held = all->words[i];
        i32 at = i;
        while (at > 0 && ordered(held, all->words[at - 1]) < 0) {
            all->words[at] = all->words[at - 1];
            at--;
        }
        all->words[at] = held;
    }
}

/* Words put together with or without a space; a size below zero where the scratch is too small. */
static Text together(const Split *all, int spaced, Arena *arena) {
    u8 *room = taken(arena, ROOM);
    i32 size = 0;
    if (!room) return (Text){NULL, -1};
    for (i32 i = 0; i < all->count; i++) {
        if (size + all->words[i].size + 1 > ROOM) return (Text){NULL, -1};
        if (spaced && i) room[size++] = ' ';
        for (i32 k = 0; k < all->words[i].size; k++) room[size++] = all->words[i].at[k];
    }
    return (Text){room, size};
}

static void by_run(Sum *sum, const Met *met, Arena arena) {
    Text texts[2];
    Split words[2];
    for (i32 side = 0; side < 2; side++) {
        const Name *name = side ? met->right : met->left;
        if (!room_for(&words[side], &arena)) return unknown(sum, run_together);
        for (i32 i = 0; i < name->word_count; i++)
            if (name->words[i].kind == CORE || name->words[i].kind == NUMBER)
                words[side].words[words[side].count++] = name->words[i].text.text;
        texts[side] = together(&words[side], 0, &arena);
        if (texts[side].size < 0) return unknown(sum, run_together);
    }
    if (texts[0].size < LEAST_RUN || texts[1].size < LEAST_RUN) return;
    double best = ratio(texts[0], texts[1]);
    if (best < 1.0) {
        for (i32 side = 0; side < 2; side++) {
            sort_words(&words[side]);
            texts[side] = together(&words[side], 0, &arena);
            if (texts[side].size < 0) return unknown(sum, run_together);
        }
        best = larger(best, ratio(texts[0], texts[1]));
    }
    if (best < 0) return unknown(sum, run_together);
    measured(sum, run_together, best);
}

static int core_pinyin(const Word *w) { return w->kind == CORE && w->text.pinyin; }

static void by_text(Sum *sum, const Met *met, Arena arena) {
    for (i32 i = 0; i < met->pair_count; i++)
        if (met->pairs[i].alike < HABIT && core_pinyin(left_of(met, i)) && core_pinyin(right_of(met, i))) return;
    int both = 1;
    for (i32 side = 0; side < 2; side++) {
        int some = 0;
        for (i32 k = 0; k < met->alone_count[side]; k++) some |= core_pinyin(alone(met, side, k));
        both &= some;
    }
    if (both) return;
    Text written[2] = {met->left->written, met->right->written};
    if (!written[0].size || !written[1].size) return;
    const Name *x = met->left, *y = met->right;
    int equal = x->form_count && x->form_count == y->form_count;
    for (i32 i = 0; i < x->form_count && equal; i++) equal = x->forms[i] == y->forms[i];
    Split words[2];
    int titles = 0;
    for (i32 side = 0; side < 2; side++)
        for (i32 k = 0; k < met->alone_count[side]; k++) titles |= alone(met, side, k)->flags & HONORIFIC;
    for (i32 side = 0; side < 2; side++) {
        const Name *name = side ? y : x;
        if (!room_for(&words[side], &arena)) goto unmeasured;
        if (equal) {
            words[side].count = 0;
            for (i32 i = 0; i < name->word_count; i++) {
                const Word *w = &name->words[i];
                words[side].words[words[side].count++] = w->letters.size ? w->text.text : w->shown;
            }
            written[side] = together(&words[side], 1, &arena);
            if (written[side].size < 0) goto unmeasured;
        }
        if (!split(&words[side], written[side])) goto unmeasured;
        if (!titles) continue;
        i32 kept = 0;
        for (i32 i = 0; i < words[side].count; i++) {
            int title = 0;
            for (i32 s = 0; s < 2; s++)
                for (i32 k = 0; k < met->alone_count[s]; k++)
                    title |= (alone(met, s, k)->flags & HONORIFIC) && same(alone(met, s, k)->shown, words[side].words[i]);
            if (!title) words[side].words[kept++] = words[side].words[i];
        }
        if (!kept) continue;
        words[side].count = kept;
        written[side] = together(&words[side], 1, &arena);
        if (written[side].size < 0) goto unmeasured;
    }
    double best = ratio(written[0], written[1]);
    Text sorted[2], bare[2];
    for (i32 side = 0; side < 2; side++) {
        u8 *room = taken(&arena, ROOM);
        if (!room || written[side].size > ROOM) goto unmeasured;
        i32 size = 0;
        for (i32 i = 0; i < written[side].size; i++) {
            u8 c = written[side].at[i];
            if (!(c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u')) room[size++] = c;
        }
        Split left;
        sort_words(&words[side]);
        sorted[side] = together(&words[side], 1, &arena);
        if (!room_for(&left, &arena) || !split(&left, (Text){room, size})) goto unmeasured;
        sort_words(&left);
        bare[side] = together(&left, 1, &arena);
        if (sorted[side].size < 0 || bare[side].size < 0) goto unmeasured;
    }
    best = larger(best, ratio(sorted[0], sorted[1]));
    if (best < 0) goto unmeasured;
    measured(sum, text_alike, best);
    if (!bare[0].size || !bare[1].size) return unknown(sum, consonants_alike);
    double bones = ratio(bare[0], bare[1]);
    if (bones < 0) return unknown(sum, consonants_alike);
    measured(sum, consonants_alike, bones);
    return;
unmeasured:
    unknown(sum, text_alike);
    unknown(sum, consonants_alike);
}

static void by_beginning(Sum *sum, const Met *met) {
    Text a = met->left->written, b = met->right->written;
    if (a.size > b.size) {
        Text other = a;
        a = b;
        b = other;
    }
    if (a.size && !same(a, b) && begins(b, a)) measured(sum, beginning, (double)a.size / FIELD);
}

double ceiling(const Met *met, const Rules *rules, Arena arena, int model) {
    Sum sum = {rules, rules->curves + 2 * FEATURE_COUNT * (i64)model, rules->start[model]};
    by_pairs(&sum, met);
    by_sides(&sum, met);
    by_distinctive(&sum, met);
    by_forms(&sum, met);
    by_changed(&sum, met, arena);
    by_run(&sum, met, arena);
    by_text(&sum, met, arena);
    by_beginning(&sum, met);
    return sum.sum;
}
