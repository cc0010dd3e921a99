"""A dossier as rows: a statement a row, with the papers it rests on and where what asks for it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.shown import row_id
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.tracing.balance.books import place
from entrepot.tracing.balance.fault import row_said
from entrepot.tracing.dossier.asked_papers import THERE, lacks_translation
from entrepot.tracing.dossier.file_pages import file_words as words
from entrepot.tracing.dossier.file_pages import summary_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from entrepot.tracing.balance.books import Row
    from entrepot.tracing.dossier.asked_papers import Asking
    from entrepot.tracing.dossier.numbered_papers import NumberedPaper
    from entrepot.tracing.dossier.shipment_file import ShipmentFile

_MOST = 60  # rows that a statement names, as those of a fault
_CHAIN = marked("supplies walked upwards from the shipment, by their days and lots: docs/design/62-the-dossier.md")
_ACT = marked("Public Law 117-78, section 3: wholly or in part; it names no least amount")
_ACT_SOURCE = "s-81927015"
_SCREENED = marked("screening of the parties as trace does it: docs/design/56-tracing.md")
_SHARES = marked("shares of input as trace has them: docs/design/56-tracing.md")
_PAID = marked("payments that name the invoice and its buyer, against what its lines say")
_INDEX = marked("a paper is what one issuer calls by one number in one kind of file: docs/design/62-the-dossier.md")
_BALANCE = marked("quantities of this chain, with the yields on record: docs/design/58-mass-balance.md")
_TRANSLATED = marked("a language other than English by a file of papers, or letters that are not Latin")
_OECD = marked("OECD Due Diligence Guidance for Responsible Business Conduct, 2018")


@in_english
def file_lines(file: ShipmentFile) -> tuple[list[Row], list[Row]]:
    """The statements of a dossier.

    Args:
        file: the dossier.

    Returns:
        Rows under DOSSIER_LINES in the order of the dossier, and under DOSSIER_ROWS what they rest on.
    """
    lines: dict[str, Row] = {}
    rests: list[Row] = []
    for said, rows in _lines(file):
        line = {"shipment": file.asked.shipment, "request": file.asked.request, "as_of": file.asked.day.isoformat()}
        line |= _EMPTY | said | _named(file, rows)
        line["line_id"] = row_id("dossier", line, (), set())
        if line["line_id"] in lines:
            continue
        lines[line["line_id"]] = line
        rests += [
            {"line_id": line["line_id"], "file_id": f, "row": n, "document": _document(some[0]), "said": _told(some)}
            for (f, n), some in _by_place(rows)
        ]
    return list(lines.values()), rests


_EMPTY: dict[str, Any] = {
    "number": None, "subject": None, "status": "stated", "asked": None, "there": None, "source_id": None,
}  # fmt: skip


def _named(file: ShipmentFile, rows: Sequence[Row]) -> dict[str, Any]:
    documents = list(dict.fromkeys(d for r in rows if (d := _document(r))))
    places = [f"{file.files.get(f, f)} row {n}" for (f, n), _ in _by_place(rows)]
    return {"documents": documents[:_MOST] or None, "rows": places or None}


def _document(row: Row) -> str | None:
    return row.get("document")


def _by_place(rows: Sequence[Row]) -> list[tuple[tuple[str, int], list[Row]]]:
    found: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        found.setdefault(place(row), []).append(row)
    return list(found.items())[:_MOST]


def _told(rows: Sequence[Row]) -> str:
    return "; ".join(dict.fromkeys(map(_row_told, rows)))


def _row_told(row: Row) -> str:
    if "said" in row:
        return str(row["said"])
    if "belongs_to" in row:
        said = [row["sort"], f"belongs to {row['belongs_to']}", row["language"], row["date"]]
        return ", ".join(str(x) for x in said if x)
    if "product_quantity" in row:
        return f"{row['product']} of {row['quantity']:g} {row['unit'] or ''} {row['material']}"
    if "facility_id" in row:
        return ", ".join(str(row[c]) for c in ("name", "address", "country") if row[c])
    return row_said(row)


def _lines(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    """Statements with the rows that each rests on, in the order of the dossier."""
    yield from _summary(file)
    yield from _clock(file)
    yield from _steps(file)
    yield from _parties(file)
    yield from _left_out(file)
    yield from _transport(file)
    yield from _payments(file)
    yield from _balance(file)
    yield from _translations(file)
    yield from _index(file)
    yield from _asked(file)
    yield from _compared(file)
    yield from _european(file)
    yield from _rests_on(file)


def _rests_on(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    """The lists that were screened, and the files that were loaded, each with its hash."""
    found = file.known.rests_on
    for row in found.lists:
        said = {"part": "lists", "number": row["list_id"], "subject": row["title"], "said": words.list_said(row)}
        yield said | {"basis": tr("rule of scores {rule}", rule=found.rule)}, ()
    for row in found.files:
        said = {"part": "input", "number": row["file_id"], "subject": row["file"], "said": words.input_said(row)}
        yield said | {"basis": tr("the file as it was loaded")}, ()


def _shipped(file: ShipmentFile) -> list[Row]:
    return [r for s in file.chain.shipped for r in s.all_rows]


def _summary(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    reached = {p.party_id for p in (*file.sure, *file.possible)}
    rows = [r for _, s in file.chain.supplies if s.first["supplier_id"] in reached for r in s.rows]
    rows += [r for _, s in file.from_region for r in s.rows]
    rows += [u.row for _, u in file.used_from_anywhere]
    rows += [r for one in file.set_aside for s in one.way for r in s.all_rows]
    act = {"part": "summary", "basis": _ACT, "source_id": _ACT_SOURCE}
    yield act | {"number": "any amount", "said": summary_words.any_amount(file)}, rows or _shipped(file)
    for row in file.shares.rows:
        basis = f"{_SHARES}; {row['exposure_id']}"
        share = {"part": "summary", "number": "share", "subject": row["party"], "basis": basis}
        said = f"{summary_words.share_said(row)}. {tr(summary_words.SHARES_REST)}"
        yield share | {"said": said}, file.shares.above(row["exposure_id"], _MOST)
    if said := summary_words.left_out(file):
        some = [r for p in file.left_out if p.is_found for r in p.rows]
        yield {"part": "summary", "number": "suppliers", "said": said, "basis": _SCREENED}, some
    yield act | {"number": "request", "said": tr(words.REQUEST_SAID[file.asked.request])}, ()
    if said := summary_words.contradicts(file):
        yield act | {"number": "against it", "status": "fault", "said": said}, rows
    yield {"part": "summary", "number": "counts", "said": summary_words.counts(file), "basis": _INDEX}, ()


def _clock(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    if not file.known.clock:
        yield {"part": "clock", "status": "not_told", "said": words.no_clock(), "basis": "19 CFR 151.16(b)"}, ()
    for row in file.known.clock:
        basis = f"{row['citation']}; {row['clock_id']}"
        yield {"part": "clock", "number": row["due"], "said": words.clock_said(row), "basis": basis}, ()


def _steps(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    for step in file.chain.steps:
        rows = [r for s in (*step.inputs, *step.outputs) for r in s.all_rows] + list(step.making)
        yield {"part": "step", "number": str(step.number), "said": words.step_said(step), "basis": _CHAIN}, rows
    for loop in file.chain.loops:
        rows = [r for s in file.chain.steps if s.number in loop for o in s.outputs for r in o.rows]
        number = ", ".join(map(str, loop))
        yield (
            {"part": "step", "number": number, "status": "fault", "said": words.loop_said(loop), "basis": _CHAIN},
            rows,
        )


def _parties(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    for party in file.parties:
        rows = [
            r
            for _, s in file.chain.supplies
            if party.party_id in {s.first["supplier_id"], s.first["buyer_id"]}
            for r in s.rows
        ]
        status = "stated" if party.exposed is None else "fault" if party.exposed.strength == "certain" else "not_told"
        yield (
            {"part": "party", "subject": party.name, "status": status, "said": words.party_said(file, party),
             "basis": _SCREENED},
            rows,
        )  # fmt: skip


def _left_out(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    for party in file.left_out:
        line = {"part": "party", "subject": party.name, "basis": _SCREENED}
        status = "not_told" if party.is_found else "stated"
        yield line | {"status": status, "said": summary_words.left_out_said(file, party)}, party.rows


def _transport(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    for leg, (step, supply) in enumerate(file.chain.supplies, 1):
        has = any(p.paper.sort == "transport" for p in file.papers.of_supply(supply))
        said = words.leg_said(file, step, supply)
        line = {"part": "transport", "number": str(leg), "status": THERE if has else "missing", "said": said}
        yield line | {"basis": _CHAIN}, supply.all_rows
    for one in file.set_aside:
        line = {"part": "transport", "status": "fault", "said": summary_words.way_said(one), "basis": _CHAIN}
        yield line, [r for s in one.way for r in s.all_rows]


def _payments(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    for paid in file.paid:
        status = words.paid_status(paid)
        rows = [*paid.supply.rows, *paid.payments]
        yield (
            {"part": "payment", "number": str(paid.step), "status": status, "said": words.paid_said(paid),
             "basis": _PAID},
            rows,
        )  # fmt: skip


def _balance(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    steps = {s.number: s for s in file.chain.steps}
    for found in file.quantities:
        step = steps[found.step]
        rows = [*step.making] if found.is_recorded else [r for s in (*step.inputs, *step.outputs) for r in s.rows]
        status = {"more": "fault", "not_told": "not_told"}.get(found.verdict, "stated")
        basis = "; ".join([_BALANCE, *found.basis])
        line = {"part": "balance", "number": str(found.step), "status": status, "said": words.quantity_said(found)}
        yield line | {"basis": basis}, rows
    for fault in file.faults:
        line = {"part": "balance", "number": fault["fault_id"], "status": "fault", "said": fault["reason"]}
        yield line | {"basis": "; ".join(fault["basis"])}, file.fault_rows[fault["fault_id"]]


def _translations(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    for paper in untranslated(file):
        line = {"part": "translation", "number": paper.number, "status": "missing"}
        yield line | {"said": words.untranslated_said(paper), "basis": _TRANSLATED}, paper.paper.rows


def untranslated(file: ShipmentFile) -> list[NumberedPaper]:
    """Papers with letters other than Latin of which no translation is there."""
    return [p for p in file.papers.papers if lacks_translation(p, file.papers.of_step(p.step))]


def _index(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    for paper in file.papers.papers:
        line = {"part": "paper", "number": paper.number, "status": THERE, "said": words.paper_said(paper)}
        yield line | {"basis": _INDEX}, paper.paper.rows
    for aside, why in file.papers.aside:
        named = {"number": aside.name} if aside.name else {}
        yield {"part": "set_aside", "said": words.aside_said(aside, why), "basis": _CHAIN} | named, aside.rows


def _asked(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    by_number: Mapping[str, NumberedPaper] = {p.number: p for p in file.papers.papers}
    for one in (*gaps(file.asking), *(a for a in file.asking if not a.gaps)):
        row = one.row
        yield (
            {
                "part": "gap" if one.gaps else "met",
                "number": row["asked_id"] if one.step is None else f"{row['asked_id']}, step {one.step}",
                "subject": row["asks"],
                "status": one.status,
                "said": words.asking_said(one),
                "asked": one.asked,
                "there": one.there,
                "basis": f"{row['place']}, {row['dated']} ({row['verified']})",
                "source_id": row["source"],
            },
            [r for n in one.papers for r in by_number[n].paper.rows],
        )


def gaps(asking: Iterable[Asking]) -> list[Asking]:
    """What is asked and not there, or not said to be: of the whole file first, then step by step."""
    return sorted((a for a in asking if a.gaps), key=lambda a: (a.step or 0, a.row["asked_id"]))


def _compared(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    if file.compared is None:
        return
    yield {"part": "compared", "number": file.compared.name, "said": words.compared_whole(file), "basis": _CHAIN}, ()
    for step in file.compared.steps:
        rows = [r for one in (step.step, step.other) if one for s in one.outputs for r in s.rows]
        number = str(step.step.number) if step.step else None
        yield {"part": "compared", "number": number, "said": words.compared_said(step), "basis": _CHAIN}, rows


def _european(file: ShipmentFile) -> Iterator[tuple[dict[str, Any], Sequence[Row]]]:
    for said in words.OECD:
        yield {"part": "eu", "said": tr(said), "basis": _OECD, "source_id": words.OECD_SOURCE}, ()
    for row in file.known.duties:
        basis = f"{row['citation']} ({row['verified']}); {row['duty_id']}"
        yield (
            {"part": "eu", "number": row["rule"], "said": words.duty_said(row), "basis": basis,
             "source_id": row["source_id"]},
            (),
        )  # fmt: skip
