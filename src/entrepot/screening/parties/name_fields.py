"""A name that stands in several fields: joined, for its pieces are no parties.

SAP's vendors have NAME1 to NAME4 of 35 letters each. A longer name is cut there by a program, in the middle of a word,
or by a clerk, at a word; which of the two an export does not say, so it is compared both ways. What stands in a later
field may also be no name at all (a department, a branch): then the first alone is compared too.
See docs/design/38-vendor-files.md.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

from entrepot.core.document.hinted import hinted
from entrepot.core.words.translate import ntr, tr
from entrepot.intake.heading_row import is_han
from entrepot.names.reading.prepare import prepare
from entrepot.screening.parties.headings.heading_role import SEARCH, heading_role
from entrepot.vocabulary.regions.folding import folded_letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.intake.text_table import Row
    from entrepot.screening.parties.party_columns import PartyColumn

_WIDTH = 35  # letters of a name field of SAP (NAME1 of LFA1, KNA1): what would have fitted was not cut there
# A field narrower than this holds no name of a firm in any system known: nothing shorter was cut within a word.
_LEAST_CUT = 20
_LAST = 2  # characters of 公司, with which the legal forms of China end
_LEAST_HAN = 4  # characters of a Chinese short name: a place and a brand of two each; fewer are a brand alone
# How a system without these letters writes them; the other way is without their marks.
_IN_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "æ": "ae"})
_EDGES = ".,;()'\"«»“”"
_MOST = 8  # ways of joining: two at each of three ends


def name_of(row: Row, at: Sequence[int]) -> tuple[str | None, tuple[str, ...]]:
    """The name of a row, joined, and the other ways in which it may be put together.

    Args:
        row: its cells.
        at: positions of the fields, in order.
    """
    pieces = tuple(cell for i in at if (cell := row[i]))
    if len(pieces) < 2:  # noqa: PLR2004 - one field is the name
        return (pieces[0] if pieces else None), ()
    return _joined(pieces)


@lru_cache(maxsize=20_000)
def _joined(pieces: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    whole = _put(pieces, [_between(a, b) for a, b in pairwise(pieces)])
    ends = [_ways(a, b) for a, b in pairwise(pieces)]
    ways = [_put(pieces, between) for between in list(product(*ends))[:_MOST]]
    return whole, tuple(w for w in dict.fromkeys((*ways, *_alone(pieces))) if w != whole)


def other_names(
    row: Row, column: PartyColumn, headings: Sequence[str], name: str | None
) -> tuple[tuple[str, str], ...]:
    """The other names of a party with the columns that they stand in, those left out that say less than its name.

    Args:
        row: its cells.
        column: of the party.
        headings: of the table.
        name: the name; None where it is empty.
    """
    found: dict[str, str] = {}
    for fields in column.others:
        text, _ = name_of(row, fields)
        if not text or text in found or _is_told(row, column, headings, fields):
            continue
        if not (name and (_says_less(text, name) or _is_of_firm(text, name, row))):
            found[text] = " + ".join(headings[i] for i in fields)
    return tuple((column, text) for text, column in found.items())


@dataclass(slots=True)
class OtherNamesSeen:
    """The other names of the parties of a table.

    Attributes:
        rows: in which one stands that is compared.
        told: search terms that only begin what else is said of their party, by the position of their column.
    """

    rows: int = 0
    told: Counter[int] = field(default_factory=Counter)

    def take(self, row: Row, columns: Sequence[PartyColumn], headings: Sequence[str]) -> None:
        """Count those of a row."""
        is_another = False
        for column in columns:
            for fields in column.others:
                if _is_told(row, column, headings, fields):
                    self.told[fields[0]] += 1
                else:
                    is_another = is_another or any(row[i] for i in fields)
        self.rows += is_another

    def notes(self, headings: Sequence[str], columns: Sequence[PartyColumn]) -> list[str]:
        """What a reader must know of them: that they name the party was guessed, and can be corrected."""
        out: list[str] = []
        if count := self.rows:
            said = "; ".join(
                tr("{others} beside {name}", others=", ".join(headings[i] for o in c.others for i in o), name=c.name)
                for c in columns
                if c.others
            )
            rows = "1 row" if count == 1 else tr("{count} rows", count=count)
            told = tr(
                "Another name of the same party stands in {said}: {rows}; it is compared too.", said=said, rows=rows
            )
            out.append(hinted(told, tr("Say otherwise with --map.")))
        if self.told:
            out.append(
                ntr(
                    self.told.total(),
                    "{count} search term in {columns} only begins the name or the address beside it, and is not "
                    "compared.",
                    "{count} search terms in {columns} only begin the name or the address beside them, and are not "
                    "compared.",
                    columns=", ".join(headings[i] for i in sorted(self.told)),
                )
            )
        return out


def _is_told(row: Row, column: PartyColumn, headings: Sequence[str], fields: Sequence[int]) -> bool:
    """Whether a search term only begins a name or a place of its party: as SAP fills SORTL and MCOD1 to MCOD3."""
    term = row[fields[0]]
    if not term or len(fields) > 1 or heading_role(headings[fields[0]]).kind != SEARCH:
        return False
    name, _ = name_of(row, column.fields)
    beside = (name, *(row[i] for i in (*column.fields, *column.address)))
    return any(said and _begins(term, said) for said in beside)


@lru_cache(maxsize=20_000)
def _begins(term: str, text: str) -> bool:
    """Whether a text begins with the letters of a term, whatever their case, marks and the spaces between them."""
    whole = _spelt(text)
    return any(one.startswith(short) for short in _spelt(term) for one in whole)


def _spelt(text: str) -> set[str]:
    """The letters and digits of a text in plain letters, and with two for a letter with a mark."""
    letters = (folded_letters(text), folded_letters(text.casefold().translate(_IN_TWO_LETTERS)))
    return {"".join(filter(str.isalnum, one)) for one in letters}


@lru_cache(maxsize=20_000)
def _says_less(other: str, name: str) -> bool:
    """Whether another name only shortens the name: it is a word of it, or is cut within one, as search names are.

    The name is compared whole, and a word alone is the name of too many others. Two whole words of it are compared:
    what follows them in the name may be a branch.
    """
    short, whole = " ".join(other.casefold().split()), " ".join(name.casefold().split())
    if short == whole:
        return True
    if is_han(short):
        return len(short) <= _LEAST_HAN and short in whole
    words = whole.split()
    is_cut = whole.startswith(short) and whole[len(short)].isalnum()
    return short in {w.strip(_EDGES) for w in words} | set(words) or is_cut


def _is_of_firm(other: str, name: str, row: Row) -> bool:
    """Whether another name says whose contact the party is, "firm, contact", and the firm stands in the row itself."""
    firm = other.removesuffix(name).rstrip()
    return firm != other and firm.endswith(",") and firm[:-1] in row


def _put(pieces: Sequence[str], between: Sequence[str]) -> str:
    return pieces[0] + "".join(b + p for b, p in zip(between, pieces[1:], strict=True))


def _between(left: str, right: str) -> str:
    """A space, but between Chinese characters, which have none."""
    return "" if is_han(left[-1]) and is_han(right[0]) else " "


def _ways(left: str, right: str) -> tuple[str, ...]:
    """What may have stood between two pieces: a space, or nothing where a word may have been cut."""
    usual = _between(left, right)
    was_cut = len(left) >= _LEAST_CUT and not right[0].isspace()
    return (usual, "") if usual and was_cut else (usual,)


def _alone(pieces: tuple[str, ...]) -> list[str]:
    """Pieces that are names by themselves: what is before one that needed no field of its own, or ends a firm's name.

    A firm's name that begins in the first field and ends in the second ("Zhongtai Chemical", "Co., Ltd.") is neither.
    What a later field says is one where it has two words and one that tells a name from others: of a group and its
    member ("Nordmole", "Sommer Textile") the listed one may stand there whole.
    """
    out = []
    for n in range(1, len(pieces)):
        before, rest = pieces[:n], pieces[n]
        head = _put(before, [_between(a, b) for a, b in pairwise(before)])
        fitted = len(pieces[n - 1]) + 1 + len(rest.split()[0]) <= _WIDTH
        if _ends_a_firm(head) or (fitted and not prepare(rest, "company").forms):
            out.append(head)
            if prepare(rest, "company").forms and _is_more_than_form(rest):
                out.append(rest)
    tails = (_put(pieces[n:], [_between(a, b) for a, b in pairwise(pieces[n:])]) for n in range(1, len(pieces)))
    return [*out, *(text for text in (*pieces[1:], *tails) if _says_name(text))]


def _says_name(text: str) -> bool:
    """Whether a text has two words without its legal form, one of them neither a place nor of a trade."""
    read = prepare(text, "company").words
    return len(read) > 1 and any(w.kind == "core" for w in read)


def _ends_a_firm(text: str) -> bool:
    """Whether a text ends with a legal form: its last word is one, or what is left without its last characters none."""
    forms = prepare(text, "company").forms
    if is_han(text[-1]):
        return bool(forms) and prepare(text[:-_LAST], "company").forms != forms
    return bool(forms) and " " in text and not _is_more_than_form(text.rsplit(maxsplit=1)[-1])


def _is_more_than_form(text: str) -> bool:
    return len(prepare(f"x {text}", "company").words) > 1
