"""Every reader of users' files, as the commands reach it, and whether it reads alike however it reads.

Each is called with a path, a folder for what it writes, and the number of the case. What it raises is judged elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import EntrepotError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_DAYS = (None, "2024-12-05", "2025-03-14", "1999-12-31")  # of publication, as the person may say
_SOME = 8  # every eighth case goes on to what is done with the rows that were read
_BLOCK = 200  # bytes of a block at least and, below, rows of one and blocks of a file at most
_ROWS = 3
_MOST_BLOCKS = 6
_SHEET = 100_000  # rows of a sheet of flows at most, as the product has it
_LEAST_BYTES = 64  # of a row of flows, where the rows of a file cannot be counted
_LIST_DAY = "2026-01-01"  # the day of a list whose file does not say it
KINDS = ("lists", "parties", "flows", "ownership", "supply", "record", "measures", "demands", "reports")


class DisagreementError(AssertionError):
    """A file that is read otherwise in blocks than it is when held."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader.

    Attributes:
        name: as its seeds are called.
        kind: of KINDS.
        read: reads a file.
        command: the arguments of the command line that read the same file.
    """

    name: str
    kind: str
    read: Callable[[Path, Path, int], None]
    command: Callable[[Path, Path], list[str]]


def readers() -> dict[str, Reader]:
    """Every reader by name."""
    found = [
        *_lists(),
        *_parties(),
        *_flows(),
        *_ownership(),
        *_supply(),
        *_record(),
        *_measures(),
        *_demands(),
        *_reports(),
    ]
    return {one.name: one for one in found}


def prepare() -> None:
    """PDF is read in this process, not in one of its own."""
    from entrepot.claims.formats import pdf

    pdf._child = _in_process  # noqa: SLF001 - a child a report would take most of the time to start


def _in_small_blocks(path: Path) -> None:
    """Blocks so small that the file is read in several, and not so small that a long file takes minutes."""
    from entrepot.intake import delimited_blocks, parquet_rows, text_table
    from entrepot.intake.open_table import opened
    from entrepot.intake.unpack import size_up_to
    from entrepot.trade.loading.streamed import LARGE

    size = _outcome(lambda: size_up_to(path, LARGE))  # unpacked: some bytes may pack ten thousand
    size = 0 if isinstance(size, str) else size
    rows = _outcome(lambda: sum(1 for _ in opened(path).rows()))
    if isinstance(rows, str):  # refused somewhere below: the blocks before that are read all the same
        rows = size // _LEAST_BYTES
    each = max(_ROWS, rows // _MOST_BLOCKS)
    parquet_rows.BLOCK_ROWS = text_table._BLOCK = each  # noqa: SLF001 - no option of the product
    delimited_blocks.BLOCK = max(_BLOCK, size // _MOST_BLOCKS)


def _in_process(data: bytes, origin: str) -> dict[str, Any]:
    import json

    from entrepot.claims.formats import pdf_child

    del origin
    return dict(json.loads(json.dumps(pdf_child.read(data))))


def _lists() -> list[Reader]:
    from entrepot.lists.registry import formats, sources

    of = {one.id: source.id for source in sources().values() for one in source.formats}
    made = []
    for name in formats():
        list_id = of.get(name, "own-fuzzed")
        made.append(Reader(name, "lists", partial(_read_list, list_id), partial(_load_list, list_id)))
    return made


def _read_list(list_id: str, path: Path, scratch: Path, number: int) -> None:
    from entrepot.lists import registry, versions

    registry.read_list(path, list_id)
    if not number % _SOME:
        row = versions.load(path, list_id, scratch / "store", version=_LIST_DAY)
        versions.opened(row, scratch / "store")


def _load_list(list_id: str, path: Path, scratch: Path) -> list[str]:
    return ["lists", "load", str(path), "--as", list_id, "--version", _LIST_DAY, "--store", str(scratch / "store")]


def _parties() -> list[Reader]:
    forms = ("csv", "packed", "xlsx", "json", "parquet")
    made = [Reader(f"parties-{form}", "parties", _read_parties, _screen) for form in forms]
    return [*made, Reader("results", "parties", _read_results, _rescreen)]


def _outcome(act: Callable[[], Any]) -> Any:
    """What an act gives, or the words of the error with which it refuses."""
    try:
        return act()
    except EntrepotError as exc:
        return str(exc)


def _same_table(path: Path) -> None:
    """Row by row and in blocks a file gives the same cells, or the same refusal."""
    from entrepot.intake.open_table import opened
    from entrepot.intake.reading_options import ReadingOptions

    printed = ReadingOptions(is_printed=True)  # blocks are asked for by readers of flows, who ask for this too

    def strictly() -> list[list[str | None]]:
        return list(opened(path, printed).rows())

    def in_blocks() -> list[list[str | None]]:
        rows = (row for frame in opened(path, printed).frames() for row in frame.rows())
        return [[(c or "").strip() or None for c in row] for row in rows]

    table = _outcome(lambda: opened(path, printed))
    if isinstance(table, str) or table.kind != "parquet":  # of typed cells `flows-own` compares what is made of them
        _agree("rows", _outcome(strictly), _outcome(in_blocks))


def _agree(what: str, held: Any, streamed: Any) -> None:
    if held != streamed:
        raise DisagreementError(f"{what}: held {_brief(held, streamed)}, in blocks {_brief(streamed, held)}")


def _brief(one: Any, other: Any) -> str:
    """What of one is not in the other, shortly."""
    if isinstance(one, (list, set, tuple)) and isinstance(other, (list, set, tuple)):
        apart = [x for x in one if x not in other][:3]
        return f"{len(one)} ({apart!r:.300})"
    return f"{one!r:.300}"


def _read_parties(path: Path, scratch: Path, number: int) -> None:
    from entrepot.desk.screen import screen
    from entrepot.screening.parties.parties import read_parties

    _in_small_blocks(path)
    _same_table(path)
    found = read_parties(path)
    list(found.each())
    if not number % _SOME:
        import pyarrow as pa

        own = pa.table({"name": ["Gulmira Trading", "Otarbay, Serik", "新疆中泰化学"]})
        screen(path, own, workers=1, store=str(scratch / "store"), record=scratch / "record.html")


def _screen(path: Path, scratch: Path) -> list[str]:
    return [
        "screen",
        str(path),
        "--lists",
        "uflpa",
        "--out",
        str(scratch / "hits.csv"),
        "--store",
        str(scratch / "store"),
    ]


def _read_results(path: Path, scratch: Path, number: int) -> None:
    from entrepot.screening.runs.results import results

    del scratch, number
    list(results(path))


def _rescreen(path: Path, scratch: Path) -> list[str]:
    return ["rescreen", str(path), "--parties", str(path), "--store", str(scratch / "store")]


def _flows() -> list[Reader]:
    forms = ("own", "baci", "comext", "comtrade", "hmrc", "ember")
    made = [Reader(f"flows-{form}", "flows", _read_flows, _load) for form in forms]
    mapped = Reader("flows-mapped", "flows", _read_mapped, _load_mapped)
    return [*made, mapped, Reader("supply", "flows", _read_supply, _divert)]


def _read_flows(path: Path, scratch: Path, number: int, mapping: Path | None = None) -> None:
    """Held and in blocks: the same flows, faults, notes and form, or the same refusal."""
    from entrepot.trade import concord, totals
    from entrepot.trade.loading import flow_file, opening
    from entrepot.trade.loading.summary import summary

    _in_small_blocks(path)
    opening.LONGEST = _SHEET if number % 2 else _ROWS  # every second file as a database of more rows than a sheet has
    held = _outcome(lambda: flow_file.load((path,), mapping=mapping))
    in_blocks = _outcome(partial(_streamed, path, scratch / "flows.parquet", mapping))
    if isinstance(held, str) or isinstance(in_blocks, str):
        # Of several faults of one file either may be met first: the heading's, or that of a row far below.
        _agree("verdict", *("refused" if isinstance(one, str) else "read" for one in (held, in_blocks)))
        raise _RefusedError(held)
    table, done = in_blocks
    _agree("form", held.form, done.form)
    _agree("flows", _flows_of(held.table), _flows_of(table))
    _agree("faults", _told(held.faults), _told(done.faults))
    _agree("notes", held.notes, done.notes)
    _agree("tally", held.tally, done.tally)
    summary(held.table)
    totals.totals(held.table)
    if not number % _SOME:
        concord.to_edition(held.table, "HS2017")


class _RefusedError(EntrepotError):
    """An error that was compared with another before it is raised."""


def _streamed(path: Path, out: Path, mapping: Path | None) -> tuple[Any, Any]:
    import pyarrow.parquet as pq

    from entrepot.trade.loading import streamed

    done = streamed.load_to((path,), out, streamed.Manner(mapping=mapping))
    return pq.read_table(out), done


def _flows_of(table: Any) -> list[tuple[Any, ...]]:
    """The rows; numbers to twelve digits, for sums are taken in another order."""
    columns = [[f"{v:.12g}" if isinstance(v, float) else v for v in c.to_pylist()] for c in table.columns]
    return list(zip(*columns, strict=True))


def _told(faults: Any) -> list[tuple[Any, ...]]:
    return [(f["kind"], f["what"], f["done"], f["count"], sorted(f["rows"])) for f in faults.to_pylist()]


def _load(path: Path, scratch: Path) -> list[str]:
    return ["load", str(path), "--out", str(scratch / "flows.parquet")]


def _read_mapped(path: Path, scratch: Path, number: int) -> None:
    _read_flows(path, scratch, number, path.parent / "kazakhstan.toml")


def _load_mapped(path: Path, scratch: Path) -> list[str]:
    return [*_load(path, scratch), "--map", str(path.parent / "kazakhstan.toml")]


def _read_supply(path: Path, scratch: Path, number: int) -> None:
    from entrepot.diversion.bounds.supply_file import read_supply

    del scratch, number
    read_supply(path)


def _divert(path: Path, scratch: Path) -> list[str]:
    flows = scratch / "flows.csv"
    flows.write_text("exporter,importer,product,period,value_usd\nCHN,KAZ,854140,2022-01,5\nKAZ,RUS,854140,2022-01,4\n")
    return ["divert", str(flows), "--origin", "CHN", "--supply", str(path), "--store", str(scratch / "store")]


def _ownership() -> list[Reader]:
    from entrepot.ownership.read_links import FORMATS

    return [
        Reader(f"own-{form}", "ownership", partial(_read_links, form), partial(_own_load, form)) for form in FORMATS
    ]


def _read_links(form: str, path: Path, scratch: Path, number: int) -> None:
    """Read, and of some keep the links and judge every party that has a listed owner."""
    from datetime import date

    from entrepot.desk.desk import Desk
    from entrepot.ownership.read_links import read_links

    found = read_links(path, form, today=date(2026, 11, 1))
    if found.links.num_rows != found.row["links"]:
        raise AssertionError("links are lost between the reader and its table")
    if not number % _SOME:
        desk = Desk(scratch / "store")
        desk.load_ownership(path, form=form)
        for rule in ("ofac-50", "uk-50"):
            desk.own(everyone=True, rule=rule, lists=["ofac-xinjiang", "uflpa"], as_of="2025-06-01")


def _own_load(form: str, path: Path, scratch: Path) -> list[str]:
    return ["own", "load", str(path), "--as", form, "--store", str(scratch / "store")]


def _supply() -> list[Reader]:
    from entrepot.tracing.contract import KINDS as FORMS

    return [Reader(f"supply-{f}", "supply", partial(_read_kept, f), partial(_load_supply, f)) for f in FORMS]


def _load_supply(form: str, path: Path, scratch: Path) -> list[str]:
    return ["supply", "load", str(path), "--as", form, "--store", str(scratch / "store")]


def _read_kept(form: str, path: Path, scratch: Path, number: int) -> None:
    """Read, and of some keep the rows, hold them against each other, and trace every product."""
    from datetime import date

    from entrepot.desk.desk import Desk
    from entrepot.tracing.supply.read_supply import read_supply

    found = read_supply(path, kind=form, today=date(2026, 11, 1))
    if found.row["read"] != found.row["taken"] + len(found.refused):
        raise AssertionError("rows are lost between the reader and its tables")
    if not number % _SOME:
        desk = Desk(scratch / "store")
        desk.load_supply(path, form=form)
        if form not in {"facilities", "bom", "papers"}:
            desk.supply_balance()
        if not found.links:
            return
        desk.trace(everything=True, lists=["uflpa"], as_of="2025-11-25")


def _measures() -> list[Reader]:
    from fuzz.world_readers import world_readers

    return [
        *(Reader(name, "measures", read, command) for name, read, command in world_readers()),
        Reader("own-measure", "measures", _read_measure, lambda path, _: ["measures", str(path)]),
        Reader("scenario", "measures", _read_scenario, lambda path, _: ["simulate", str(path), "--draws", "0"]),
    ]


def _read_scenario(path: Path, scratch: Path, number: int) -> None:
    """Read, and of some make the change that it means: no cost below the one of before."""
    del scratch
    from entrepot.scenarios.asked.meant_change import meant_change
    from entrepot.scenarios.asked.scenario_file import scenario_file
    from entrepot.scenarios.asked.unsure_world import default_unsure_world
    from entrepot.scenarios.hubs.meant_ways import meant_ways

    unsure = default_unsure_world()
    asked = scenario_file(path, unsure.codes)
    world = unsure.asked_by(asked).world
    if not number % _SOME and asked.deficits != "closed":
        change = meant_ways(world, asked).change if asked.ways else meant_change(world, asked)
        if not (change.costs >= 1).all() or not (change.tariffs >= world.tariffs).all():
            raise AssertionError("a scenario that makes trade cheaper")


def _read_measure(path: Path, scratch: Path, number: int) -> None:
    """Read, and of some ask the question of the measure and what it touches."""
    del scratch
    from entrepot.diversion.route import question
    from entrepot.measures.goods_touched import touching
    from entrepot.measures.measure import measures
    from entrepot.measures.own.own_measure import own_measure

    act = own_measure(path, {m.id for m in measures()})
    if not number % _SOME:
        touching("8457.10", "2026-11-27", acts=(act,))
        question(act, origin="DEU", destination="RUS")


def _record() -> list[Reader]:
    return [Reader("own-rows", "record", _read_own_rows, _add_rows)]


def _read_own_rows(path: Path, scratch: Path, number: int) -> None:
    """Read, and of some keep the rows and read them out of the record again."""
    from datetime import date

    from entrepot.desk.desk import Desk
    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.record import own_file
    from entrepot.record.embedded import load
    from entrepot.record.own_cells import Known

    given, report = own_file.given_in(path, ReadingOptions())
    found = own_file.taken(path.name, given, Known(load(), date(2026, 11, 1)), [], report=report)
    if len(found.rows) != len(given):
        raise AssertionError("rows are lost between the file and the record")
    if given and not number % _SOME:
        desk = Desk(scratch / "store")
        desk.add_rows(path)
        held = set(desk.record("observations").table.column("id").to_pylist())
        if not held >= {row["id"] for row in found.rows}:
            raise AssertionError("rows that were added are not in the record")


def _add_rows(path: Path, scratch: Path) -> list[str]:
    return ["record", "add", str(path), "--store", str(scratch / "store")]


def _demands() -> list[Reader]:
    from fuzz import demands

    return [
        Reader("demand", "demands", demands.read_demand, demands.send),
        Reader("caps", "demands", demands.read_caps, demands.send_capped),
        Reader("projects", "demands", demands.read_projects, demands.list_projects),
    ]


def _reports() -> list[Reader]:
    from fuzz.made_reports import MADE

    return [Reader(f"report{ending}", "reports", _read_report, _check) for ending in MADE]


def _read_report(path: Path, scratch: Path, number: int) -> None:
    """Open, read, judge and draw."""
    from datetime import date

    from entrepot.claims.check import against_record
    from entrepot.claims.open import open_report

    day = _DAYS[number % len(_DAYS)]
    report = open_report(path, published=None if day is None else date.fromisoformat(day))
    checked = against_record(report, path.name)
    for claim in checked.found:
        if report.text[claim.span_start : claim.span_end] != claim.text:
            raise AssertionError(f"the span of {claim.claim_id} is not its text")
    _ = checked.claims, checked.summary, checked.own_rows, checked.findings
    (scratch / "page.html").write_text(checked.html, encoding="utf-8", errors="backslashreplace")


def _check(path: Path, scratch: Path) -> list[str]:
    return ["check", str(path), "--html", str(scratch / "page.html"), "--store", str(scratch / "store")]
