/* Exposure along supply links: which nodes go round together, and the least or the most that each node can be.

   src/entrepot/tracing/method does the same in numpy and scipy: loop_levels.py, policy_search.py, open_shares.py. */
#include "core.h"

/* The nodes that are found from their inputs, those first that others are made of, and where each strongly connected
   component ends: what goes into one stands before it, but for itself (Tarjan 1972). Of a component that goes round,
   nodes stand in the order in which a walk towards their inputs leaves them: a sweep in it comes through at once.

   starts (nodes + 1), sources and used (links): inputs row after row. order, ends (nodes + 1): what is told. seen,
   low, stack, path, next: room for nodes each. How many components there are, or -1 where rows are not rows. */
API i64 components(const i64 *starts, const i64 *sources, const u8 *used, i64 links, const u8 *is_free, i64 nodes,
                   i32 *order, i32 *ends, i32 *seen, i32 *low, i32 *stack, i32 *path, i64 *next) {
    i32 met = 0, done = 0, left = 0, depth = 0, top = 0;
    if (nodes < 0 || nodes >= INT32_MAX || starts[0] != 0 || starts[nodes] != links) return -1;
    for (i64 i = 0; i < nodes; i++) {
        if (starts[i + 1] < starts[i] || starts[i + 1] > links) return -1;
        seen[i] = 0;
        ends[i] = 0;
    }
    ends[nodes] = 0;
    for (i64 k = 0; k < links; k++)
        if (sources[k] < 0 || sources[k] >= nodes) return -1;
    for (i64 root = 0; root < nodes; root++) {
        if (!is_free[root] || seen[root]) continue;
        i32 node = (i32)root;
        for (;;) {
            if (!seen[node]) {
                seen[node] = low[node] = ++met;
                stack[top++] = path[depth++] = node;
                next[node] = starts[node];
            }
            i32 onward = -1;
            while (onward < 0 && next[node] < starts[node + 1]) {
                i64 k = next[node]++;
                i32 other = (i32)sources[k];
                if (!used[k] || !is_free[other]) continue;
                if (!seen[other])
                    onward = other;
                else if (seen[other] < low[node]) /* what belongs to a component already was seen last of all */
                    low[node] = seen[other];
            }
            if (onward >= 0) {
                node = onward;
                continue;
            }
            order[left++] = node;
            depth--;
            i32 above = depth ? path[depth - 1] : -1;
            if (depth && low[node] < low[above]) low[above] = low[node];
            if (low[node] == seen[node]) {
                i32 of;
                do {
                    of = stack[--top];
                    seen[of] = INT32_MAX;
                    low[of] = done;
                } while (of != node);
                done++;
            }
            if (!depth) break;
            node = above;
        }
    }
    /* As they were left, component after component. */
    for (i32 i = 0; i < left; i++) ends[low[order[i]] + 1]++;
    for (i32 c = 0; c < done; c++) {
        ends[c + 1] += ends[c];
        next[c] = ends[c];
    }
    for (i32 i = 0; i < left; i++) path[next[low[order[i]]]++] = order[i];
    for (i32 i = 0; i < left; i++) order[i] = path[i];
    return done;
}

/* Inputs row after row, as `components` orders the nodes: an input comes from a node, or from a value behind them. */
typedef struct {
    const i32 *starts, *sources;
    const double *low, *room, *rest; /* least shares, what may come to them, and what a row's leave of the whole */
    double sign;                     /* 1: the least; -1: the most */
    double *values, *steps, *shares, *moves;
    i32 *turn, *depth; /* of each row the order in which its inputs take the rest; how far out of a loop */
    double *keys;      /* room for the longest row, twice; and so is `held` */
    i32 *held;
    i64 longest;
    double *sums, *outer; /* room: of each row what it has of other blocks, and from outside */
    i32 *cells;           /* where each cell begins among the links */
} Net;

#define PARTS 4503599627370496.0 /* 2^52: shares are handed out in whole parts, as share_rows.py does */
#define NONE 1e300               /* farther than any way out */
#define FEW 24                   /* inputs up to which each is put where it belongs one by one */

static i64 whole(double share) {
    double parts = share * PARTS;
    return (i64)(parts < PARTS ? (parts + PARTS) - PARTS : parts);
}

static double size_of(double a) { return a < 0 ? -a : a; }

