"""What ties a firm to a region: rows of the record, listings and links of the person's files, made one table.

A row is of the firm where its name holds all words that were asked for, one after the other: "Volkswagen" finds
"Volkswagen AG" and "SAIC Volkswagen". Nothing is inferred from a row but what it says.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import in_english, marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Row = Mapping[str, Any]

_WORDS = {
    "joint_venture": marked("joint venture"),
    "detained_goods": marked("goods detained"),
    "sourcing_ban": marked("stopped buying"),
    "listed_by_china": marked("named by China"),
    "import_ban": marked("import ban"),
}
# What a report says a firm did -> what ties it. All else that a report says is told as `other`.
_OF_REPORTS = {
    "joint_venture": "stake",
    "stake": "stake",
    "plant": "plant",
    "expanded": "plant",
    "entered": "plant",
    "supplier": "supplier",
    "detained_goods": "supplier",
    "exit": "left",
    "sale": "left",
    "closure": "left",
    "sourcing_ban": "left",
}
_ORDER = {
    t: i for i, t in enumerate(("listed", "stake", "plant", "supplier", "customer", "left", "other", "not_known"))
}
_NOTHING = marked("nothing on record and nothing in your files, which is not 'none'")
_ASKED = {
    "listed": marked("whether it is listed by another name: no name of a listed party holds these words"),
    "stake": marked("a stake or joint venture in the region"),
    "plant": marked("a plant or site in the region"),
    "supplier": marked("a supplier in the region, or one that is listed"),
    "customer": marked("whom it supplies"),
    "left": marked("an exit from the region"),
}


_BEFORE = marked("the row before")  # as some notes of the record say it


@dataclass(frozen=True, slots=True)
class FirmRows:
    """Where ties are looked for.

    Attributes:
        firms, events: of the record, as known on the day.
        sources: the register by source id.
        listings: candidates of a search of the lists, each with the day since which it is listed (`since`), or None.
        supplies: supply links of the person's files, with `file`.
        stakes: ownership links of the person's files, with `file`.
    """

    firms: Sequence[Row]
    events: Sequence[Row]
    sources: Mapping[str, Row]
    listings: Sequence[Row]
    supplies: Sequence[Row]
    stakes: Sequence[Row]


def words_of(name: str) -> list[str]:
    """The words of a name, as names are held to hold one another by them."""
    return "".join(c if c.isalnum() else " " for c in name.casefold()).split()


def holds(cell: str | Sequence[str] | None, wanted: Sequence[str]) -> bool:
    """Whether a name of a cell holds the wanted words, one after the other."""
    for name in [cell] if isinstance(cell, str) else cell or ():
        words = words_of(name)
        if any(words[i : i + len(wanted)] == list(wanted) for i in range(len(words) - len(wanted) + 1)):
            return True
    return False


@in_english
def firm_ties(name: str, rows: FirmRows) -> list[dict[str, Any]]:
    """The ties of a firm, under FIRM_TIES: what is known by kind and day, then what is not.

    Args:
        name: the firm.
        rows: where to look.
    """
    wanted = words_of(name)
    told = [
        *_reports(wanted, rows),
        *_events(wanted, rows),
        *_listings(rows),
        *_supplies(wanted, rows),
        *_stakes(wanted, rows),
    ]
    told.sort(key=lambda r: (_ORDER[r["tie"]], r["date"] or "", r["row_id"]))
    return [*told, *_not_known(name, told)]


def _tie(tie: str, row_id: str, said: str, ground: str, **more: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("date", "date_to", "other", "place", "status", "document", "url"))
    return {**empty, "tie": tie, "row_id": row_id, "said": said, "ground": ground, **more}


def _reports(wanted: Sequence[str], rows: FirmRows) -> Iterator[dict[str, Any]]:
    # Some notes of the record speak of the row before; who reads a row alone is told which that is.
    before = {row["id"]: last["id"] for last, row in pairwise(rows.firms)}
    for row in rows.firms:
        is_own = holds(row["firm"], wanted) or holds(row["parent"], wanted)
        if not is_own and not holds(row["counterparty"], wanted):
            continue
        tie = _OF_REPORTS.get(row["what"], "other") if is_own else "other"
        parts = [_WORDS.get(row["what"], row["what"].replace("_", " "))]
        if not is_own:
            parts = [f"{_joined(row['firm'])}: {parts[0]}"]
        if row["share_pct"] is not None:
            parts.append(f"{row['share_pct']:g} %")
        parts += (
            [tr("the firm states: {stated_reason}", stated_reason=row["stated_reason"])] if row["stated_reason"] else []
        )
        parts += (
            [tr("others report: {reported_reason}", reported_reason=row["reported_reason"])]
            if row["reported_reason"]
            else []
        )
        parts += [(row["note"]).replace(_BEFORE, before.get(row["id"], _BEFORE))] if row["note"] else []
        yield _tie(
            tie,
            row["id"],
            "; ".join(parts),
            "record",
            date=row["date"],
            date_to=row["date_to"],
            firm=_joined(row["firm"]),
            other=_joined(row["counterparty"]),
            place=_joined(row["place"]),
            status=row["status"],
            **_document(rows, row["source_id"]),
        )


def _events(wanted: Sequence[str], rows: FirmRows) -> Iterator[dict[str, Any]]:
    for row in rows.events:
        if not holds(row["actors"], wanted) or row["status"] not in {"occurred", "superseded"}:
            continue
        what = _WORDS.get(row["kind"], row["kind"].replace("_", " "))
        said = f"{what}: {row['title']}" + (f"; {row['magnitude']}" if row["magnitude"] else "")
        same = tr("; the same event as {same_as}", same_as=row["same_as"]) if row["same_as"] else ""
        yield _tie(
            "left" if row["kind"] == "exit" else "listed" if row["kind"] == "listing" else "other",
            row["id"],
            said + same,
            "record",
            date=row["date"],
            firm=_joined(row["actors"]),
            place=_joined(row["place"]),
            status="occurred",
            **_document(rows, row["source_id"]),
        )


def _joined(cell: str | Sequence[str] | None) -> str | None:
    return cell if cell is None or isinstance(cell, str) else "; ".join(cell)


def _document(rows: FirmRows, source_id: str) -> dict[str, Any]:
    source = rows.sources.get(source_id)
    if source is None:
        return {"document": source_id, "url": None}
    title = f": {source['title']}" if source["title"] else ""
    return {"document": f"{source['publisher']}{title}", "url": source["url"]}


def _listings(rows: FirmRows) -> Iterator[dict[str, Any]]:
    for row in rows.listings:
        yield _tie(
            "listed",
            row["match_id"],
            tr(
                "{name} stands on {list_id} ({entity_id}); a match by name",
                name=row["name"],
                list_id=row["list_id"],
                entity_id=row["entity_id"],
            ),
            "list",
            date=row["since"],
            firm=row["met_name"],
            status="in_force",
            document=tr("{list_id}, as of {day}", list_id=row["list_id"], day=row["list_as_of"]),
            url=row["link"],
        )


def _supplies(wanted: Sequence[str], rows: FirmRows) -> Iterator[dict[str, Any]]:
    for row in rows.supplies:
        for tie, own, other in (("supplier", "buyer", "supplier"), ("customer", "supplier", "buyer")):
            if holds(row[own], wanted):
                what = row["material"] or tr("something")
                words = tr(
                    "{supplier} supplied {what} to {buyer}", supplier=row["supplier"], what=what, buyer=row["buyer"]
                )
                yield _tie(
                    tie,
                    f"{row['file_id']}:{row['row']}",
                    words + (tr(", origin {origin}", origin=row["origin"]) if row["origin"] else ""),
                    "your_file",
                    date=row["date"],
                    firm=row[own],
                    other=row[other],
                    place=row["origin"] or (row["supplier_address"] if tie == "supplier" else None),
                    status="documented",
                    document=tr(
                        "{document}, {file} row {row}",
                        document=row["document"] or tr("no document named"),
                        file=row["file"],
                        row=row["row"],
                    ),
                )


def _stakes(wanted: Sequence[str], rows: FirmRows) -> Iterator[dict[str, Any]]:
    for row in rows.stakes:
        own = next((s for s in ("owner", "owned") if holds(row[s], wanted)), None)
        if own is not None:
            share = tr("a stake of no known size") if row["said"] is None else f"{row['said']}"
            yield _tie(
                "stake",
                f"{row['file_id']}:{row['nth']}",
                tr(
                    "{owner} holds {share} of {owned} ({interest})",
                    owner=row["owner"],
                    share=share,
                    owned=row["owned"],
                    interest=row["interest"],
                ),
                "your_file",
                date=row["valid_from"],
                date_to=row["valid_to"],
                firm=row[own],
                other=row["owned" if own == "owner" else "owner"],
                status="documented",
                document=tr("{file} row {row}", file=row["file"], row=row["row"]),
            )


def _not_known(name: str, told: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """What neither the record nor the files say; an absence is no answer."""
    has = {r["tie"] for r in told}
    for tie, what in _ASKED.items():
        if tie not in has:
            said = what if tie == "listed" else f"{what}: {_NOTHING}"
            yield _tie("not_known", tie, said, "none", firm=name)
    shown = [
        r for r in told if r["ground"] == "record" and r["tie"] in {"stake", "plant"} and r["status"] == "occurred"
    ]
    if shown and "left" in has:
        last = max((r["date"] or "" for r in told if r["tie"] == "left"), default="")
        yield _tie(
            "not_known",
            "since",
            tr("what it holds or buys there since {last}: no report on record is later", last=last),
            "none",
            firm=name,
        )
    if all(r["ground"] != "your_file" for r in told):
        yield _tie(
            "not_known",
            "files",
            tr("its suppliers and their suppliers: no supply link that was loaded names it (entrepot supply load)"),
            "none",
            firm=name,
        )
