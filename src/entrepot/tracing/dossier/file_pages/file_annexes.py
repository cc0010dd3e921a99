"""The annexes of a dossier as a document: index, what is asked, comparison, European Union, sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.core.document.blocks import Column, Facts, Grid, Heading, Link, Mono, Paragraph, Raised, Strong
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import ntr, tr
from entrepot.sources.register import citation, link
from entrepot.tracing.balance.books import place
from entrepot.tracing.dossier.file_pages import file_words as words
from entrepot.tracing.dossier.file_pages.file_lines import gaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.core.document.blocks import Block, Cell, Line
    from entrepot.tracing.dossier.asked_papers import Asking
    from entrepot.tracing.dossier.compared_chains import ComparedStep
    from entrepot.tracing.dossier.numbered_papers import NumberedPaper
    from entrepot.tracing.dossier.shipment_chain import Step
    from entrepot.tracing.dossier.shipment_file import ShipmentFile

    Sources = Mapping[str, Mapping[str, Any]]

_PLACES = 3  # places of a paper in the index; a paper of more lines says how many


def annexes(file: ShipmentFile, sources: Sources) -> Iterator[Block]:
    """The parts from the index on.

    Args:
        file: the dossier.
        sources: the register, by id.
    """
    cited = _Cited(sources)
    yield from _index(file)
    yield from _gaps(file, cited)
    yield from _met(file, cited)
    yield from _compared(file)
    yield from _european(file, cited)
    yield from _aside(file)
    yield from _rests_on(file)
    yield from cited.blocks()


class _Cited:
    """Sources in the order in which they are cited."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.numbers: dict[str, int] = {}

    def __call__(self, source: str) -> Raised | str:
        if source not in self.sources:
            return f" {source}" if source else ""
        return Raised(str(self.numbers.setdefault(source, len(self.numbers) + 1)))

    def blocks(self) -> Iterator[Block]:
        if not self.numbers:
            return
        yield Heading(tr("Sources of what is asked"))
        yield Facts(tuple((str(n), _source(self.sources[s])) for s, n in self.numbers.items()))


def _source(row: Mapping[str, Any]) -> Cell:
    said, address = citation(row), link(row)
    return [said, Link(address, address)] if address else said


