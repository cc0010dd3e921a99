"""What a reader is given and what it gives back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.reading_options import ReadingOptions
from entrepot.lists.contract import ENTRIES, ENTRY_FACTS, ENTRY_NAMES, IDENTIFIERS
from entrepot.lists.formats.without_numbers import without_any, without_numbers
from entrepot.vocabulary import identifiers as numbers
from entrepot.vocabulary.credit_code import is_personal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

_MOST_COUNTED = 12  # values that a note names one by one
_LONGEST_VALUE = 60  # characters of a value shown in a note
_PROSE = frozenset({"title", "legal_basis", "document", "name_note", "remark", "linked_to"})  # where a number may stand
_LONGEST_NAME = 2_000  # characters; the longest of the published lists has some 300


@dataclass(frozen=True, slots=True)
class File:
    """One file of a list, unpacked.

    Attributes:
        path: as messages show it.
        data: its bytes.
        name: whose ending says what they are.
        options: what the user says of it.
    """

    path: str
    data: bytes
    name: str = ""
    options: ReadingOptions = field(default_factory=ReadingOptions)


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A document number of a person, in memory only: it is never printed, and kept as a keyed hash.

    Attributes:
        list_id, entity_id: whose it is.
        kind: under DOCUMENTS.
        value: as printed.
        country: who issued it, as printed; empty where the list does not say.
    """

    list_id: str
    entity_id: str
    kind: str
    value: str
    country: str


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A list file as rows.

    Attributes:
        entries, names, identifiers, facts: under ENTRIES, ENTRY_NAMES, IDENTIFIERS, ENTRY_FACTS.
        notes: what was passed over or never seen before, each with its count.
        published: the day that the file gives itself; empty where it gives none.
        documents: numbers of persons' documents; whoever keeps a reading hashes them first.
    """

    entries: pa.Table
    names: pa.Table
    identifiers: pa.Table
    facts: pa.Table
    notes: tuple[str, ...]
    published: str = ""
    documents: tuple[Document, ...] = ()


@dataclass(slots=True)
class Draft:
    """Rows gathered while a file is read; a name or an identifier of an entry is kept once.

    Args:
        list_id: the list.
    """

    list_id: str
    published: str = ""
    _entries: dict[str, dict[str, Any]] = field(default_factory=dict)
    _names: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    _identifiers: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    _documents: dict[tuple[str, str, str], Document] = field(default_factory=dict, repr=False)
    _facts: dict[tuple[str, str, str], None] = field(default_factory=dict, repr=False)
    _counts: dict[str, Counter[str]] = field(default_factory=dict)
    _said: list[str] = field(default_factory=list)

    def __contains__(self, number: str) -> bool:
        return number in self._entries

    def add(self, number: str, name: str, kind: str, **facts: Any) -> None:
        """Add an entry and its first name; `facts` are further columns of ENTRIES."""
        self._entries[number] = {
            "list_id": self.list_id,
            "entity_id": f"{self.list_id}-{number}",
            "list_entry_id": number,
            "name": _spaced(name),
            "kind": kind,
            **{k: v or None for k, v in facts.items()},
        }
        self.name(number, name, "name")

    def kind(self, number: str) -> str:
        """The kind of an entry added before."""
        return str(self._entries[number]["kind"])

    def first_name(self, number: str) -> str:
        """The name of an entry added before."""
        return str(self._entries[number]["name"])

    def extend(self, number: str, column: str, values: Iterable[str]) -> list[str]:
        """Add values to a column of texts of an entry, each once; gives those that were not there."""
        row = self._entries[number]
        before = row.get(column) or []
        row[column] = list(dict.fromkeys([*before, *values])) or None
        return (row[column] or [])[len(before) :]

    def since(self, number: str, day: str) -> None:
        """Set the first day of an entry's listing; of several the earliest stays."""
        row = self._entries[number]
        row["valid_from"] = min(day, row.get("valid_from") or day)

    def name(self, number: str, name: str, what: str, strength: str | None = None) -> None:
        """Add a name of an entry; of a name given twice the stronger stays."""
        text = _spaced(name)
        if not text:
            return
        known = self._names.get((number, text))
        if known is None:
            who = {"list_id": self.list_id, "entity_id": f"{self.list_id}-{number}"}
            self._names[number, text] = {**who, "name": text, "what": what, "strength": strength}
        elif known["strength"] == "weak" and strength != "weak":
            known.update(what=what, strength=strength)

    def identifier(self, number: str, kind: str, value: str, country: str = "") -> None:
        """Keep an identifier of an entry; what may be a person's own number, as a document."""
        if self.kind(number) in {"person", "unknown"} and not numbers.of_firm(kind, value):
            self.document(number, "national_id" if is_personal(value) else kind, value, country)
            return
        text, place = _spaced(value), _spaced(country)
        if not numbers.normal(kind, text):
            self.count("identifiers without a number", kind)
            return
        kind = numbers.refined(kind, text, place)
        row: dict[str, Any] = {"list_id": self.list_id, "entity_id": f"{self.list_id}-{number}", "kind": kind}
        row |= {"value": text, "normalised": numbers.normal(kind, text), "country": place or None}
        self._identifiers.setdefault((number, kind, text), row)

    def document(self, number: str, kind: str, value: str, country: str = "") -> None:
        """Hold a number of a person's document; it leaves the memory only as a keyed hash."""
        text = numbers.normal(kind, value)
        if not text:
            self.count("documents without a number", kind)
        elif (number, kind, text) not in self._documents:
            entity = f"{self.list_id}-{number}"
            self._documents[number, kind, text] = Document(self.list_id, entity, kind, value, _spaced(country))
            self.count("documents of persons kept as a hash only", kind)

    def fact(self, number: str, what: str, *parts: str) -> None:
        """Keep what is printed of an entry beside its names and numbers, each once.

        Args:
            number: the entry.
            what: of FACTS.
            parts: cells that are printed as one, such as those of an address; joined by commas, what begins with a
                bracket by a space.
        """
        printed = filter(None, (_spaced(p).strip(" ,") for p in parts))
        if value := "".join(f" {p}" if p.startswith("(") else f", {p}" for p in printed).lstrip(" ,"):
            self._facts[number, what, value] = None

    def count(self, what: str, value: str) -> None:
        """Count something passed over or flagged, by value."""
        self._counts.setdefault(what, Counter())[_spaced(value)[:_LONGEST_VALUE]] += 1

    def say(self, sentence: str) -> None:
        """A note that has no count."""
        self._said.append(sentence)

    def reading(self) -> Reading:
        """The rows under their contracts, in the order read."""
        notes = [_counted(what, counts) for what, counts in self._counts.items()]
        return Reading(
            table(ENTRIES, list(self._entries.values())),
            table(ENTRY_NAMES, list(self._names.values())),
            table(IDENTIFIERS, list(self._identifiers.values())),
            table(ENTRY_FACTS, self._kept_facts()),
            (*self._said, *notes),
            self.published,
            tuple(self._documents.values()),
        )

    def _kept_facts(self) -> list[dict[str, Any]]:
        """The facts under ENTRY_FACTS, without the numbers of documents that stand in their texts."""
        papers: dict[str, list[str]] = {}
        for (number, _, _), document in self._documents.items():
            papers.setdefault(number, []).append(document.value)
        everyone = frozenset(normal for _, _, normal in self._documents)
        rows: dict[tuple[str, str, str], dict[str, Any]] = {}
        for number, what, value in self._facts:
            is_person = self.kind(number) in {"person", "unknown"}
            text = value
            if what in _PROSE:
                text = without_numbers(value, papers.get(number, ()), everyone, is_person=is_person)
            text = without_any(text) if what == "document" else text
            entity = f"{self.list_id}-{number}"
            rows[entity, what, text] = {"list_id": self.list_id, "entity_id": entity, "what": what, "value": text}
        return list(rows.values())


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _counted(what: str, counts: Counter[str]) -> str:
    shown = [f"{value} {n}" for value, n in counts.most_common(_MOST_COUNTED)]
    rest = len(counts) - len(shown)
    return f"{what}: {', '.join(shown)}" + (tr(" and {rest} more", rest=rest) if rest else "")


def named(file: File, line: int | None, name: str) -> str:
    """The name, or the error that an entry has none or a text too long to be one.

    Raises:
        UnreadableFileError: empty, or longer than any name.
    """
    text = _spaced(name)
    if not text:
        raise UnreadableFileError(
            file.path, tr("an entry without a name"), line=line, remedy=tr("Name it or remove it.")
        )
    if len(text) > _LONGEST_NAME:
        problem = tr("a name of {count} characters", count=len(text))
        raise UnreadableFileError(
            file.path, problem, line=line, allowed=tr("{longest_name} or fewer", longest_name=_LONGEST_NAME)
        )
    return text


def day(file: File, line: int | None, column: str, text: str) -> str:
    """A day of the calendar as YYYY-MM-DD.

    Raises:
        UnreadableFileError: no such day.
    """
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as exc:
        problem = tr("{column} is {text!r}", column=column, text=text[:40])
        raise UnreadableFileError(file.path, problem, line=line, allowed=tr("a day of the calendar")) from exc


def flag_programmes(draft: Draft, known: frozenset[str], programmes: Sequence[str]) -> None:
    """Count the programmes that no file seen before carried."""
    for programme in programmes:
        if programme not in known:
            draft.count("programmes never seen before", programme)
