"""Where the headings of a table stand: in the first row, below lines of a title, or in two rows."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.intake.reading_options import ReadingOptions, Words
    from entrepot.intake.text_table import Row

LOOKED_AT = 10  # rows: a cover of more lines than that is a page of its own
# Rows among which headings that are named are found, and known ones that are wider than all above: the layouts of ERP
# systems print a screen of what was selected, one line a setting, over their lists.
FURTHEST = 40
# Words that stand in headings beside those that say what a column holds, and say nothing themselves.
_BESIDE = frozenset({"no", "nr", "of", "the", "and", "full", "legal", "english", "local", "code", "id"})
_MOST_LEFT = 2  # Chinese characters of a heading that no word explains
_KNOWN = 4  # known headings among others that are not: a table of values has words of headings in a cell or two
_LEAST_GROUPS = 2  # of several columns, over headings that all are known: one may be a title
_LEAST_BANDS = 3  # cells over groups of headings: a title beside the day of the report has two
# A row of headings is as wide as its table; a line of a title ("Supplier. Open", the user, the day) is not half of it.
_NARROW, _LEAST_BELOW = 2, 2
_LEAST_UNDER = 3  # headings under merged ones: a row of values with blanks has two in such places now and then
_HALF = 2  # cells of a row under groups, to each that is known
_TWO = 2  # rows of headings: more are named from the first to the last
_PAIR, _LEAST_WIDE = 2, 3  # cells of a label and its value; of the headings below it
_MOST_SHOWN = 60  # characters of a cell in a note
_OF_FIELD = re.compile(r"(?<=[\w)])#(?=[^\W\d])")  # FCountry#Name, a field of a field; "Supplier #" is its number
_HAN = re.compile(r"[\u3400-\u9fff]")
_INNER_CAPITAL, _LETTERS = re.compile(r"(?<=[a-z])(?=[A-Z])"), re.compile(r"[^\W_]+")
_PLAIN = {"ı": "i", "ł": "l", "ø": "o", "đ": "d"}  # Latin letters that are no letter with a mark


@dataclass(frozen=True, slots=True)
class Heading:
    """The headings of a table.

    Attributes:
        cells: the headings.
        at: position of the row that they stand in, the lower of two; -1 or more: of the row before the first where the
            table has none.
        above: how many rows of headings there are.
        first: the cell of the first row that is a value, where there are none.
    """

    cells: tuple[str, ...]
    at: int
    above: int = 1
    first: str = ""

    def note(self) -> str:
        """One sentence where they do not stand alone in the first row; empty where they do."""
        if self.first:
            said = self.first if len(self.first) <= _MOST_SHOWN else f"{self.first[:_MOST_SHOWN]}…"
            return tr(
                "The file has no headings: its first row, {said!r}, is read as a row. Columns are called by number.",
                said=said,
            )
        if self.at == 0:
            return ""
        where = (
            tr("rows {at} and {at_2}", at=self.at, at_2=self.at + 1)
            if self.above > 1
            else tr("row {at}", at=self.at + 1)
        )
        if self.above > _TWO:
            where = tr("rows {first} to {last}", first=self.at + 2 - self.above, last=self.at + 1)
        return tr("The headings stand in {where}.", where=where)


def heading_of(rows: Sequence[Row], options: ReadingOptions) -> Heading | None:
    """The headings among the first rows of a table; None where no row has those that are looked for.

    Another row than the first is taken only where it consists of known headings, so that no cell is taken for one.

    Args:
        rows: the first ones, without those above that are skipped.
        options: which headings must be there, else by which words they are known, else the first row holds them.
    """
    top = [[c or "" for c in r] for r in rows[:FURTHEST]]
    first = next((i for i, r in enumerate(top) if any(r)), None)
    if first is None:
        return None
    if options.headings:
        wanted = {folded(c) for c in options.headings}
        at = next((i for i, r in enumerate(top) if wanted <= {folded(c) for c in r}), None)
        return None if at is None else Heading(tuple(top[at]), at)
    if options.words is None:
        return Heading(tuple(top[first]), first)
    found = _known_heading(top[:LOOKED_AT], first, options.words) if first < LOOKED_AT else None
    return _far_down(top, first, found, options.words) or found


def _far_down(top: list[list[str]], first: int, found: Heading | None, words: Words) -> Heading | None:
    """Known headings below the first ten rows, as what stands above shows: settings, narrower, and nobody's name.

    Where a row above was taken for headings, they are wider than each of these.

    Args:
        top: the first rows.
        first: position of the first that holds anything, which may say whose file it is.
        found: the headings above.
        words: of headings.
    """
    if found is not None and found.first:
        return None
    for at in range(LOOKED_AT, len(top) - 1):
        over, width = top[:at], _filled(top[at])
        if any(_has_value(r, words) and not _is_label(r) for r in over[first + 1 :]):
            return None
        is_wide = width > max(map(_filled, over)) - (found is None)
        if width >= _PAIR and is_wide and _is_heading(top[at], words) and not _has_value(top[at], words):
            return _with_second(top, at, words)
    return None


@lru_cache(maxsize=16_384)  # the known words of headings, some thousands, are asked for by several tables of them
def folded(heading: str) -> str:
    """The words of a heading in small letters without accents, one space between; SupplierName is two words."""
    if heading.islower() and heading.isascii() and heading.replace(" ", "").isalpha():
        return " ".join(heading.split())  # nearly every known word: there is nothing to fold
    apart = _INNER_CAPITAL.sub(" ", unicodedata.normalize("NFKC", heading))
    apart = _OF_FIELD.sub(" ", apart).replace("#", " number ")
    return " ".join(_LETTERS.findall(unaccented(apart)))


def unaccented(text: str) -> str:
    """A text in small letters, those of the Latin script without accents: systems export Razao beside Razão."""
    if text.isascii():
        return text.lower()
    out: list[str] = []
    for char in unicodedata.normalize("NFD", text.casefold()):
        if not unicodedata.combining(char):
            out.append(_PLAIN.get(char, char))
        elif not out or not "a" <= out[-1][-1] <= "z":
            out.append(char)  # the breve of й, the mark of が: these tell letters apart
    return unicodedata.normalize("NFC", "".join(out))


def says_again(cell: str, heading: str) -> bool:
    """Whether a cell is a heading again, or the part of it that stands in one of the two rows of headings.

    >>> says_again("Country", "Address Country"), says_again("Address", "Address Country"), says_again("Add", "Address")
    (True, True, False)
    """
    return cell == heading or heading.startswith(f"{cell} ") or heading.endswith(f" {cell}")


def is_han(text: str) -> bool:
    """Whether a text has a Chinese character."""
    return bool(_HAN.search(text))


def _known_heading(top: list[list[str]], first: int, words: Words) -> Heading | None:
    likely = [i for i, r in enumerate(top) if i > first and _is_heading(r, words) and not _has_value(r, words)]
    below = next((i for i in likely if not _is_setting(top, i, likely, words)), None)
    if below is None and (none := _without(top, first, words)) is not None:
        return none
    is_title = below is not None and _is_title(top[first], top[below], words)
    is_title = is_title or _is_setting(top, first, likely, words)
    if words.is_telling(top[first]) and not is_title and not _is_narrow(top, first, words):
        return _with_second(top, first, words)
    return None if below is None else _with_band(_with_second(top, below, words), top, words)


def _is_setting(top: list[list[str]], at: int, likely: Sequence[int], words: Words) -> bool:
    """Whether a row is a line above the table, as a wider row of headings below shows: a label and what it is set to.

    "Supplier From:", and beside it a value or nothing; or two cells at most, one beside the other. Cells with blanks
    between them, right above the headings, are merged ones over groups of these.

    Args:
        top: the first rows.
        at: the row.
        likely: rows that consist of headings.
        words: of headings.
    """
    filled = [i for i, c in enumerate(top[at]) if c]
    if not filled:
        return False
    is_label = _is_label(top[at])
    is_pair = filled[-1] - filled[0] < _PAIR
    if not is_label and not is_pair:
        return False
    for j in (j for j in likely if j > at and _filled(top[j]) >= max(_LEAST_WIDE, len(filled) + 1)):
        between = top[at + 1 : j]
        # A list of one or two columns may stand above another: then its firms do.
        is_above = is_label or not any(_has_value(r, words) and not _is_label(r) for r in between)
        if is_above and all(_filled(r) < _filled(top[j]) for r in between):
            return True
    return False


def _is_label(row: list[str]) -> bool:
    """Whether a row begins with a label, as its colon says, and is not one of headings that all end with one."""
    ends = [c.endswith((":", "：")) for c in row if c]
    return bool(ends) and ends[0] and not (len(ends) > 1 and all(ends))


def _is_narrow(top: list[list[str]], at: int, words: Words) -> bool:
    """Whether a row has at most half the cells of those below, and other words than known ones: a line of a title."""
    below = sorted(n for r in top[at + 1 :] if (n := _filled(r)) > 1)
    is_half = len(below) >= _LEAST_BELOW and _NARROW * _filled(top[at]) <= below[len(below) // 2]
    return is_half and not _is_heading(top[at], words)


def _has_value(row: list[str], words: Words) -> bool:
    """Whether a row holds a value, as a line of the title does: "Company" and the firm whose file it is."""
    return words.is_value is not None and any(words.is_value(c) for c in row if c and not _is_known(c, words))


def _is_title(over: list[str], row: list[str], words: Words) -> bool:
    """Whether a row is the title of the table whose headings stand in another: one cell, or few words of headings."""
    if _filled(over) == 1:
        return _filled(row) > 1
    known, more = (sum(_is_known(c, words) for c in r if _has_letter(c)) for r in (over, row))
    return not _is_heading(over, words) and more > known + _KNOWN


def _without(top: list[list[str]], first: int, words: Words) -> Heading | None:
    """Headings for a table that has none: its first row holds a value and no known heading. None where it has some."""
    row = top[first]
    values = [i for i, c in enumerate(row) if c and words.is_value is not None and words.is_value(c)]
    is_title = _filled(row) == 1 and any(_filled(r) > 1 for r in top[first + 1 :])
    if not values or is_title or any(_is_known(c, words) for c in row if re.search(r"[^\W\d_]", c)):
        return None
    cells = [words.of_value if i == values[0] else tr("column {i}", i=i + 1) for i in range(len(row))]
    return Heading(tuple(cells), first - 1, 0, row[values[0]])


def _with_second(top: list[list[str]], at: int, words: Words) -> Heading:
    """The headings of a row with those of the row under it, where that consists of known headings too."""
    under = top[at + 1] if at + 1 < len(top) else []
    is_row = _filled(under) > 1 and all(_is_known(c, words) for c in under if c) and words.is_telling(under)
    ways = (_is_under, _is_again, _is_under_all)
    if not is_row and not any(way(under, top[at], words) for way in ways):
        return Heading(tuple(top[at]), at)
    both, group = [], ""
    for i in range(max(len(under), len(top[at]))):
        over = top[at][i] if i < len(top[at]) else ""
        group = over or group  # a merged cell stands in its first column only
        below = under[i] if i < len(under) else ""
        both.append(" ".join(filter(None, (group, "" if below == over else below))))  # merged over both rows
    return Heading(tuple(both), at + 1, 2)


def _is_under(under: list[str], over: list[str], words: Words) -> bool:
    """Whether a row stands under merged headings and nowhere else, as its place shows; one word of it is known.

    A heading over several columns is followed by blank cells, one over two rows has a blank cell below. A row of values
    has one under the headings of a single column: its number, its name.
    """
    starts = [i for i, c in enumerate(over) if c]
    ends = [*starts[1:], max(len(over), len(under))]
    spans = [(a, b) for a, b in zip(starts, ends, strict=True) if b - a > 1]
    in_spans = {i for a, b in spans for i in range(a, b)}
    filled = [i for i, c in enumerate(under) if c]
    is_placed = bool(filled) and set(filled) <= in_spans and len(starts) > len(spans)
    is_split = len(filled) >= _LEAST_UNDER and any(sum(a <= i < b for i in filled) > 1 for a, b in spans)
    cells = [c for c in under if c]
    is_worded = _is_worded(under) or (_is_again_under(under, spans, words) and all(map(_has_letter, cells)))
    is_named = is_worded and not any(map(_has_digit, cells)) and not _has_value(under, words)
    return is_placed and is_split and is_named and any(_is_known(c, words) for c in cells)


def _is_again(under: list[str], over: list[str], words: Words) -> bool:
    """Whether a row is one of headings by its own words, as full as that above, which holds groups or names of fields.

    A firm may be called by words of headings ("Société Générale"), four different ones in a row are none.
    """
    is_full = _filled(under) >= max(_KNOWN, _filled(over))
    return is_full and _is_heading(under, words) and _is_worded(under) and not _has_value(under, words)


def _is_under_all(under: list[str], over: list[str], words: Words) -> bool:
    """Whether a row stands under groups of columns, a heading under each of the table: Name, Country, Name, Qty, Date.

    Every cell of it consists of known words, or half of them do and one stands under two of the groups, as no value
    does; the row above has two groups of several columns.
    """
    starts = [i for i, c in enumerate(over) if c]
    spans = [(a, b) for a, b in pairwise([*starts, max(len(over), len(under))]) if b - a > 1]
    cells = [c for c in under if c]
    is_full = len(cells) == len(under) > len(starts) and len(spans) >= _LEAST_GROUPS
    if not is_full or any(map(_has_digit, cells)):
        return False
    known = [c for c in cells if _is_known(c, words)]
    is_half = _HALF * len(known) >= len(cells) and not _has_value(under, words)
    return len(known) == len(cells) or (is_half and _is_again_under(under, spans, words))


def _is_again_under(under: list[str], spans: Sequence[tuple[int, int]], words: Words) -> bool:
    """Whether a known heading stands under two groups of columns: Name under Factory and under Subcontractor."""
    groups = [{folded(c) for c in under[a:b] if c and _is_known(c, words)} for a, b in spans]
    return any(one & other for i, one in enumerate(groups) for other in groups[:i])


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _has_letter(cell: str) -> bool:
    return any(map(str.isalpha, cell))


def _with_band(found: Heading, top: list[list[str]], words: Words) -> Heading:
    """The headings with what stands over several of them, where that is known: "Primary Contact" over "First Name"."""
    over = top[found.at - 1] if found.at and found.above == 1 else []
    known = [c for c in over if c and _is_known(c, words)]
    if not _LEAST_BANDS <= _filled(over) < _filled(found.cells) or len(known) < _LEAST_BANDS or not _is_worded(over):
        return found
    both, group = [], ""
    for i, cell in enumerate(found.cells):
        group = (over[i] if i < len(over) else "") or group
        both.append(f"{group} {cell}" if cell and group in known else cell)
    return Heading(tuple(both), found.at, 2)


def likely_heading(rows: Sequence[Row], words: Words | None = None) -> int | None:
    """Position of the row that looks like headings where no word of them is known: the first of several worded cells.

    What stands above it in single cells is a title. None where the first row that holds any is no such title.

    Args:
        rows: the first ones of the table.
        words: by which a cell is known to be a value: a row with a firm's name is none of headings
            where another may be.
    """
    top = [[c or "" for c in r] for r in rows[:LOOKED_AT]]
    first = next((i for i, r in enumerate(top) if any(r)), None)
    if first is None:
        return None
    valued = [words is not None and _has_value(r, words) for r in top]
    worded = [i for i, r in enumerate(top) if _filled(r) >= _KNOWN and _is_worded(r)]
    at = next((i for i in worded if not valued[i]), next(iter(worded), None))
    if at is None or _filled(top[first]) == 1:
        return at
    return at if _NARROW * _filled(top[first]) <= _filled(top[at]) and _is_over_numbers(top, at) else None


def _is_over_numbers(top: list[list[str]], at: int) -> bool:
    """Whether a row has words where all rows below have numbers: a row of values has a number there too."""
    for i, cell in enumerate(top[at]):
        below = [r[i] for r in top[at + 1 :] if i < len(r) and r[i]]
        if cell and len(below) >= _LEAST_BELOW and not any(any(map(str.isalpha, c)) for c in below):
            return True
    return False


def _filled(row: Sequence[str]) -> int:
    return sum(map(bool, row))


def _is_heading(row: Sequence[str], words: Words) -> bool:
    """Whether a row tells what the table is of in known words, and most of its other cells are known too.

    Args:
        row: its cells.
        words: by which headings are known.
    """
    known = [c for c in row if c and _is_known(c, words)]
    if not words.is_telling(known):
        return False
    return 2 * len(known) >= _filled(row) or (
        len(known) >= _KNOWN and 3 * len(known) >= _filled(row) and _is_worded(row)
    )


def _is_worded(row: Sequence[str]) -> bool:
    """Whether every cell has a letter and is another: no row of values in a table of some width is like that."""
    filled = [c for c in row if c]
    return len(set(filled)) == len(filled) and all(any(map(str.isalpha, c)) for c in filled)


def _is_known(cell: str, words: Words) -> bool:
    """Whether a cell consists of words of headings."""
    text, (han, tokens) = folded(cell), _cut(words.known)
    if is_han(text):
        rest = text
        for word in han:
            rest = rest.replace(word, "")
        left = "".join(t for t in rest.split() if t not in tokens)
        return rest != text and len(left) <= _MOST_LEFT
    return bool(text) and all(t in tokens or t.isdigit() for t in text.split())


@lru_cache(maxsize=8)
def _cut(known: frozenset[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Chinese words, the longest first, and the single words of the others."""
    han = sorted((w for w in known if is_han(w)), key=lambda w: (-len(w), w))
    return tuple(han), _BESIDE | {t for w in known for t in w.split()}