def _index(file: ShipmentFile) -> Iterator[Block]:
    yield Heading(tr("10. Index of papers"))
    columns = (
        Column(tr("number"), 0.8), Column(tr("paper"), 1.8), Column(tr("what it is"), 2), Column(tr("of"), 2),
        Column(tr("date"), 1.1), Column(tr("where it stands"), 2.4),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for p in file.papers.papers:
        name = p.paper.name or tr("without a number")
        twice: list[Line] = [Strong(tr("another paper has this number"))] if p.shares_number else []
        rows.append((
            p.number, [name, *twice], words.SORTS[p.paper.sort], p.paper.issuer or "–", p.paper.date or tr("no date"),
            _places(file, p),
        ))  # fmt: skip
    yield Grid(columns, tuple(rows), tuple(f"paper-{p.number}" for p in file.papers.papers))


def _places(file: ShipmentFile, paper: NumberedPaper) -> Cell:
    found = list(dict.fromkeys(map(place, paper.paper.rows)))
    said: list[Line] = [tr("{file}, row {row}", file=file.files.get(f, f), row=str(n)) for f, n in found[:_PLACES]]
    more = len(found) - _PLACES
    return [*said, ntr(more, "and {count} more row", "and {count} more rows")] if more > 0 else said


def _gaps(file: ShipmentFile, cited: _Cited) -> Iterator[Block]:
    yield Heading(tr("11. What is asked and not there"))
    found = gaps(file.asking)
    asked, there = sum(a.asked for a in file.asking), sum(a.there for a in file.asking)
    yield Paragraph(
        Strong(tr("{asked} asked = {there} there + {gaps} gaps.", asked=asked, there=there, gaps=asked - there)),
        stands_out=True,
    )
    yield Paragraph(
        tr(
            "In brackets how well it is known that it is asked: official, the authority's own text; secondary, what "
            "others report of it; partly, some of it; unverified, the text was not seen."
        )
    )
    yield _asked_grid(found, cited)


def _met(file: ShipmentFile, cited: _Cited) -> Iterator[Block]:
    yield Heading(tr("12. What is asked and there"))
    yield _asked_grid([a for a in file.asking if not a.gaps], cited)


def _asked_grid(found: Sequence[Asking], cited: _Cited) -> Grid:
    """A row a thing that is asked, with the steps of which it is, so that where it says so stands once."""
    columns = (
        Column(tr("asked"), 0.6), Column(tr("what"), 2.8), Column(tr("state"), 0.9),
        Column(tr("there"), 0.7, is_number=True), Column(tr("of"), 4), Column(tr("says so"), 2.6),
    )  # fmt: skip
    by_row: dict[str, list[Asking]] = {}
    for one in found:
        by_row.setdefault(one.row["asked_id"], []).append(one)
    rows: list[tuple[Cell, ...]] = []
    for name, some in sorted(by_row.items()):
        row = some[0].row
        states = words.some(dict.fromkeys(words.STATUS[a.status] for a in some))
        rows.append((
            name, row["asks"], Strong(states) if any(a.gaps for a in some) else states,
            f"{sum(a.there for a in some)}/{sum(a.asked for a in some)}", _asked_at(some),
            (f"{row['place']}, {row['dated']} ({row['verified']})", cited(row["source"])),
        ))  # fmt: skip
    return Grid(columns, tuple(rows))


def _asked_at(some: Sequence[Asking]) -> list[Line]:
    """Of which steps it is asked: those of which nothing more is to be said on one line."""
    told: list[Line] = []
    bare: list[str] = []
    for one in some:
        parts = [tr("there: {papers}", papers=words.some(one.papers))] if one.papers else []
        parts += [tr("lacks: {papers}", papers=words.some(one.lacking))] if one.lacking else []
        if parts:
            told.append((Strong(words.asking_of(one)), f" {'; '.join(parts)}"))
        else:
            bare.append(words.asking_of(one))
    return [Strong(", ".join(bare)), *told] if bare else told


def _compared(file: ShipmentFile) -> Iterator[Block]:
    if file.compared is None:
        yield Heading(tr("13. Summary tracing report"))
        yield Paragraph(tr("None: with --like SHIPMENT this chain is compared with that of another shipment."))
        return
    yield Heading(tr("13. Summary tracing report, compared with shipment {name}", name=file.compared.name))
    yield Paragraph(Strong(words.compared_whole(file)), stands_out=True)
    columns = (
        Column(tr("step here"), 0.8), Column(tr("step there"), 0.8), Column(tr("producer and goods"), 3.2),
        Column(tr("business records here"), 2.4), Column(tr("and there"), 2.4),
    )  # fmt: skip
    yield Grid(columns, tuple(_compared_row(one) for one in file.compared.steps))


def _compared_row(one: ComparedStep) -> tuple[Cell, ...]:
    def records(step: Step | None, found: Sequence[str]) -> Cell:
        return "–" if step is None else words.some(found) or Strong(tr("none"))

    numbers = (str(step.number) if step else "–" for step in (one.step, one.other))
    return (*numbers, words.compared_said(one), records(one.step, one.records), records(one.other, one.other_records))


def _european(file: ShipmentFile, cited: _Cited) -> Iterator[Block]:
    yield Heading(tr("14. European Union"))
    yield Paragraph(
        (tr("The six steps of the OECD's guidance, and what of them this file tells"), cited(words.OECD_SOURCE))
    )
    yield Facts(tuple((str(i), tr(said).partition(". ")[2]) for i, said in enumerate(words.OECD, 1)))
    yield Paragraph(tr("What the Union asks of the company as of {day}, by what was said of it:", day=file.asked.day))
    yield Facts(
        tuple(
            (
                str(r["name"]),
                [
                    Strong(str(r["said"])),
                    (str(r["text"]), f" {r['citation']} ({r['verified']})", cited(r["source_id"])),
                    "; ".join(r["reasons"]),
                ],
            )
            for r in file.known.duties
        )
    )


def _rests_on(file: ShipmentFile) -> Iterator[Block]:
    yield Heading(tr("16. Lists that were screened, and files that were loaded"))
    found = file.known.rests_on
    yield Paragraph(
        tr(
            "By these another can tell whether the same was screened: with another version of a list, or another file, "
            "the hash is another. The hash of a loaded list is that of the publisher's file, of a list of the record "
            "that of the names searched."
        )
    )
    columns = (
        Column(tr("list"), 2), Column(tr("day of it"), 1), Column(tr("what it held"), 3),
        Column(tr("names searched"), 0.8, is_number=True), Column("sha256", 2.4),
    )  # fmt: skip
    rows = tuple(_list_row(r) for r in found.lists)
    yield Grid(columns, rows)
    files = (Column(tr("file"), 2), Column(tr("loaded"), 1.4), Column("sha256", 2.4))
    yield Grid(files, tuple((str(r["file"]), str(r["loaded_at"]), Mono(r["sha256"])) for r in found.files))
    yield Facts(
        (
            (tr("Rule of scores"), Mono(found.rule)),
            (tr("Program"), tr("Entrepot {version}", version=__version__)),
        )
    )


def _list_row(row: Mapping[str, Any]) -> tuple[Cell, ...]:
    dated = row["version"] or row["list_as_of"] or tr("not known")
    return [row["title"], Mono(row["list_id"])], dated, row["sentence"], f"{row['names_held']:,}", Mono(row["sha256"])


def _aside(file: ShipmentFile) -> Iterator[Block]:
    yield Heading(tr("15. Papers set aside"))
    if not file.papers.aside:
        yield Paragraph(tr("None: every paper that was loaded has its number."))
        return
    by_why: dict[str, list[str]] = {}
    for paper, why in file.papers.aside:
        by_why.setdefault(why, []).append(paper.name or tr("without a number"))
    rows: list[tuple[str, Cell]] = [
        (words.ASIDE[why], f"{counted(len(names), 'paper')}: {', '.join(names)}") for why, names in by_why.items()
    ]
    yield Facts(tuple(rows))