/* keys and what they are of, ascending; equal ones stay as they stand. */
static void in_order(double *keys, i32 *of, i64 size, i64 longest) {
    for (i64 from = 0; from < size; from += FEW) {
        i64 to = from + FEW < size ? from + FEW : size;
        for (i64 i = from + 1; i < to; i++) {
            double key = keys[i];
            i32 own = of[i];
            i64 j = i;
            for (; j > from && keys[j - 1] > key; j--) {
                keys[j] = keys[j - 1];
                of[j] = of[j - 1];
            }
            keys[j] = key;
            of[j] = own;
        }
    }
    for (i64 width = FEW; width < size; width *= 2) {
        for (i64 from = 0; from + width < size; from += 2 * width) {
            i64 middle = from + width, to = middle + width < size ? middle + width : size, a = from, b = middle;
            for (i64 i = from; i < to; i++) {
                i64 take = a < middle && (b >= to || keys[a] <= keys[b]) ? a++ : b++;
                keys[longest + i] = keys[take];
                of[longest + i] = of[take];
            }
            for (i64 i = from; i < to; i++) {
                keys[i] = keys[longest + i];
                of[i] = of[longest + i];
            }
        }
    }
}

/* The shares of a row by the order in `held`; with `keys` what that gains, without they are written. */
static double handed_out(const Net *n, i32 node, const double *keys) {
    i32 begin = n->starts[node], size = n->starts[node + 1] - begin;
    i64 left = whole(n->rest[node]);
    double gain = 0;
    for (i32 j = 0; j < size; j++) {
        i32 k = n->held[j];
        i64 part = whole(n->room[k]);
        if (part > left) part = left;
        left -= part;
        double share = n->low[k] + (double)part / PARTS;
        if (keys)
            gain += (n->shares[k] - share) * keys[j];
        else {
            n->shares[k] = share;
            n->turn[begin + j] = k;
        }
    }
    return gain;
}

/* Give the rest of a row to the inputs that are best, where that gains more than so much. */
static int chosen(const Net *n, i32 node, double least) {
    i32 begin = n->starts[node], size = n->starts[node + 1] - begin;
    int is_kept = 1;
    for (i32 j = 0; j < size; j++) {
        i32 k = n->turn[begin + j];
        n->held[j] = k;
        n->keys[j] = n->sign * n->values[n->sources[k]];
        if (j && n->keys[j] < n->keys[j - 1]) is_kept = 0;
    }
    if (is_kept) return 0;
    in_order(n->keys, n->held, size, n->longest);
    if (!(handed_out(n, node, n->keys) > least)) return 0;
    handed_out(n, node, NULL);
    return 1;
}

typedef struct {
    double moved, along, before; /* the largest move; what two sweeps' moves have in common; the size of the first's */
    i64 changes;
} Sweep;

/* One sweep over the nodes of a component; choices are changed on the way where that gains more than `least`. */
static Sweep swept(const Net *n, i32 from, i32 to, double *values, double given, double least) {
    Sweep s = {0, 0, 0, 0};
    for (i32 node = from; node < to; node++) {
        if (n->depth[node] < 0) continue;
        if (least < NONE && n->rest[node] > 0) s.changes += chosen(n, node, least);
        double sum = given, own = 1;
        for (i32 k = n->starts[node]; k < n->starts[node + 1]; k++) {
            i32 source = n->sources[k];
            if (source == node)
                own -= n->shares[k];
            else
                sum += n->shares[k] * values[source];
        }
        if (own < 1 && own > 0) sum /= own;
        if (own <= 0) sum = values[node] + given; /* all of it goes round in itself: the steps will have no end */
        double move = sum - values[node];
        values[node] = sum;
        s.along += move * n->moves[node];
        s.before += n->moves[node] * n->moves[node];
        n->moves[node] = move;
        s.moved = larger(s.moved, size_of(move));
    }
    return s;
}

/* Go as far at once as the last two sweeps say that all further ones would go together (Aitken). */
static void stepped(const Net *n, i32 from, i32 to, double *values, Sweep s, double most) {
    double pace = s.before > 0 ? s.along / s.before : 0;
    if (!(pace > 0 && pace < 1)) return;
    double far = pace / (1 - pace);
    for (i32 node = from; node < to; node++) {
        if (n->depth[node] < 0) continue;
        double value = values[node] + far * n->moves[node];
        values[node] = value < 0 ? 0 : value > most ? most : value;
    }
}

#define SWEEPS 6      /* between two steps */
#define ENOUGH 1e-13  /* of a sum of shares: some hundred roundings of a number near one */
#define GAIN 1e-12    /* a change must gain more than the rounding of a sum, or the search would go in circles */
#define EASY 0.05     /* of what values still move: a smaller gain is not worth a change before they are settled */
#define ROUNDS 1000   /* of choices */
#define PATIENCE 12   /* steps that may bring less than half before another method is asked */

