/* The names that share the most of a query's keys: names/search/keyed/postings.py, sum for sum and heap for heap. */
#include "core.h"

typedef struct {
    float cosine;
    i32 name;
} Near;

/* heapq of CPython: of equal numbers the same ones stay. */
static void risen(Near *heap, i32 at) {
    Near new = heap[at];
    while (at > 0) {
        i32 above = (at - 1) >> 1;
        if (!(new.cosine < heap[above].cosine)) break;
        heap[at] = heap[above];
        at = above;
    }
    heap[at] = new;
}

static void exchanged(Near *heap, i32 size, Near with) {
    /* heappop, then heappush */
    Near last = heap[size - 1];
    i32 left = size - 1;
    if (left) {
        i32 at = 0, below = 1;
        while (below < left) {
            i32 right = below + 1;
            if (right < left && !(heap[below].cosine < heap[right].cosine)) below = right;
            heap[at] = heap[below];
            at = below;
            below = 2 * at + 1;
        }
        heap[at] = last;
        risen(heap, at);
    }
    heap[size - 1] = with;
    risen(heap, size - 1);
}

static int nearer(Near a, Near b) { return a.cosine > b.cosine || (a.cosine == b.cosine && a.name < b.name); }

static void sifted(Near *all, i32 at, i32 size) {
    for (;;) {
        i32 below = 2 * at + 1;
        if (below >= size) return;
        if (below + 1 < size && nearer(all[below], all[below + 1])) below++;
        if (!nearer(all[at], all[below])) return;
        Near held = all[at];
        all[at] = all[below];
        all[below] = held;
        at = below;
    }
}

/* The nearest first, of equally near ones the first name. */
static void sorted(Near *all, i32 size) {
    for (i32 at = size / 2 - 1; at >= 0; at--) sifted(all, at, size);
    for (i32 end = size - 1; end > 0; end--) {
        Near held = all[0];
        all[0] = all[end];
        all[end] = held;
        sifted(all, 0, end);
    }
}

/* What was found, or -1 where something is not what was promised.
   rows, weights: keys of all queries, `ends` says where those of a query end (the first is 0).
   starts (row_count + 1), columns, values (posting_count): the matrix. sums, touched: name_count each, sums all zero.
   query, name, cosine: room for query_count * most. heap: room for `most`, and as many as there are names. */
API i64 nearest(const i32 *rows, const float *weights, const i32 *ends, i64 query_count, i64 key_count,
                const i32 *starts, i64 row_count, const i32 *columns, const float *values, i64 posting_count,
                i64 name_count, i64 most, float least, float *sums, i32 *touched, u64 *heap_room, i64 *query, i32 *name,
                float *cosine) {
    Near *heap = (Near *)heap_room;
    i64 out = 0;
    if (most < 1 || most > name_count || name_count > INT32_MAX || ends[0] != 0 || ends[query_count] > key_count) return -1;
    for (i64 q = 0; q < query_count; q++) {
        i64 seen = 0;
        if (ends[q] > ends[q + 1]) return -1;
        for (i64 k = ends[q]; k < ends[q + 1]; k++) {
            i32 row = rows[k];
            if (row < 0 || row >= row_count) return -1;
            i64 begin = starts[row], end = starts[row + 1];
            if (begin < 0 || end > posting_count) return -1;
            float weight = weights[k];
            for (i64 p = begin; p < end; p++) {
                i32 at = columns[p];
                if (at < 0 || at >= name_count) return -1;
                if (sums[at] == 0.0f && seen < name_count) touched[seen++] = at;
                sums[at] += values[p] * weight;
            }
        }
        i64 held = 0;
        for (i64 i = seen - 1; i >= 0; i--) { /* the last that was touched first comes first, as it does in numpy */
            Near found = {sums[touched[i]], touched[i]};
            sums[touched[i]] = 0.0f;
            if (!(found.cosine > least)) continue;
            if (held < most) {
                heap[held++] = found;
                if (held == most) {
                    /* as a heap of `most` times the least takes one after the other */
                    Near *grown = heap + most;
                    for (i64 j = 0; j < most; j++) grown[j] = (Near){least, -1};
                    for (i64 j = 0; j < most; j++) exchanged(grown, (i32)most, heap[j]);
                    for (i64 j = 0; j < most; j++) heap[j] = grown[j];
                }
            } else if (found.cosine > heap[0].cosine) {
                exchanged(heap, (i32)most, found);
            }
        }
        sorted(heap, (i32)held);
        for (i64 i = 0; i < held; i++) {
            query[out] = q;
            name[out] = heap[i].name;
            cosine[out++] = heap[i].cosine;
        }
    }
    return out;
}
