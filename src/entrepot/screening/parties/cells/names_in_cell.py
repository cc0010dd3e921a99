"""Names within a cell: what stands before an address or a post box, in front of a bracket, behind a label.

A supplier file and a bill of lading write more than a name into a cell: "SHIPPER: X Co Ltd, No. 16 Weiliu Road",
"Y GmbH c/o X Co Ltd", "1) X Co Ltd (Shihezi plant)". The cell is compared whole; so is each name that it may hold, for
a listed name must not be missed because something stands beside it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.names.reading.prepare import prepare
from entrepot.screening.parties.cells.acronyms import beside_acronym, is_acronym
from entrepot.screening.parties.cells.marked_names import is_marked, states, unmarked
from entrepot.screening.parties.cells.parts_of_firms import is_part_alone, names_part, without_part
from entrepot.screening.parties.cells.ships_in_cell import either, ships_in
from entrepot.screening.parties.contract import labels

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 30  # names of one cell: linked records stand one behind another, with commas between
LONGEST = 1_000  # characters of a cell in which they are looked for
_LEAST_WORDS = 2  # of a part without a legal form: one word is too many firms' and persons'
_SOMETHING = re.compile(r"[\r\n\t;/|(（\[【#,，、:：.)]| - ")  # what divides or opens, at a glance
# A system's number of the party before its name, or the letters by which a clerk puts a name to the end of a list:
# V1201 Esquel Group, 0000123 Camel Group, ZZZ Esquel Group.
_CODE = re.compile(
    r"^\s*#?(?:(?:[A-Z]{1,5}[-_ ]?)?\d{3,10}[A-Z]?|[Zz]{2,4}|[Xx]{2,4})(?:\s*[-–_:/|]\s*|\s+)(?=[^\W\d_])"
)
_PARTS = re.compile(r"\s*[:：]\s*")  # of a name in levels: parent : child
_LINES = re.compile(r"[\r\n\t;|；]+| / ")
_HYPHEN = " - "
_HAN = re.compile(r"[\u3400-\u9fff]")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"^\s*\(?(?:\d{1,3}|[a-z])[.)]\s+", re.IGNORECASE)
_BEHIND = re.compile(r"(?:\s*(?:\([^()]*\)|（[^（）]*）|\[[^\]]*\]|【[^】]*】|#\s?\w+))+\s*$")
_PLAIN = r"[^()（）\[\]]"
_BRACKET = re.compile(  # the last one of at most two
    rf"(?P<before>{_PLAIN}+?(?:[(（\[]{_PLAIN}*[)）\]]{_PLAIN}*?)?)\s*[(（\[](?P<within>{_PLAIN}+)[)）\]]\s*"
)
_EDGES = " \u00a0(（[【,，#*>"  # an opening bracket, comma or mark that the cut left behind
_PARTS_OF_FIRMS = frozenset({"branch", "cv"})  # families of forms that alone say no firm: Second Branch, de C.V.
_BEHIND_EDGES = ' \u00a0)）]】"”’,，;*_\\/'  # what closes or divides behind a name that was cut there
_COMMA = re.compile(r"[,，]")
_DIVIDES = "\r\n,，;；|/–-"  # lines and parts of an address; the hyphen last, for it stands in a class of characters
_ABBREVIATED = re.compile(r"[./\\]|^attn", re.IGNORECASE)  # c/o, z.Hd., attn: no word of a name
_LISTED = re.compile(r"[,，、]")


@lru_cache(maxsize=4_096)
def within(text: str) -> tuple[str, ...]:
    """The names that a cell may hold beside what it says as a whole, in their order; mostly none.

    Args:
        text: a cell that names a party.
    """
    cut = text[:LONGEST]
    return tuple(dict.fromkeys((*_named_in(cut), *ships_in(cut))))[:_MOST]


def ships(text: str) -> frozenset[str]:
    """Parts of a cell that are a name only if it is a ship's: behind MV, M/T, теплоход, before (tanker), 轮.

    "MT Hansen" may be a firm's name, and "SS Steel" is: what is left of it is compared with ships alone.

    Args:
        text: a cell that names a party.
    """
    cut = text[:LONGEST]
    return frozenset(ships_in(cut)) - {*_named_in(cut)}


def _named_in(text: str) -> tuple[str, ...]:
    glances = (_SOMETHING.search, _CODE.match, _ended().search, _opening().match, _between().search, _behind().search)
    marks = (is_marked, names_part, beside_acronym)
    if not any(found(text) for found in glances) and not any(mark(text) for mark in marks):
        return ()
    whole = _LINES.split(text)
    lines = [side for line in whole for side in line.split(_HYPHEN)]
    found = [p for line in lines for side in _between().split(line) for p in _narrowed(side)]
    found += [p for line in whole if _HYPHEN in line for p in without_part(line)]
    return tuple(p for p in dict.fromkeys(found) if p != text.strip())[:_MOST]


def handed_over(text: str) -> tuple[str, ...]:
    """What stands behind each word in a text for whom it is handed to (c/o, attn, 转交), up to the next such word.

    A later word counts where it is an abbreviation or begins a line or a part of one, for firms are called so too:
    "c/o Home Care of America Inc" is handed over once.

    Args:
        text: a cell of an address or a contact.
    """
    first = _care().search(text)
    if first is None:
        return ()
    later = [m.span() for m in _care().finditer(text, first.end()) if _hands_over_again(text, m)]
    later += [m.span() for m in _care_again().finditer(text, first.end())]
    cuts = sorted({first.span(), *later})
    ends = (*(begin for begin, _ in cuts[1:]), len(text))
    return tuple(text[begin:end].strip() for (_, begin), end in zip(cuts, ends, strict=True))


def _hands_over_again(text: str, word: re.Match[str]) -> bool:
    before = text[: word.start()].rstrip(" \t")
    return before[-1:] in _DIVIDES or bool(_ABBREVIATED.search(word.group().rstrip(" :：\t")))


def begins_department(text: str) -> bool:
    """Whether a text begins as a department or an address does, and no name: "Purchasing", "12 Harbour Road"."""
    return _apart().match(text) is not None


def pieces(text: str) -> frozenset[str]:
    """Parts of a cell that may be pieces of one person's name: what stands beside the hyphen of "Hans - Peter Meier".

    A spaced hyphen divides a firm from its brand, number or place as well, so the parts are compared; but not with
    listed persons, whom the whole name meets if it is theirs. It may stand within one name where one side is a single
    word of letters, no label, and the line says no place, no legal form and no word of business.

    Args:
        text: a cell that names a party.
    """
    if _HYPHEN not in text:
        return frozenset()
    lines = filter(_may_be_one_person, _LINES.split(text[:LONGEST]))
    return frozenset(p for line in lines for side in line.split(_HYPHEN) for p in _narrowed(side))


def _may_be_one_person(line: str) -> bool:
    sides = [s.strip() for s in _NUMBERED.sub("", line).split(_HYPHEN)]
    if len(sides) == 1 or not any(_WORD.fullmatch(s) and not _before().match(f"{s}:") for s in sides):
        return False
    return _is_core(" ".join(sides))


def _is_core(text: str) -> bool:
    """Whether a text has words of names alone: no place, no legal form, no word of business."""
    read = prepare(text, "company")
    return not read.forms and all(w.kind == "core" for w in read.words)


def _narrowed(part: str) -> Iterator[str]:
    """A stretch of a cell without its number, label, brackets and address."""
    bare = _NUMBERED.sub("", part).strip(_EDGES)
    named = _opening().sub("", _before().sub("", bare)).strip(_EDGES)
    if _is_name(named, labelled=named != bare):
        yield named
    uncoded = _CODE.sub("", named)
    levels = _PARTS.split(uncoded)
    for name in (uncoded, *(levels if len(levels) > 1 else ())):
        if name != named and _is_name(name, labelled=False) and not _is_form(name):
            yield name
    for shorter in (_BEHIND.sub("", named), *_addressed(named)):
        if shorter and shorter != named and _forms(shorter):
            yield shorter
    yield from _about_bracket(named)
    plain = (p.strip(_EDGES).rstrip(_BEHIND_EDGES) for p in unmarked(named))
    yield from (p for p in plain if p and not _is_form(p))
    if full := beside_acronym(named):
        yield full
    yield from without_part(named)
    yield from _firms(named)
    yield from _before_address(named)
    yield from _one_of_several(named)


def _about_bracket(name: str) -> Iterator[str]:
    """What stands before a bracket that ends a text, and within it, where either is a name of its own.

    A bracket that says a place, a legal form, a department or an office of a person is none, and before a place a name
    without a legal form is not cut: it may be told by it. Short letters are not compared where the name beside them is.
    """
    found = _BRACKET.fullmatch(name)
    if not found or bool(_HAN.search(found["within"])) != bool(_HAN.search(found["before"])):
        return
    before, inside = found["before"].strip(_EDGES), found["within"].strip()
    if is_acronym(before, inside):
        yield inside
        return
    is_aside = inside.strip(" .").casefold() in labels("aside")
    is_no_name = bool(_apart().match(inside) or _role().match(inside)) or is_aside or is_part_alone(inside)
    if not is_no_name and _says_place_or_form(inside):
        return
    if _is_name(before, labelled=is_no_name) and not _is_form(before):
        yield before
    if not is_no_name and (len(inside.split()) >= _LEAST_WORDS or _forms(inside)):
        yield inside


def _says_place_or_form(text: str) -> bool:
    """Whether a text has no word of a name's own: places, legal forms, words of business and numbers alone."""
    return all(w.kind != "core" for w in prepare(f"x {text}", "company").words[1:])


