/* Names read out of bytes, each bound checked. */
#include "names.h"

static double real(Bytes *from) {
    const u8 *at = next(from, 8);
    union {
        u64 bits;
        double value;
    } out = {0};
    for (i32 i = 7; at && i >= 0; i--) out.bits = out.bits << 8 | at[i];
    return out.value;
}

static Text text(Bytes *from) {
    i32 size = (i32)number(from, 2);
    const u8 *at = next(from, size);
    return (Text){at, at ? size : 0};
}

static int read_word(Word *out, Bytes *from, const Rules *rules, Arena *arena) {
    out->weight = real(from);
    out->said = real(from);
    out->kind = (u8)number(from, 1);
    out->flags = (u8)number(from, 1);
    out->other_count = (u8)number(from, 1);
    Text given = text(from);
    out->shown = text(from);
    out->letters = text(from);
    if (from->bad || out->kind > NUMBER || out->other_count > MOST_OTHER) return 0;
    for (i32 i = 0; i < out->letters.size; i++)
        if (out->letters.at[i] >= rules->script.letters) return 0;
    u8 *closed = taken(arena, out->shown.size + 1);
    out->other = taken(arena, (i64)sizeof(Spelt) * out->other_count + 1);
    if (!closed || !out->other || !spell(&out->text, given, &rules->tongue, arena)) return 0;
    i32 size = 0;
    for (i32 i = 0; i < out->shown.size; i++)
        if (out->shown.at[i] != ' ') closed[size++] = out->shown.at[i];
    out->closed = (Text){closed, size};
    out->has_spelt = out->kind == CORE || (out->flags & SHOWN_ASCII);
    if (out->kind == CORE || same(out->closed, given))
        out->spelt = out->text;
    else if (out->has_spelt && !spell(&out->spelt, out->closed, &rules->tongue, arena))
        return 0;
    for (i32 i = 0; i < out->other_count; i++) {
        Text other = text(from);
        if (from->bad || !spell(&out->other[i], other, &rules->tongue, arena)) return 0;
    }
    out->initials = out->sound = (Text){given.at, 0};
    out->brand = NULL;
    out->own = 0;
    out->characters = 0;
    if (!(out->flags & IN_CHARACTERS)) return 1;
    out->initials = text(from);
    out->sound = text(from);
    out->own = (u8)number(from, 1);
    out->characters = (u16)number(from, 2);
    if (from->bad) return 0;
    if (out->characters > MOST_CHARACTERS) return 1;
    out->brand = taken(arena, sizeof(Brand));
    return out->brand && read_brand(out->brand, from, (i32)rules->tongue.onset_count) && out->brand->count == out->characters;
}

/* 1, or 0 where the bytes are not a name, or the scratch is too small. */
int read_name(Name *out, const u8 *at, i64 size, const Rules *rules, Arena *arena) {
    Bytes from = {at, at + size, 0};
    out->at = at;
    out->kind = (u8)number(&from, 1);
    out->flags = (u8)number(&from, 1);
    out->word_count = (u8)number(&from, 1);
    out->form_count = (u8)number(&from, 1);
    out->general = (u8)number(&from, 1);
    if (from.bad || out->kind > 3 || !out->word_count || out->word_count > MOST_WORDS || out->form_count > MOST_FORMS) return 0;
    for (i32 i = 0; i < out->form_count; i++) {
        out->forms[i] = (u16)number(&from, 2);
        out->alike_forms[i] = (u16)number(&from, 2);
    }
    out->written = text(&from);
    out->words = taken(arena, (i64)sizeof(Word) * out->word_count);
    if (from.bad || !out->words) return 0;
    out->has_letters = 0;
    for (i32 i = 0; i < out->word_count; i++) {
        if (!read_word(&out->words[i], &from, rules, arena)) return 0;
        out->has_letters |= out->words[i].letters.size > 0;
    }
    return !from.bad && from.at == from.end;
}

#define PERFECT 0.97
#define SHORTEST 2.0
#define EXTRA_VOWEL 0.03
#define EXTRA_H 0.25
#define LONGEST_SPELT 128

static double extra(Text spelt, i32 at) {
    u8 c = spelt.at[at];
    if (c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y') return EXTRA_VOWEL;
    if (at && spelt.at[at - 1] == c) return 0.0;
    return c == 'h' ? EXTRA_H : 1.0;
}

/* names/reading/arabic.py: the cheapest way to write Arabic letters as the spelling. Negative where that is too long. */
double fit(Text word, Text spelt, const Script *script) {
    if (!word.size || !spelt.size) return 0.0;
    if (spelt.size > LONGEST_SPELT) return -1.0;
    double rows[2][LONGEST_SPELT + 1], more[LONGEST_SPELT], whole = 0.0;
    double *row = rows[0], *out = rows[1];
    row[0] = 0.0;
    for (i32 i = 0; i < spelt.size; i++) {
        more[i] = extra(spelt, i);
        row[i + 1] = row[i] + more[i];
    }
    for (i32 i = 0; i < word.size; i++) {
        u8 letter = word.at[i];
        double dropped = script->weak[letter];
        whole += dropped;
        /* The l of an article: before a letter of the sun, and where a word ends. */
        if (letter == script->lam && i && word.at[i - 1] == script->alif && (i + 1 == word.size || script->sun[word.at[i + 1]]))
            dropped = 0.1;
        for (i32 j = 0; j <= spelt.size; j++) out[j] = row[j] + dropped;
        for (i32 r = script->starts[letter]; r < script->starts[letter + 1]; r++) {
            const u8 *reading = script->spelt + 4 * r;
            i32 size = reading[0];
            double cost = script->costs[r];
            for (i32 j = 0; j + size <= spelt.size; j++) {
                i32 k = 0;
                while (k < size && spelt.at[j + k] == reading[1 + k]) k++;
                if (k == size && row[j] + cost < out[j + size]) out[j + size] = row[j] + cost;
            }
        }
        double last = out[0];
        for (i32 j = 1; j <= spelt.size; j++) {
            double best = out[j];
            best = smaller(best, last + more[j - 1]);
            best = smaller(best, row[j - 1] + 1.2);
            last = out[j] = best;
        }
        double *held = row;
        row = out;
        out = held;
    }
    return larger(0.0, PERFECT - row[spelt.size] / larger(SHORTEST, whole));
}