#define REST 0.25     /* of each step that may stay unaccounted for */
#define FAR_ROUND 1e9 /* steps: beyond, no residual tells a value */

/* Shares that are all known do not change between sweeps, so their links are laid out once in cells: of a block of rows
   those from one block of nodes after another. A sweep then reads values that lie in the nearer cache, where rows read
   through would fetch each from the farther one. It is the same sweep: what comes from other blocks is summed first,
   and the links within the block in the order of its rows. */
#define BLOCK_BITS 16 /* nodes of a block: half a megabyte of values, and a place in it fits 16 bits */
#define BLOCK ((i32)1 << BLOCK_BITS)

/* Links into cells: their shares in `shares`, row and node within their blocks in `turn`. 0 where nothing comes from
   outside. */
static int laid_out(const Net *n, i32 from, i32 to) {
    i32 blocks = (to - from + BLOCK - 1) >> BLOCK_BITS, *begin = n->cells;
    int has_way_out = 0;
    for (i32 b = 0; b < blocks; b++, begin += blocks + 1) {
        i32 first = from + (b << BLOCK_BITS), last = first + BLOCK < to ? first + BLOCK : to;
        for (i32 c = 0; c <= blocks; c++) begin[c] = 0;
        for (i32 k = n->starts[first]; k < n->starts[last]; k++) {
            i32 source = n->sources[k];
            if (source >= from && source < to) begin[(source - from) >> BLOCK_BITS] += n->low[k] > 0;
        }
        for (i32 c = 0, at = n->starts[first]; c <= blocks; c++) begin[c] = at += begin[c];
        for (i32 row = last; row-- > first;)
            for (i32 k = n->starts[row + 1]; k-- > n->starts[row];) {
                i32 source = n->sources[k];
                if (!(n->low[k] > 0)) continue;
                if (source < from || source >= to) {
                    has_way_out = 1;
                    continue;
                }
                i32 at = --begin[(source - from) >> BLOCK_BITS];
                n->shares[at] = n->low[k];
                n->turn[at] = (i32)((u32)(row - first) << BLOCK_BITS | ((u32)(source - from) & (BLOCK - 1)));
            }
    }
    return has_way_out;
}

/* What the rows have from outside, and a value for all nodes with which the rows together come out even. */
static void started(const Net *n, i32 from, i32 to, double *values, double given) {
    double had = 0, share = 0;
    for (i32 node = from; node < to; node++) {
        n->outer[node] = given;
        for (i32 k = n->starts[node]; k < n->starts[node + 1]; k++) {
            i32 source = n->sources[k];
            if (source >= from && source < to) continue;
            n->outer[node] += n->low[k] * values[source];
            share += n->low[k];
        }
        had += n->outer[node];
    }
    for (i32 node = from; node < to; node++) values[node] = had / share;
}

/* The same sweep over links in cells. */
static Sweep swept_cells(const Net *n, i32 from, i32 to, double *values) {
    Sweep s = {0, 0, 0, 0};
    i32 blocks = (to - from + BLOCK - 1) >> BLOCK_BITS;
    const i32 *begin = n->cells;
    const u32 *places = (const u32 *)n->turn;
    for (i32 b = 0; b < blocks; b++, begin += blocks + 1) {
        i32 first = from + (b << BLOCK_BITS), last = first + BLOCK < to ? first + BLOCK : to;
        double *sums = n->sums + first, *own = values + first;
        for (i32 i = 0; i < last - first; i++) sums[i] = n->outer[first + i];
        for (i32 c = 0; c < blocks; c++) {
            if (c == b) continue;
            const double *there = values + from + (c << BLOCK_BITS);
            for (i32 k = begin[c]; k < begin[c + 1]; k++)
                sums[places[k] >> BLOCK_BITS] += n->shares[k] * there[places[k] & (BLOCK - 1)];
        }
        i32 k = begin[b];
        for (i32 i = 0; i < last - first; i++) {
            double sum = sums[i], itself = 1;
            for (; k < begin[b + 1] && (i32)(places[k] >> BLOCK_BITS) == i; k++) {
                i32 source = (i32)(places[k] & (BLOCK - 1));
                if (source == i)
                    itself -= n->shares[k];
                else
                    sum += n->shares[k] * own[source];
            }
            if (itself < 1 && itself > 0) sum /= itself;
            if (itself <= 0) sum = own[i] + n->outer[first + i];
            double move = sum - own[i], *before = n->moves + first + i;
            own[i] = sum;
            s.along += move * *before;
            s.before += *before * *before;
            *before = move;
            s.moved = larger(s.moved, size_of(move));
        }
    }
    return s;
}