def _firms(text: str) -> Iterator[str]:
    """Each firm of a text to the end of its legal form, where more follows: another firm, a telephone, an address.

    What follows a form that ends a name wherever it stands is no part of the name, whatever divides the two: "X LTD/Y
    CO LTD", "X LTD AND Y INC", "X LTD TEL 86-571". What stands behind the last form is no firm.
    """
    ends = [m.end() for m in _ended().finditer(text)]
    if not ends or _is_form(text[ends[0] :]):
        return
    for begin, end in zip((0, *ends), (*ends, len(text)), strict=True):
        said = _joining().sub("", text[begin:end]).rstrip(_BEHIND_EDGES)
        if said and said != text and _forms(said) and prepare(said, "company").forms - _PARTS_OF_FIRMS:
            yield said


def _one_of_several(text: str) -> Iterator[str]:
    """The names of a cell that holds several with commas between; what says an address, or one word alone, is none.

    "Garcia Lopez, Juan" and "Smith, Jones & Co." are one name: the first alone is none, or nothing says a business.
    """
    if not _LISTED.search(text) or _is_core(text):
        return
    names: list[str] = []
    for said in _LISTED.split(text):
        if names and _is_form(said):
            names[-1] += f",{said}"  # X Co., Ltd.
        else:
            names.append(said)
    if len(names) > 1 and _is_name(names[0].strip(), labelled=False):
        apart = (n.strip(_EDGES) for n in names if not _apart().match(n))
        yield from (n for n in apart if n and _is_name(n, labelled=False) and not _is_form(n))


