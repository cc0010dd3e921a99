/* A Chinese name cut into its words: names/reading/chinese.py, cost for cost. */
#include "core.h"

#define MOST_CHARACTERS 48 /* so that all of it has room on a stack of 4 kB, more of which Windows must be asked for */
#define MOST_LONG 16 /* characters of a known word */
#define MOST_KNOWN 512

enum { A_PLACE, A_TRADE, A_FORM, A_BRAND }; /* roles of known words */
enum { IS_SUFFIX = 1, IS_END = 2 };         /* marks of characters */

/* Of a known word by its role, before the distinctive part and behind it; else as in chinese.py. */
typedef struct {
    double known[3][2], brand;
    double distinctive[4], each_more, second_part, known_as_part;
    double in_part[4]; /* by the role of the known word in which a distinctive part begins or ends */
    double cut_across, no_part, not_last, single, last_single, off_suffix, tie;
    i64 longest, longest_part, across; /* characters */
} Costs;

typedef struct {
    i32 start, end, role, is_body;
} Word;

typedef struct {
    double cost;
    int16_t start, word; /* of the last part: -1 where it is distinctive */
    u8 before, reached;
} Cut;

typedef struct {
    const Costs *costs;
    const Word *words;
    const u8 *marks;
    i32 size;
    int16_t at[MOST_CHARACTERS][MOST_LONG + 1]; /* the known word of a start and a length, or -1 */
    signed char forms[MOST_CHARACTERS + 1], trades[MOST_CHARACTERS + 1];
    Cut best[MOST_CHARACTERS + 1][2];
} Work;

/* A step from a start and a state to `end`. */
static void stepped(Work *work, i32 start, int state, i32 end, i32 word, double costing, int is_distinctive) {
    const Costs *costs = work->costs;
    const Cut *cut = &work->best[start][state];
    if (word < 0 && cut->word < 0 && cut->start < start) return; /* two distinctive parts side by side are one */
    double cost = cut->cost + costing;
    int behind_form = cut->word >= 0 && work->words[cut->word].role == A_FORM;
    if (behind_form && (word < 0 || work->words[word].role != A_FORM)) cost += costs->not_last;
    Cut *there = &work->best[end][is_distinctive ? 1 : state];
    if (!there->reached || cost < there->cost - costs->tie)
        *there = (Cut){cost, (int16_t)start, (int16_t)word, (u8)state, 1};
}

static void known_word(Work *work, int state, i32 at) {
    const Costs *costs = work->costs;
    Word word = work->words[at];
    if (word.role == A_BRAND) {
        stepped(work, word.start, state, word.end, at, costs->brand, 1);
        return;
    }
    double extra = 0.0;
    if (word.end - word.start == 1) {
        int last = word.end == work->size || (work->marks[word.end] & IS_END);
        extra = last && word.is_body ? costs->last_single : costs->single;
    }
    stepped(work, word.start, state, word.end, at, costs->known[word.role][state] + extra, 0);
}

/* What can begin at a character, from one state. */
static void from(Work *work, i32 start, int state) {
    const Costs *costs = work->costs;
    if (!work->best[start][state].reached) return;
    double inside = 0.0, off_suffix = start && (work->marks[start] & IS_SUFFIX) ? costs->off_suffix : 0.0;
    i32 reach = (i32)(costs->longest > costs->longest_part ? costs->longest : costs->longest_part);
    for (i32 end = start + 1; end <= work->size && end - start <= reach; end++) {
        i32 length = end - start, known = length <= costs->longest ? work->at[start][length] : -1;
        if (known >= 0) known_word(work, state, known);
        if (length > costs->longest_part) continue;
        double cost = off_suffix;
        cost += length <= 4 ? costs->distinctive[length - 1] : costs->distinctive[3] + costs->each_more * (length - 4);
        for (i32 begin = start + 1; begin < end - 1; begin++) { /* the longest known word that ends here and begins inside */
            i32 ending = end - begin <= costs->longest ? work->at[begin][end - begin] : -1;
            if (ending < 0) continue;
            inside += costs->in_part[work->words[ending].role];
            break;
        }
        int whole = known >= 0 && length > 1;
        cost += whole ? costs->known_as_part : inside;
        cost += work->forms[end] >= start || work->trades[end] > start ? costs->cut_across : 0.0;
        if (whole) inside += costs->in_part[work->words[known].role];
        stepped(work, start, state, end, -1, state ? cost + costs->second_part : cost, 1);
    }
}

/* The parts of a name from its front: `parts` has the end of each and the known word that it is, or -1.
   words: those that stand in the name, by start. How many parts there are, or -1 where it is longer than is read here. */
API i32 cut(const u8 *marks, i32 size, const Word *words, i64 word_count, const Costs *costs, i32 *parts, i64 room) {
    Work work;
    if (size < 1 || size > MOST_CHARACTERS || word_count < 0 || word_count > MOST_KNOWN || room < 2 * (i64)size) return -1;
    if (costs->longest < 1 || costs->longest > MOST_LONG || costs->longest_part < 1) return -1;
    work.costs = costs, work.words = words, work.marks = marks, work.size = size;
    for (i32 i = 0; i <= size; i++) {
        work.forms[i] = work.trades[i] = -1;
        work.best[i][0].reached = work.best[i][1].reached = 0;
        for (i32 k = 0; i < size && k <= MOST_LONG; k++) work.at[i][k] = -1;
    }
    for (i64 k = 0; k < word_count; k++) {
        Word w = words[k];
        if (w.start < 0 || w.end <= w.start || w.end > size || w.end - w.start > costs->longest) return -1;
        if (w.role < A_PLACE || w.role > A_BRAND || (k && w.start < words[k - 1].start)) return -1;
        work.at[w.start][w.end - w.start] = (int16_t)k;
        if (w.end - w.start > costs->across || w.role == A_PLACE || w.role == A_BRAND) continue;
        signed char *last = w.role == A_FORM ? work.forms : work.trades;
        for (i32 i = w.start + 1; i < w.end; i++) last[i] = (signed char)w.start;
    }
    work.best[0][0] = (Cut){0.0, 0, -1, 0, 1};
    for (i32 start = 0; start < size; start++)
        for (int state = 0; state < 2; state++) from(&work, start, state);
    const Cut *end = work.best[size];
    int state = end[1].reached && (!end[0].reached || end[1].cost <= end[0].cost + costs->no_part);
    i32 count = 0;
    for (i32 at = size; at > 0; count++) {
        const Cut *part = &work.best[at][state];
        if (!part->reached) return -1;
        parts[2 * count] = at;
        parts[2 * count + 1] = part->word;
        at = part->start;
        state = part->before;
    }
    for (i32 i = 0; i < count / 2; i++)
        for (i32 k = 0; k < 2; k++) {
            i32 held = parts[2 * i + k];
            parts[2 * i + k] = parts[2 * (count - 1 - i) + k];
            parts[2 * (count - 1 - i) + k] = held;
        }
    return count;
}