/* Sweeps until nothing moves more than so much; 0 where they stand still before. */
static int still(const Net *n, i32 from, i32 to, double *values, double given, double enough, double most) {
    double held = NONE;
    if (n->cells) started(n, from, to, values, given);
    for (int waits = 0; waits < PATIENCE; waits++) {
        Sweep s = {0, 0, 0, 0};
        for (int i = 0; i < SWEEPS; i++) {
            s = n->cells ? swept_cells(n, from, to, values) : swept(n, from, to, values, given, NONE);
            if (s.moved <= enough) return 1;
        }
        if (s.moved < held / 2) {
            held = s.moved;
            waits = -1;
        }
        stepped(n, from, to, values, s, most);
    }
    return 0;
}

/* How far each node of a component is from a way out of it, in inputs; -1 where there is none. */
static void ways_out(const Net *n, i32 from, i32 to, i32 *back_ends, i32 *queue) {
    i32 *back = n->turn + n->starts[from], count = 0, taken = 0;
    for (i32 i = from; i <= to; i++) back_ends[i] = 0;
    for (int turn = 0; turn < 2; turn++) { /* first how many go into each, then which */
        for (i32 node = from; node < to; node++) {
            int is_out = 0;
            for (i32 k = n->starts[node]; k < n->starts[node + 1]; k++) {
                i32 source = n->sources[k];
                if (!(n->low[k] > 0 || (n->room[k] > 0 && n->rest[node] > 0))) continue;
                if (source < from || source >= to)
                    is_out |= n->sign > 0 || n->values[source] > 0;
                else if (turn)
                    back[--back_ends[source]] = node;
                else
                    back_ends[source]++;
            }
            if (turn) continue;
            n->depth[node] = is_out ? 0 : -1;
            if (is_out) queue[count++] = node;
        }
        if (!turn)
            for (i32 i = from, sum = 0; i <= to; i++) back_ends[i] = sum += back_ends[i];
    }
    while (taken < count) {
        i32 node = queue[taken++];
        for (i32 j = back_ends[node]; j < back_ends[node + 1]; j++)
            if (n->depth[back[j]] < 0) {
                n->depth[back[j]] = n->depth[node] + 1;
                queue[count++] = back[j];
            }
    }
}

/* A first choice: each row's rest goes the shortest way out. Values start where they can only fall, or only rise. */
static void begun(const Net *n, i32 from, i32 to) {
    for (i32 node = from; node < to; node++) {
        i32 begin = n->starts[node], size = n->starts[node + 1] - begin;
        for (i32 j = 0; j < size; j++) {
            i32 k = begin + j, source = n->sources[k];
            int can = n->low[k] > 0 || (n->room[k] > 0 && n->rest[node] > 0);
            n->held[j] = k;
            if (source < from || source >= to)
                n->keys[j] = can && (n->sign > 0 || n->values[source] > 0) ? 0 : NONE;
            else
                n->keys[j] = n->depth[source] < 0 ? NONE : 1.0 + n->depth[source];
        }
        in_order(n->keys, n->held, size, n->longest);
        handed_out(n, node, NULL);
    }
    for (i32 node = from; node < to; node++) {
        n->values[node] = n->sign > 0 && n->depth[node] >= 0 ? 1 : 0;
        n->moves[node] = n->steps[node] = 0;
    }
}

/* Whether the choice leaves every loop, by the steps that goods take: they hold with a rest over, so they are as many as
   any that goods take at most. It is shown, not solved to the last digit. */
static int proven(const Net *n, i32 from, i32 to, double *least_step) {
    for (i32 node = from; node < to; node++) n->moves[node] = n->steps[node] = 0;
    const double *shares = n->cells ? n->low : n->shares;
    if (!still(n, from, to, n->steps, 1, 1 - 2 * REST, NONE)) return 0;
    for (i32 node = from; node < to; node++) {
        if (n->depth[node] < 0) continue;
        double left = n->steps[node];
        if (!(left > 0 && left < FAR_ROUND)) return 0;
        for (i32 k = n->starts[node]; k < n->starts[node + 1]; k++) left -= shares[k] * n->steps[n->sources[k]];
        if (!(left > REST)) return 0;
        if (left < *least_step) *least_step = left;
    }
    return 1;
}