def _before_address(name: str) -> Iterator[str]:
    """What stands before a post box, or before a comma behind which a department or an address begins.

    A name without a legal form is cut there too: "X Industrial Group, Accounts Receivable Dept." and "X Organization
    P.O. Box 5" are how systems write those parties. Behind the comma there has to be a word or a figure that no name
    begins or ends with, for "Garcia Lopez, Juan" is one name.
    """
    box = _behind().search(name)
    head = name[: box.start()] if box else name
    comma = next((c for c in _COMMA.finditer(head) if _apart().match(head[c.end() :])), None)
    for cut in (head, head[: comma.start()] if comma else ""):
        shorter = cut.strip(_EDGES)
        if shorter and shorter != name and _is_name(shorter, labelled=False) and not _is_form(shorter):
            yield shorter


def _addressed(name: str) -> Iterator[str]:
    """What stands before the first comma that ends a legal form, where more than a legal form follows."""
    for comma in _COMMA.finditer(name):
        head, rest = name[: comma.start()], name[comma.end() :]
        if _forms(head) and not _is_form(rest):
            yield head.strip()
            return


def _is_name(text: str, *, labelled: bool) -> bool:
    return labelled or len(text.split()) >= _LEAST_WORDS or _forms(text)


def _forms(text: str) -> bool:
    """Whether a text says a legal form beside something else."""
    read = prepare(text, "company")
    return bool(read.forms) and not _is_form(text)


