"""A dossier as a document, of which a page and a PDF are made alike."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from entrepot.core.document.blocks import (
    Column,
    Document,
    Facts,
    Grid,
    Heading,
    Mono,
    Paragraph,
    Picture,
    Pictures,
    Strong,
)
from entrepot.core.document.hinted import on_page
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr
from entrepot.tracing.dossier.file_pages import file_words as words
from entrepot.tracing.dossier.file_pages import summary_words
from entrepot.tracing.dossier.file_pages.file_annexes import annexes
from entrepot.tracing.dossier.file_pages.file_lines import gaps, untranslated
from entrepot.tracing.dossier.file_pages.flow_chart import flow_chart, is_grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.core.document.blocks import Block, Cell, Line
    from entrepot.tracing.dossier.asked_papers import Asking
    from entrepot.tracing.dossier.numbered_papers import NumberedPaper
    from entrepot.tracing.dossier.shipment_file import ShipmentFile

    Sources = Mapping[str, Mapping[str, Any]]


def file_document(file: ShipmentFile, sources: Sources) -> Document:
    """The document.

    Args:
        file: the dossier.
        sources: the register, by id.
    """
    blocks = [
        *_summary(file),
        *_request(file),
        *_clock(file),
        *_steps(file),
        *_parties(file),
        *_transport(file),
        *_payments(file),
        *_balance(file),
        *_translations(file),
        *annexes(file, sources),
    ]
    subtitle = tr("{request}, by papers known on {day}", request=words.REQUEST[file.asked.request], day=file.asked.day)
    title = tr("Shipment {name}: its chain and its papers", name=file.chain.name)
    return Document(title, subtitle, tr("Shipment {name}", name=file.chain.name), tuple(blocks))


def _summary(file: ShipmentFile) -> Iterator[Block]:
    yield Heading(tr("1. Executive summary"))
    yield Paragraph(Strong(summary_words.any_amount(file)), stands_out=True)
    if said := summary_words.contradicts(file):
        yield Paragraph(Strong(said), stands_out=True)
    if said := summary_words.left_out(file):
        yield Paragraph(said)
    yield Paragraph(summary_words.counts(file))
    row = file.chain.shipped[0].first
    asked, there = sum(a.asked for a in file.asking), sum(a.there for a in file.asking)
    facts: list[tuple[str, Cell]] = [
        (tr("Shipment"), tr("{name}, {goods} from {supplier} to {buyer}, {date}", name=file.chain.name,
                            goods=row["material"] or tr("goods"), supplier=row["supplier"], buyer=row["buyer"],
                            date=row["date"] or tr("no date"))),
        (tr("Requested"), words.REQUEST[file.asked.request]),
        (tr("Share of input from such parties"),
         [*map(summary_words.share_said, file.shares.rows), tr(summary_words.SHARES_REST)]
         if file.shares.rows else tr("not told: nothing into the goods is known")),
        (tr("Goods, by CBP's list"), file.commodity or tr("not known: the general list alone is held against it")),
        (tr("Papers"), tr("{given:,} given = {numbered:,} numbered + {aside:,} set aside", given=file.papers.given,
                          numbered=len(file.papers.papers), aside=len(file.papers.aside))),
        (tr("Asked"), tr("{asked:,} = {there:,} there + {gaps:,} gaps, part 11", asked=asked, there=there,
                         gaps=asked - there)),
        (tr("Faults of papers"), [f["reason"] for f in file.faults] or tr("none found in what was loaded")),
        (tr("Next days"), _next_days(file)),
    ]  # fmt: skip
    yield Facts(tuple(facts))
    yield Heading(tr("What is missing most"), 3)
    yield Facts(tuple(_largest(file)))


def _next_days(file: ShipmentFile) -> Cell:
    coming = [r for r in file.known.clock if r["due"] >= file.asked.day.isoformat()]
    if not file.known.clock:
        return words.no_clock()
    return [tr("{due}: {step}", due=r["due"], step=r["step"]) for r in coming] or tr("all days of the clock are past")


def _largest(file: ShipmentFile) -> list[tuple[str, Cell]]:
    """Gaps by what is asked, the most frequent first."""
    by_row: dict[str, list[Asking]] = {}
    for one in gaps(file.asking):
        by_row.setdefault(one.row["asked_id"], []).append(one)
    asked = Counter[str]()
    for one in file.asking:
        asked[one.row["asked_id"]] += one.asked
    ordered = sorted(by_row.items(), key=lambda p: (-sum(a.gaps for a in p[1]), p[0]))
    return [(name, _gap_in_short(some, asked[name])) for name, some in ordered] or [
        ("–", tr("nothing that is asked is missing"))
    ]


def _gap_in_short(some: Sequence[Asking], asked: int) -> Cell:
    of = sum(a.gaps for a in some)
    steps = [str(a.step) for a in some if a.step]
    at = tr("; step {steps}", steps=words.some(steps)) if steps else ""
    return tr("{asks}: {gaps} of {asked}{at}", asks=some[0].row["asks"], gaps=of, asked=asked, at=at)


def _request(file: ShipmentFile) -> Iterator[Block]:
    yield Heading(tr("2. What is requested"))
    yield Paragraph(words.REQUEST_SAID[file.asked.request])
    yield Paragraph(tr(words.NOT_ADVICE))


def _clock(file: ShipmentFile) -> Iterator[Block]:
    yield Heading(tr("3. Days of the detention"))
    if not file.known.clock:
        yield Paragraph(words.no_clock(), stands_out=True)
        return
    columns = (Column(tr("last day"), 1.1), Column(tr("step"), 2), Column(tr("counted"), 3), Column(tr("rule"), 5))
    yield Grid(columns, tuple(_day(r) for r in file.known.clock))
    yield Paragraph(
        tr(
            "Working days are Monday to Friday without federal holidays (5 USC 6103); days on which an order closes "
            "federal offices are not among those. Confirm each day with counsel."
        )
    )


def _day(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    kind = tr("working") if row["day_kind"] == "working" else tr("calendar")
    length = counted(row["days"] or row["months"], "day" if row["days"] else "month")
    counted_from = tr("{length} ({kind}) from {start}", length=length, kind=kind, start=row["counted_from"])
    over = [tr("passes over {day}", day=d) for d in row["skipped"] or ()]
    return (
        Strong(row["due"]),
        row["step"],
        [counted_from, *over],
        [row["rule"], f"{row['citation']} ({row['verified']})"],
    )


def _steps(file: ShipmentFile) -> Iterator[Block]:
    yield Heading(tr("4. Steps of making, from raw material to the shipment"))
    caption = tr(
        "Lines follow supplies that papers tell of. A red frame with its corners cut off: listed, or owned so; with "
        "pointed ends: in the region; broken: not known, or set aside."
    )
    if is_grouped(file):
        caption += " " + tr("Steps of one good at one height are drawn as one box; the list below has each.")
    yield Pictures((Picture(tr("Flow chart"), flow_chart(file), caption),), 1)
    for loop in file.chain.loops:
        yield Paragraph(Strong(words.loop_said(loop)), stands_out=True)
    by_step: dict[int, list[Asking]] = {}
    for one in file.asking:
        by_step.setdefault(one.step or 0, []).append(one)
    for step in file.chain.steps:
        own = by_step.get(step.number, [])
        lacking = [a for a in own if a.gaps]
        yield Heading(f"{step.number}. {step.party}: {step.goods or tr('goods')}", 3)
        yield Paragraph(words.step_said(step))
        papers = [_paper_in_short(p) for p in file.papers.of_step(step.number)]
        asked, there = sum(a.asked for a in own), sum(a.there for a in own)
        rows: list[tuple[str, Cell]] = [
            (tr("Papers"), papers or Strong(tr("none"))),
            (tr("Missing, {gaps} of {asked}", gaps=asked - there, asked=asked),
             [f"{a.row['asked_id']} {_lacks(a)}" for a in lacking] or tr("nothing that is asked")),
        ]  # fmt: skip
        yield Facts(tuple(rows))


def _lacks(asking: Asking) -> str:
    state = words.STATUS[asking.status]
    much = tr(", {gaps} of {asked} times", gaps=asking.gaps, asked=asking.asked) if asking.asked > 1 else ""
    return tr("{asks} ({state}{much})", asks=asking.row["asks"], state=state, much=much)


def _paper_in_short(paper: NumberedPaper) -> Line:
    name = paper.paper.name or tr("without a number")
    twice = tr("; another paper has this number") if paper.shares_number else ""
    return Strong(paper.number), f" {name}, {words.SORTS[paper.paper.sort]}{twice}"


def _parties(file: ShipmentFile) -> Iterator[Block]:
    yield Heading(tr("5. Parties"))
    said = tr("Screened as of {day}. No match is not the same as not listed.", day=file.asked.day)
    yield Paragraph(said)
    for note in filter(None, map(on_page, file.known.screening)):
        yield Paragraph(note)
    columns = (
        Column(tr("party"), 2),
        Column(tr("role"), 2),
        Column(tr("place, by the files"), 2),
        Column(tr("screening"), 3),
    )
    rows: list[tuple[Cell, ...]] = []
    for p in file.parties:
        said = words.party_screened(p)
        rows.append((p.name, words.party_roles(p), words.party_place(file, p), Strong(said) if p.exposed else said))
    for left in file.left_out:
        said = summary_words.left_out_screened(left)
        role = summary_words.left_out_role(left)
        rows.append((left.name, role, tr("not asked"), Strong(said) if left.is_found else said))
    yield Grid(columns, tuple(rows))


def _transport(file: ShipmentFile) -> Iterator[Block]:
    yield Heading(tr("6. Transport, leg by leg"))
    columns = (
        Column(tr("leg"), 0.6, is_number=True), Column(tr("date"), 1.2), Column(tr("goods"), 1.5),
        Column(tr("from"), 2), Column(tr("to"), 2), Column(tr("paper of transport"), 1.6), Column(tr("crossing"), 1.6),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for leg, (step, supply) in enumerate(file.chain.supplies, 1):
        row = supply.first
        named: list[Line] = [
            f"{p.number} {p.paper.name}" for p in file.papers.of_supply(supply) if p.paper.sort == "transport"
        ]
        rows.append((
            str(leg), row["date"] or tr("no date"), row["material"] or tr("goods"), f"{step.number}. {row['supplier']}",
            str(row["buyer"]), named or Strong(tr("missing")), words.leg_crossing(supply),
        ))  # fmt: skip
    yield Grid(columns, tuple(rows))
    if file.set_aside:
        yield Heading(tr("Set aside, and leading to a listed party or the region"), 3)
        for one in file.set_aside:
            yield Paragraph(summary_words.way_said(one), stands_out=True)


def _payments(file: ShipmentFile) -> Iterator[Block]:
    yield Heading(tr("7. Payments against invoices"))
    columns = (
        Column(tr("step"), 0.6, is_number=True), Column(tr("paper that bills"), 1.6), Column(tr("from"), 2),
        Column(tr("to"), 2), Column(tr("amounts"), 2.2), Column(tr("payments"), 1.6), Column(tr("state"), 1.8),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for paid in file.paid:
        row = paid.supply.first
        state = words.PAID[paid.state]
        rows.append((
            str(paid.step), str(row["document"] or tr("without a number")), str(row["supplier"]), str(row["buyer"]),
            words.paid_amounts(paid) or tr("not told"), [str(r["document"] or r["row"]) for r in paid.payments] or "–",
            state if words.paid_status(paid) == "there" else Strong(state),
        ))  # fmt: skip
    yield Grid(columns, tuple(rows))


def _balance(file: ShipmentFile) -> Iterator[Block]:
    yield Heading(tr("8. Quantities, step by step"))
    columns = (
        Column(tr("step"), 0.6, is_number=True), Column(tr("went in"), 2.4), Column(tr("came out"), 1.8),
        Column(tr("can come of it"), 1.8), Column(tr("so"), 1.5), Column(tr("rests on"), 2.6),
    )  # fmt: skip
    verdicts = {"raw": tr("raw material"), "held": tr("they go together"), "more": tr("more than can come")}
    rows: list[tuple[Cell, ...]] = []
    for found in file.quantities:
        into: list[Line] = [f"{m or tr('goods')}: {words.amount_said(q)}" for m, q in found.went_in]
        said = verdicts.get(found.verdict, tr("not judged"))
        rows.append((
            str(found.step), into or tr("nothing known"), words.amount_said(found.came_out),
            words.amount_said(found.can_come) if found.can_come else "–",
            Strong(said) if found.verdict == "more" else said,
            [tr("records of making") if found.is_recorded else tr("supplies in and out"), *found.basis],
        ))  # fmt: skip
    yield Grid(columns, tuple(rows))
    if file.faults:
        yield Heading(tr("Papers that do not go together"), 3)
        yield Facts(
            tuple(
                (
                    f["kind"].replace("_", " "),
                    [f["reason"], f["remedy"], (Mono(f["fault_id"]), f" {'; '.join(f['rows'])}")],
                )
                for f in file.faults
            )
        )


def _translations(file: ShipmentFile) -> Iterator[Block]:
    yield Heading(tr("9. Translations"))
    found = untranslated(file)
    told = sum(bool(p.paper.language) for p in file.papers.papers)
    yield Paragraph(
        tr(
            "Files tell the language of {told} of {all} papers; of others it is not known. In another language than "
            "English, or in letters that are not Latin, and without a translation: {count}.",
            told=told,
            all=len(file.papers.papers),
            count=len(found),
        ),
        stands_out=bool(found),
    )
    if found:
        rows = tuple((p.number, words.untranslated_said(p)) for p in found)
        yield Facts(rows)
