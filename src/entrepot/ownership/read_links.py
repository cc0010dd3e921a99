"""Read a file of ownership data of any format; of a table of one's own rows that cannot be are refused by number."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import arrow_schema
from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.core.ids import DIGITS, digest
from entrepot.core.words.translate import in_english, tr
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.unpack import CHUNK, content
from entrepot.ownership import flaws_of_links
from entrepot.ownership.contract import OWNERSHIP_LINKS, OWNERSHIP_PARTIES
from entrepot.ownership.formats.bods import read_bods
from entrepot.ownership.formats.ftm_links import read_ftm_links
from entrepot.ownership.formats.gleif import (
    START,
    is_relationship_xml,
    read_gleif_csv,
    read_gleif_xml,
    refuse_other_xml,
)
from entrepot.ownership.formats.linked_to import read_linked_to
from entrepot.ownership.formats.links_draft import LinkDraft
from entrepot.ownership.formats.links_table import read_links_table
from entrepot.ownership.formats.uk_psc import read_uk_psc
from entrepot.ownership.stake import percent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from entrepot.intake.unpack import Content

Reader = Callable[["Content", ReadingOptions], LinkDraft]
_TABLE = "table"
_READERS: dict[str, Reader] = {
    "bods": read_bods,
    "uk-psc": read_uk_psc,
    "ftm": read_ftm_links,
    "gleif-csv": read_gleif_csv,
    "gleif-xml": read_gleif_xml,
    "ofac-linked-to": read_linked_to,
}
FORMATS = (_TABLE, *_READERS)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_SDN = re.compile(rb'\s*"?\d+"?,"[^"\n]*",')  # a number and a quoted name, without headings


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """A file of ownership data as rows.

    Attributes:
        row: under OWNERSHIP_FILES.
        parties: under OWNERSHIP_PARTIES.
        links: under OWNERSHIP_LINKS.
    """

    row: dict[str, Any]
    parties: pa.Table
    links: pa.Table


@in_english
def read_links(
    path: Path,
    form: str = "",
    options: ReadingOptions | None = None,
    *,
    today: date,
    columns: Mapping[str, str] | None = None,
) -> Links:
    """A file of ownership data.

    Args:
        path: the file, packed or not.
        form: one of FORMATS; empty to find it.
        options: what the person says of it: encoding, sheet.
        today: the day after which no date of the file may lie.
        columns: of a table of one's own, our column -> the heading under which the file has it, or = and what is said
            of all rows.

    Raises:
        BadInputError: columns are named of a publisher's format, which has its own.
        UnknownNameError: no such format, or a column is missing.
        UnreadableFileError: rows that cannot be together, with rows and remedy, or none that can be; nothing of the
            file is given then.
    """
    if form and form not in FORMATS:
        raise UnknownNameError(tr("format of ownership data"), form, FORMATS)
    file = content(path)
    chosen = form or (_TABLE if columns else _form(file))
    if columns and chosen != _TABLE:
        raise BadInputError(
            tr("columns are named of a format that has its own"),
            found=chosen,
            allowed=_TABLE,
            remedy=tr("Leave them out, or read the file as a table of your own: --as table."),
        )
    asked = options or ReadingOptions()
    draft = read_links_table(file, asked, columns or {}) if chosen == _TABLE else _READERS[chosen](file, asked)
    flaws_of_links.settle(draft, today)
    if not draft.links and draft.refused:
        why = tr("no row of it can be taken: {first}", first=next(iter(draft.refused.values())).removesuffix("."))
        raise UnreadableFileError(file.origin, why)
    if not draft.links:
        raise UnreadableFileError(
            file.origin, tr("no link between two parties"), remedy=tr("Nothing is kept of the file.")
        )
    return _links(draft, chosen, path.name, _sha256(file))


def _form(file: Content) -> str:
    begins = file.begins()
    if is_relationship_xml(begins):
        return "gleif-xml"
    if begins.lstrip(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise refuse_other_xml(file)
    if _JSON.match(begins):
        if b'"company_number"' in begins and b'"data"' in begins:
            return "uk-psc"
        if b'"schema"' in begins and b'"properties"' in begins:
            return "ftm"
        return "bods" if b'"recordType"' in begins or b'"statementid"' in begins.lower() else _TABLE
    if START.encode() in begins:
        return "gleif-csv"
    return "ofac-linked-to" if _SDN.match(begins) else _TABLE


def _sha256(file: Content) -> str:
    with file.open() as data:
        return digest(iter(lambda: data.read(CHUNK), b""))


def _links(draft: LinkDraft, form: str, name: str, sha256: str) -> Links:
    import pyarrow as pa

    file_id = f"o-{sha256[:DIGITS]}"
    row = {
        "file_id": file_id,
        "file": name,
        "format": form,
        "sha256": sha256,
        "loaded_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "parties": len(draft.parties),
        "links": len(draft.links),
        "notes": draft.notes(),
        "read": draft.read if draft.is_own else None,
        "refused": len(draft.refused) if draft.is_own else None,
        "refused_rows": list(draft.refused.values()) if draft.is_own else None,
    }
    who = draft.parties
    parties = {
        "file_id": [file_id] * len(who),
        "party_id": list(who),
        "name": [p.name for p in who.values()],
        "kind": [p.kind for p in who.values()],
        "numbers": [list(p.numbers) or None for p in who.values()],
    }
    told = draft.links
    links = {
        "file_id": [file_id] * len(told),
        "nth": list(range(1, len(told) + 1)),
        "row": [x.row for x in told],
        "owner_id": [x.owner for x in told],
        "owned_id": [x.owned for x in told],
        "interest": [x.interest for x in told],
        "low_percent": [percent(x.stake.low) for x in told],
        "high_percent": [percent(x.stake.high) for x in told],
        "said": [x.said or None for x in told],
        "valid_from": [x.valid_from or None for x in told],
        "valid_to": [x.valid_to or None for x in told],
    }
    return Links(
        row,
        pa.table(parties, schema=arrow_schema(OWNERSHIP_PARTIES)),
        pa.table(links, schema=arrow_schema(OWNERSHIP_LINKS)),
    )