def _is_form(text: str) -> bool:
    """Whether a text says nothing but a legal form: what follows the comma of "Co., Ltd."."""
    return len(prepare(f"x {text}", "company").words) <= 1


def _words(kind: str) -> list[str]:
    """The words of one kind, the longest first."""
    return sorted(labels(kind), key=len, reverse=True)


@cache
def _labels(kind: str) -> str:
    """Alternatives of a regular expression, the longest first."""
    return either(_words(kind))


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:{_labels('before')})\s*[:：]\s*", re.IGNORECASE)


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(rf"^\s*(?:{_labels('opening')})[\s:.]+", re.IGNORECASE)


@cache
def _role() -> re.Pattern[str]:
    """What begins as the office of a person or the state of a firm does: no name."""
    return re.compile(rf"\s*(?:{_labels('role')}|{states()})(?!\w)", re.IGNORECASE)


@cache
def _between() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!^)(?:{_labels('between')})(?![a-z0-9])[\s:.：]*", re.IGNORECASE)


def _apart_by_script(kind: str) -> tuple[str, str]:
    """Words as alternatives: those in letters, and those of scripts without blanks between words."""
    words = _words(kind)
    return either([w for w in words if not _HAN.search(w)]), either([w for w in words if _HAN.search(w)])


@cache
def _ended() -> re.Pattern[str]:
    """A legal form that ends a name wherever it stands, where a letter or a digit follows later in the text."""
    letters, han = _apart_by_script("ends")
    _, joined = _apart_by_script("joining")
    # A firm of China may be called by a shorter form, behind which its branch may follow; a bracket or word ends it.
    short = rf"(?:{_labels('ends_before')})(?=[\s（(\[【/、]|{joined})"
    latin = rf"(?<![^\W_])(?:{letters})(?![^\W_]|\.[^\W_](?![^\W_]))\.?"  # S.A. is none of S.A.S.
    return re.compile(rf"(?>{latin}|{han}|{short})(?=.*[^\W_])", re.IGNORECASE | re.DOTALL)


@cache
def _joining() -> re.Pattern[str]:
    """What stands before the second of two firms: marks, "and", 原."""
    letters, han = _apart_by_script("joining")
    return re.compile(rf"^[\W_]*(?:(?:(?:{letters})(?![^\W_])|(?:{han}))[\W_]*)*", re.IGNORECASE)


@cache
def _care() -> re.Pattern[str]:
    letters, han = _apart_by_script("care")
    return re.compile(rf"(?:(?<!\w)(?:{letters})(?!\w)|(?:{han}))[\s:.：]*", re.IGNORECASE)


@cache
def _care_again() -> re.Pattern[str]:
    """Words that hand over behind another that does, and nowhere else: bei stands in names of towns and of streets."""
    return re.compile(rf"[{_DIVIDES}]\s*(?:{_labels('care_again')})(?!\w)[\s:.：]*", re.IGNORECASE)


@cache
def _behind() -> re.Pattern[str]:
    """A post box with its number, for Casilla is a surname too; or words that hand a letter to a person."""
    boxed = rf"(?:{_labels('behind')})(?!\w)[\s:.#№]*(?:no\W*|nr\W*)?\d"
    return re.compile(rf"(?<=\S)[\s,，;\-–]+(?:{boxed}|{_labels('attention')})", re.IGNORECASE)


@cache
def _apart() -> re.Pattern[str]:
    """What begins behind a comma where a department or an address does: its word up to the next comma, or a number."""
    return re.compile(rf"\s*(?:(?:no|nr|№)?[.\s]*\d|[^,，]*(?<!\w)(?:{_labels('apart')})(?!\w))", re.IGNORECASE)
