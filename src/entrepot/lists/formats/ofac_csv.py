"""OFAC's CSV files: entries, aliases, addresses and the overflow of remarks, joined on the entry's number.

Layout: https://ofac.treasury.gov/sdn-list-data-formats-data-schemas. No headings, `-0- ` for an empty cell,
programmes joined by `] [`, the character 1A at the end. Remarks hold what has no column, parts joined by `; `;
names in quotes there are OFAC's weak aliases.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.lists.formats import headed_csv
from entrepot.lists.formats.ofac_documents import IDENTIFIERS, PERSONAL
from entrepot.lists.formats.programmes import known_programmes
from entrepot.lists.formats.reading import Draft, File, Reading, flag_programmes, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_END = "\x1a"
_EMPTY = "-0-"
_KINDS = {"": "organisation", "individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
_NAMES = {"aka": "alias", "fka": "former_name", "nka": "alias"}
_QUOTED = re.compile(r"(?:alt\. )?(a\.k\.a\.|f\.k\.a\.|n\.k\.a\.)[, ]*'(.+)'$")
_NUMBERED = re.compile(r"(.*?)(?: *\((.*?)\)?)?(?: (?:issued|expires)\b.*)?$", re.DOTALL)
_NATION = re.compile(r"(?:nationality|citizen) (\S.*)")
_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)\b")
_NUMBERED_PAPER = re.compile(
    r"(?i)(?:\b(?:no|number|serial|code|can|card|certificate|licen[cs]e|profesional|id)\b|\bissued\b|\bexpired?s?\b).*\d"
    r"|\d.*\b(?:issued|expire[ds])\b"
)
_ISSUED = re.compile(r" (?:issued|expires)\b.*", re.DOTALL)
# How a part of a remark begins -> what is said after it; the longest wins. What begins otherwise is a remark.
_SAID = {
    "Chinese Commercial Code": "name_note",
    "Interpol": "remark",
    "DOB": "birth_date",
    "POB": "birth_place",
    "Gender": "gender",
    "Linked To": "linked_to",
    "Organization Established Date": "established",
    "Organization Type": "organisation_type",
    "Target Type": "organisation_type",
    "Former Vessel Flag": "former_vessel_flag",
    "Vessel Year of Build": "remark",
    "Aircraft": "aircraft",
    "Telephone": "telephone",
    "Phone Number": "telephone",
    "Fax": "telephone",
    "Email Address": "email",
    "Website": "website",
    "Digital Currency Address": "digital_currency",
    "ISIN": "security",
    "Equity Ticker": "security",
    "Issuer Name": "security",
    "Secondary sanctions risk": "legal_basis",
    "Additional Sanctions Information": "legal_basis",
    "Executive Order": "legal_basis",
    "CAATSA": "legal_basis",
    "Transactions Prohibited": "legal_basis",
}
# Where the words before it say what the value is, they stand in it.
_BARE = frozenset({"birth_date", "birth_place", "gender", "linked_to", "email", "website", "established"})
_COLUMNS = ("title", "call_sign", "vessel_type", "tonnage", "gross_tonnage", "vessel_flag", "vessel_owner")


def read_sdn(files: Mapping[str, File], list_id: str) -> Reading:
    """The SDN list: sdn.csv, alt.csv, add.csv, and sdn_comments.csv where given."""
    return _read(files, list_id, ("sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"))


def read_nonsdn(files: Mapping[str, File], list_id: str) -> Reading:
    """The consolidated non-SDN list: cons_prim.csv, cons_alt.csv, cons_add.csv, and cons_comments.csv where given."""
    return _read(files, list_id, ("cons_prim.csv", "cons_alt.csv", "cons_add.csv", "cons_comments.csv"))


def _read(files: Mapping[str, File], list_id: str, names: Sequence[str]) -> Reading:
    draft, known = Draft(list_id), known_programmes("ofac")
    main, aliases, addresses, comments = names
    more: dict[str, str] = {}
    if comments in files:
        for _, (number, text) in _rows(files[comments], 2, marked=False):
            more[number] = more.get(number, "") + text
    else:
        draft.say(tr("{comments} is not given: remarks that ran over into it end early", comments=comments))
    for line, cells in _rows(files[main], 12):
        number, name, kind, programmes = cells[:4]
        _entry(draft, files[main], line, (number, name, kind), [p for p in programmes.split("] [") if p])
        flag_programmes(draft, known, [p for p in programmes.split("] [") if p])
        for column, value in zip(_COLUMNS, cells[4:11], strict=True):
            draft.fact(number, column, value)
        # The overflow goes on where the remark was cut, mid-word as often as not.
        _remarks(draft, number, cells[11] + more.pop(number, ""))
    if more:
        _strangers(files[comments], main, sorted(more))
    _aliases(draft, files[aliases], main)
    _addresses(draft, files[addresses], main)
    return draft.reading()


def _entry(draft: Draft, file: File, line: int, what: tuple[str, str, str], programmes: list[str]) -> None:
    number, name, kind = what
    if not (number.isascii() and number.isdigit()):
        raise UnreadableFileError(
            file.path, tr("the entry's number is {number!r}", number=number[:40]), line=line, allowed=tr("digits")
        )
    if number in draft:
        raise UnreadableFileError(file.path, tr("entry {number} stands twice", number=number), line=line)
    if kind not in _KINDS:
        draft.count("kinds never seen before", kind)
    draft.add(number, named(file, line, name), _KINDS.get(kind, "unknown"), programme=programmes)


def _aliases(draft: Draft, file: File, main: str) -> None:
    strangers = []
    for line, (number, _, kind, name, remark) in _rows(file, 5):
        if number not in draft:
            strangers.append(number)
            continue
        if kind not in _NAMES:
            draft.count("kinds of alias never seen before", kind)
        draft.name(number, named(file, line, name), _NAMES.get(kind, "alias"), "good")
        if remark:
            draft.fact(number, "name_note", f"{name}: {remark}")
    if strangers:
        _strangers(file, main, strangers)


def _addresses(draft: Draft, file: File, main: str) -> None:
    strangers = []
    for _, (number, _, street, city, country, remark) in _rows(file, 6):
        if number not in draft:
            strangers.append(number)
            continue
        if country:
            draft.extend(number, "countries", [country])
        draft.fact(number, "address", street, city, country, f"({remark})" if remark else "")
    if strangers:
        _strangers(file, main, strangers)


def _strangers(file: File, main: str, numbers: Sequence[str]) -> None:
    raise UnreadableFileError(
        file.path,
        tr(
            "{count} rows are of entries that {main} lacks (the first is {numbers})",
            count=len(numbers),
            main=main,
            numbers=numbers[0],
        ),
        remedy=tr("Give files of one day."),
    )


def _rows(file: File, width: int, *, marked: bool = True) -> Iterator[tuple[int, list[str]]]:
    text = headed_csv.decoded(file)
    # OFAC's own file of comments of 2021 has no mark.
    if marked and not text.rstrip().endswith(_END):
        line = text.count("\n") + 1
        problem = tr("the mark 1A with which OFAC ends its files is missing: the file was cut")
        raise UnreadableFileError(file.path, problem, line=line, remedy=tr("Download it again."))
    for line, cells in headed_csv.rows(file, text.rstrip().removesuffix(_END), width):
        stripped = [c.strip() for c in cells]
        yield line, ["" if c == _EMPTY else c for c in stripped]


def _remarks(draft: Draft, number: str, text: str) -> None:
    for part in filter(None, (p.strip().rstrip(".") for p in text.split(";"))):
        remark = part.removeprefix("alt. ")
        if quoted := _QUOTED.match(part):
            what = "former_name" if quoted[1].startswith("f") else "alias"
            draft.name(number, quoted[2], what, "weak")
        elif of := _NATION.match(remark):
            draft.extend(number, "nationalities", [of[1].strip()])
        elif begin := _begins(remark, IDENTIFIERS):
            draft.identifier(number, IDENTIFIERS[begin], *_value(remark.removeprefix(begin)))
            _dated(draft, number, begin, remark)
        elif begin := _begins(remark, PERSONAL):
            draft.document(number, PERSONAL[begin], *_value(remark.removeprefix(begin)))
            _dated(draft, number, begin, remark)
        else:
            _said(draft, number, remark)


def _dated(draft: Draft, number: str, begin: str, remark: str) -> None:
    """Days of issue and expiry, which stand behind a number."""
    if found := _ISSUED.search(remark):
        draft.fact(number, "document", f"{begin.rstrip(' .#')}: {found[0].strip()}")


def _said(draft: Draft, number: str, remark: str) -> None:
    """A part of a remark that is neither name nor number."""
    begin = _begins(remark, _SAID)
    what = _SAID.get(begin, "remark")
    if not begin and draft.kind(number) == "person" and _NUMBERED_PAPER.search(remark):
        what = "document"  # of a kind that is not known: what is kept of it has no number
    if what == "birth_date":
        draft.extend(number, "birth_years", _YEAR.findall(remark))
    draft.fact(number, what, remark.removeprefix(begin).strip(" :") if what in _BARE else remark)


def _begins(remark: str, known: Iterable[str]) -> str:
    """The longest of the known words that the remark begins with; empty where none does."""
    return max((k for k in known if remark.startswith(k)), key=len, default="")


def _value(text: str) -> tuple[str, str]:
    """The number and who issued it, of `N123 (Nowhere) issued 01 Jan 2020 expires ...`."""
    found = _NUMBERED.match(text.strip(" :-#"))
    return (found[1].strip(" :-"), found[2] or "") if found else ("", "")
