"""The US consolidated screening list as one table, a row a name: lists of Treasury, Commerce and State in one file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.lists.formats import headed_csv
from entrepot.lists.formats.programmes import known_programmes
from entrepot.lists.formats.reading import Draft, File, Reading, day, flag_programmes, named

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS = {
    "": "unknown",
    "Entity": "organisation",
    "Individual": "person",
    "Vessel": "vessel",
    "Aircraft": "aircraft",
}
_NEEDED = ("full_name", "entity_type", "regime", "date_added", "list_internal_id", "sanction_list")
_OPTIONAL = ("DOB", "address", "address_country", "nationality")
_SHORT = re.compile(r"\(([A-Z]{2,4})\)|\(([A-Z-]+) List\)")
_YEAR = re.compile(r"^(\d{4})\b", re.ASCII)


def read_us_csl(files: Mapping[str, File], list_id: str) -> Reading:
    """Entries under the short name of their list and its own number; the file does not say which name is the first."""
    (file,) = files.values()
    draft = Draft(list_id)
    draft.say(tr("the file does not say which of an entry's names is the first: the first in the file is shown"))
    known = known_programmes("ofac")
    for line, row in headed_csv.headed(file, _NEEDED, draft, _OPTIONAL):
        number = _number(file, line, row)
        name = named(file, line, row["full_name"])
        if number in draft:
            draft.name(number, name, "alias")
        else:
            _entry(draft, (file, line), number, row)
        draft.extend(number, "programme", programmes := [p for p in row["regime"].split("; ") if p])
        flag_programmes(draft, known, programmes)
        for column, heading in (("countries", "address_country"), ("nationalities", "nationality")):
            draft.extend(number, column, [v for p in row.get(heading, "").split(";") if (v := p.strip())])
        if draft.kind(number) == "person" and (born := _YEAR.match(row.get("DOB", ""))):
            draft.extend(number, "birth_years", [born[1]])
        draft.fact(number, "birth_date", row.get("DOB", ""))
        for address in row.get("address", "").split("; "):
            draft.fact(number, "address", address)
    return draft.reading()


def _entry(draft: Draft, where: tuple[File, int], number: str, row: dict[str, str]) -> None:
    kind, added = row["entity_type"], row["date_added"]
    if kind not in _KINDS:
        draft.count("kinds never seen before", kind)
    if added:
        added = day(*where, "date_added", added)
    section = [row["sanction_list"]]
    draft.add(number, row["full_name"], _KINDS.get(kind, "unknown"), section=section, valid_from=added)


def _number(file: File, line: int, row: dict[str, str]) -> str:
    number, title = row["list_internal_id"].strip(), row["sanction_list"].strip()
    if not number or not title:
        raise UnreadableFileError(file.path, tr("a row without list_internal_id or sanction_list"), line=line)
    short = _SHORT.search(title)
    return f"{(short[1] or short[2]) if short else title}-{number}"