/* The best choice of a component that goes round, its values, and the steps that goods take in it. Where `hasty`,
   choices are judged by values that have not settled: it is quicker, and may close a loop, which the steps tell. */
static int settled(const Net *n, i32 from, i32 to, int hasty, double *least_step) {
    double least = GAIN;
    begun(n, from, to);
    for (int round = 0; hasty; round++) {
        if (round == ROUNDS) return 0;
        Sweep s = swept(n, from, to, n->values, 0, least);
        if (round && !s.changes) break;
        for (int i = 1; i < SWEEPS; i++) s = swept(n, from, to, n->values, 0, NONE);
        least = larger(GAIN, EASY * s.moved);
        stepped(n, from, to, n->values, s, 1);
    }
    for (int round = 0;; round++) {
        i64 changes = 0;
        if (round == ROUNDS || !still(n, from, to, n->values, 0, ENOUGH, 1)) return 0;
        for (i32 node = from; node < to; node++)
            if (n->depth[node] >= 0 && n->rest[node] > 0) changes += chosen(n, node, GAIN);
        if (!changes) return proven(n, from, to, least_step);
    }
}

/* A component of which every share is known: nothing to choose. 0 where that is not so, or sweeps do not settle it. */
static int known(const Net *all, i32 from, i32 to, i32 *cells, double *least_step) {
    Net n = *all;
    int is_done = 0;
    for (i32 node = from; node < to; node++) {
        if (n.rest[node] > 0) return 0;
        n.depth[node] = 0;
        n.moves[node] = n.steps[node] = 0;
    }
    n.cells = cells;
    if (laid_out(&n, from, to))
        is_done = still(&n, from, to, n.values, 0, ENOUGH, 1) && proven(&n, from, to, least_step);
    for (i32 k = n.starts[from]; k < n.starts[to]; k++) {
        n.turn[k] = k;
        n.shares[k] = n.low[k];
    }
    return is_done;
}

/* The least (sign 1) or the most (-1) of the nodes of components, one after the other from `first` on.

   ends (count + 1), starts, sources, low, room, rest: see above; `size` nodes and values behind them. values, steps
   (size): of what stands behind known, and left as they are. shares, turn (links): of each input its share, of each
   row the order of its inputs. moves (size), depth, back_ends, queue (size + 1), keys, held (2 * longest), sums
   (2 * size): room.
   least_step: the smallest rest of any node's steps, written to. The component that was not solved, or `count`;
   -1 where rows are not rows. */
API i64 component_bounds(i64 first, i64 count, const i32 *ends, const i32 *starts, const i32 *sources,
                         const double *low, const double *room, const double *rest, i64 size, i64 links, double sign,
                         double *values, double *steps, double *shares, i32 *turn, double *moves, i32 *depth,
                         i32 *back_ends, i32 *queue, double *keys, i32 *held, double *sums, i64 longest,
                         double *least_step) {
    Net all = {starts, sources, low, room, rest, sign, values, steps, shares, moves, turn, depth, keys, held, longest,
               sums, sums + size, NULL};
    if (first < 0 || first > count || size >= INT32_MAX || ends[0] != 0 || ends[count] > size || starts[0] != 0) return -1;
    for (i64 c = first; c < count; c++) {
        i32 from = ends[c], to = ends[c + 1];
        if (to <= from || to > size) return -1;
        int goes_round = to - from > 1;
        for (i32 node = from; node < to; node++) {
            i32 begin = starts[node], end = starts[node + 1];
            if (begin < 0 || end < begin || end > links || end - begin > longest) return -1;
            for (i32 k = begin; k < end; k++) {
                if (sources[k] < 0 || sources[k] >= size) return -1;
                goes_round |= sources[k] == node;
                turn[k] = k;
                shares[k] = low[k];
            }
        }
        if (goes_round) {
            if (known(&all, from, to, queue, least_step)) continue;
            ways_out(&all, from, to, back_ends, queue);
            if (!settled(&all, from, to, 1, least_step) && !settled(&all, from, to, 0, least_step)) return c;
            continue;
        }
        double value = 0, step = 1;
        if (rest[from] > 0 && !chosen(&all, from, -NONE)) {
            for (i32 k = starts[from]; k < starts[from + 1]; k++) held[k - starts[from]] = k;
            handed_out(&all, from, NULL);
        }
        for (i32 k = starts[from]; k < starts[from + 1]; k++) {
            value += shares[k] * values[sources[k]];
            step += shares[k] * steps[sources[k]];
        }
        values[from] = value;
        steps[from] = step;
    }
    return count;
}
