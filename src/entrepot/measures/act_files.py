"""Measure files: TOML in, `Measure` out, or an error that names the file, the key and what was expected.

Nothing is guessed and nothing is skipped: an unknown key, a missing citation, a date that is none, a source
id that the file does not define stop the reading.
"""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.periods import first_day, last_day
from entrepot.core.toml_block import Block, near, toml_of, with_line
from entrepot.core.toml_block import broken as broken_file
from entrepot.core.words.translate import marked, tr
from entrepot.measures.act import (
    BASES,
    DIRECTIONS,
    KINDS,
    LOOKS,
    STATUSES,
    TESTS,
    VERIFIED,
    BriefPlan,
    Clock,
    Goods,
    Look,
    Measure,
    MeasureList,
    Part,
    Step,
)
from entrepot.measures.duties.duty_blocks import duty
from entrepot.measures.own.own_events import own_event
from entrepot.measures.own.own_points import own_points
from entrepot.sources.cited import cited_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from entrepot.sources.cited import CitedSource

REMEDY = marked("docs/measures.md explains each key.")
SECTOR_TEXT = marked("Priority sector of enforcement; the presumption covers every good, in a priority sector or not.")
_Scope = tuple[tuple[str, ...], tuple[str, ...]]  # the measure's territory and countries, which its parts inherit
ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
PREFIX = re.compile(r"^\d{2}(\d{2}(\d{2})?)?$")
ID_FORM = marked("words in small letters joined by hyphens")
_IN_BRACES = re.compile(r"\{([^{}]*)\}")
_ISO = re.compile(r"^[A-Z]{2}$")
_ROW = re.compile(r"^[A-Za-z0-9][A-Za-z0-9.\-]*$")


def broken(file: str, key: str, found: object, expected: str) -> UnreadableFileError:
    """The error of a measure file: file, key, value found, what was expected."""
    return broken_file(file, key, found, expected, REMEDY)


def read_all() -> tuple[Measure, ...]:
    """Every file under data/acts, in order of id, and the checks that span files."""
    found = [read_act(name, text) for name, text in _texts()]
    ids = {m.id for m in found}
    shared: dict[str, CitedSource] = {}
    for act in found:
        for other in act.brief.competes_with if act.brief else ():
            if other not in ids:
                raise broken(f"{act.id}.toml", "brief.competes_with", other, near(other, ids))
        for source in act.sources:
            if shared.setdefault(source.id, source) != source:
                raise broken(
                    f"{act.id}.toml", tr("source {id}", id=source.id), source.title, tr("one text for one source id")
                )
    return tuple(found)


def read_saying(key: str) -> tuple[Measure, ...]:
    """The files under data/acts in which a key stands, in order of id; of the others the text is searched only.

    Args:
        key: of a file, `by_region`.
    """
    return tuple(read_act(name, text) for name, text in _texts() if key in text)


def _texts() -> Iterator[tuple[str, str]]:
    """Name and content of every file under data/acts, in order of id."""
    folder = files("entrepot.measures") / "data" / "acts"
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".toml"):
            yield entry.name, entry.read_text(encoding="utf-8")


def read_act(name: str, text: str) -> Measure:
    """One measure file.

    Args:
        name: the file's name, `<id>.toml`.
        text: its content.

    Raises:
        UnreadableFileError: names the file, the line and the key.
    """
    raw = toml_of(text, name, remedy=tr("See docs/measures.md."))
    try:
        act = act_of(name, raw)
        if f"{act.id}.toml" != name:
            raise broken(
                name, "id", act.id, tr("the file's name, {removesuffix}", removesuffix=name.removesuffix(".toml"))
            )
        if act.events:
            raise broken(name, "event", act.events[0].title, tr("none here: events on record stand in events.csv"))
    except UnreadableFileError as exc:
        raise with_line(exc, text) from exc
    return act


def act_of(name: str, raw: dict[str, Any]) -> Measure:
    """The measure of a parsed file, under every rule but that of its name.

    Raises:
        UnreadableFileError: names the file and the key.
    """
    act = _measure(Block(name, "", raw, REMEDY))
    _whole(name, act)
    return act


def _measure(block: Block) -> Measure:
    scope = block.texts("territory", ID), block.texts("countries", _ISO)
    provisions = tuple(_provision(b, scope) for b in block.tables("provision"))
    sectors = tuple(_sector(b, scope) for b in block.tables("sector"))
    duties = tuple(duty(b) for b in block.tables("duty"))
    clock, listing, brief = (block.table(k) for k in ("clock", "list", "brief"))
    act = Measure(
        id=block.matching("id", ID, ID_FORM),
        title=block.text("title"),
        short=block.text("short"),
        jurisdiction=block.matching("jurisdiction", _ISO, tr("two capital letters, as in US or EU")),
        kind=block.one_of("kind", KINDS),
        authority=block.text("authority"),
        status=block.one_of("status", STATUSES),
        checked=block.needed_day("checked"),
        direction=block.one_of("direction", DIRECTIONS),
        territory=scope[0],
        countries=scope[1],
        summary=block.text("summary"),
        unknown=block.texts("unknown"),
        provisions=provisions,
        sectors=sectors,
        clock=_clock(clock) if clock else None,
        listing=_listing(listing) if listing else None,
        brief=_brief(brief) if brief else None,
        sources=tuple(cited_source(b) for b in block.tables("source")),
        duties=duties,
        events=tuple(own_event(b) for b in block.tables("event")),
        goods_unknown=block.text("goods_unknown", ""),
    )
    block.done()
    return act


def _provision(block: Block, scope: _Scope) -> Part:
    return _part(block, "provision", scope, presumption=None)


def _sector(block: Block, scope: _Scope) -> Part:
    return _part(block, "sector", scope, presumption=block.take("presumption", bool))


def _part(block: Block, kind: str, scope: _Scope, *, presumption: bool | None) -> Part:
    hs = tuple(_goods(b) for b in block.tables("hs"))
    goods = block.one_of("goods", ("all", "listed", "unread", "none"), "listed" if hs else "none")
    if (goods == "listed") != bool(hs):
        raise broken(block.file, block.key("goods"), goods, tr('goods = "listed" together with hs, or neither'))
    part = Part(
        id=block.matching("id", ID, ID_FORM),
        kind=kind,
        name=block.text("name"),
        text=block.text("text", SECTOR_TEXT if kind == "sector" else ...),
        start=block.day("from"),
        end=block.day("to"),
        known_from=block.day("known_from"),
        end_known=block.day("to_known_from"),
        subject=block.text("subject", ""),
        threshold=block.text("threshold", ""),
        goods=goods,
        hs=hs,
        presumption=presumption,
        territory=block.texts("territory", ID, scope[0]),
        countries=block.texts("countries", _ISO, scope[1]),
        citation=block.text("citation"),
        verified=block.one_of("verified", VERIFIED),
        sources=block.texts("sources"),
        rows=block.texts("rows", _ROW),
        by_region=block.text("by_region", ""),
        suspended_to=block.day("suspended_to"),
        in_doubt=block.take("in_doubt", bool, False),
        is_basis=block.take("is_basis", bool, False),
    )
    block.done()
    if part.suspended_to and (part.end is None or first_day(part.suspended_to) <= last_day(part.end)):
        raise broken(block.file, block.key("suspended_to"), part.suspended_to, tr("a day after to, where there is one"))
    if part.by_region and not part.territory:
        raise broken(
            block.file, block.key("by_region"), part.by_region, tr("a territory, of the part or of the measure")
        )
    if part.start and part.end and last_day(part.end) < first_day(part.start):
        raise broken(block.file, block.key("to"), part.end, tr("a day not before from = {start}", start=part.start))
    if part.end_known and (part.end is None or first_day(part.end_known) > last_day(part.end)):
        raise broken(
            block.file, block.key("to_known_from"), part.end_known, tr("a day not after to, where there is one")
        )
    if not part.sources:
        raise broken(block.file, block.key("sources"), [], tr("at least one source id; verified says how good it is"))
    return part


def _goods(block: Block) -> Goods:
    prefix = block.matching("prefix", PREFIX, tr("2, 4 or 6 digits without dots"))
    basis = block.one_of("basis", BASES)
    block.done()
    return Goods(prefix, basis)


def _clock(block: Block) -> Clock:
    verified = block.one_of("verified", VERIFIED)
    steps: list[Step] = []
    for b in block.tables("step"):
        allowed = ("presented", "imported", "detained", *(s.id for s in steps))
        days, months = (b.positive(key) if b.has(key) else 0 for key in ("days", "months"))
        if bool(days) == bool(months):
            raise b.broken("days", days, tr("days or months, one of the two"))
        steps.append(
            Step(
                id=b.matching("id", ID, ID_FORM),
                name=b.text("name"),
                days=days,
                months=months,
                day_kind=b.one_of("day_kind", ("working", "calendar")),
                counts_from=b.one_of("counts_from", allowed),
                rule=b.text("rule"),
                citation=b.text("citation"),
                verified=b.one_of("verified", VERIFIED, verified),
                sources=b.texts("sources", default=...),
            )
        )
        b.done()
    start, before = block.day("from"), block.text("before", "")
    if bool(start) != bool(before):
        raise block.broken("before", before, tr("a sentence on earlier goods where there is a from, and none else"))
    clock = Clock(start, before, block.text("citation"), verified, block.texts("rows", _ROW), tuple(steps))
    block.done()
    return clock


def _listing(block: Block) -> MeasureList:
    listing = MeasureList(block.matching("id", ID, tr("a list id")), block.text("totals", ""))
    block.done()
    return listing


def _brief(block: Block) -> BriefPlan:
    crossings = block.texts("crossings", ID)
    plan = BriefPlan(
        question=block.text("question"),
        territory=block.text("territory", ""),
        list_id=block.text("list_id", ""),
        enforcement=block.text("enforcement", ""),
        crossings=crossings,
        trade_pairs=block.texts("trade_pairs"),
        flow_products=block.texts("flow_products"),
        events=block.texts("events"),
        risks=block.texts("risks"),
        competes_with=block.texts("competes_with", ID),
        risk_countries=block.texts("risk_countries"),
        risk_places=block.texts("risk_places"),
        years_back=block.take("years_back", int, 1),
        marked=block.text("marked", ""),
        answers=block.texts("answers"),
        followed=block.texts("followed", re.compile(r"^[A-Za-z]+/[A-Z]{3}$")),
        silences=block.texts("silences", _ROW),
        firms=block.texts("firms"),
        asked=block.text("asked", ""),
        settled_by=block.text("settled_by", ""),
        looks=tuple(_look(b) for b in block.tables("look")),
        scans=block.texts("scans", ID),
        points=own_points(block, crossings),
    )
    if bool(plan.looks) != bool(plan.asked and plan.settled_by):
        raise block.broken(
            "asked",
            plan.asked,
            tr("a clause, with settled_by beside it, where there is a [[brief.look]]; neither of the two without one"),
        )
    block.done()
    return plan


def _without_braces(name: str, *, counts: bool) -> str:
    """What is allowed in place of words that nothing would fill."""
    if name == "group" and counts:
        return tr('words without {group}, or by = "sector" or by = "origin", which fills it')
    return tr("words without braces that nothing fills")


def _look(block: Block) -> Look:
    """One `[[brief.look]]`; what its kind does not read is an unknown key."""
    kind = block.one_of("kind", LOOKS)
    counts = kind in {"counted", "ratio", "share", "against"}
    look = Look(
        test=block.one_of("test", TESTS),
        kind=kind,
        words=block.text("words"),
        places=block.texts("places", ID) if counts else (),
        metrics=block.texts("metrics") if counts else (),
        under=block.text("under") if kind == "ratio" else "",
        partners=block.texts("partners") if counts else (),
        direction=block.one_of("direction", ("in", "out", "both"), "") if block.has("direction") and counts else "",
        by=block.one_of("by", ("sector", "origin")) if block.has("by") and counts else "",
        base=block.positive("base") if kind == "against" else 0,
        is_reversed=block.take("is_reversed", bool, False),
        shown=block.take("shown", int, 0),
        leads=block.take("leads", bool, False),
        stands_first=block.take("stands_first", bool, False),
        caution=block.text("caution", ""),
        events=block.texts("events", _ROW, ...) if kind == "tranches" else (),
        parts=block.texts("parts", ID) if kind == "tranches" else (),
        is_beside=block.take("is_beside", bool, False),
    )
    if counts and not (look.places and look.metrics):
        raise block.broken("places", look.places, tr("places and metrics of observations"))
    filled = {*(("place",) if counts else ()), *(("group",) if look.by or kind == "shifts" else ())}
    if unfilled := sorted({*_IN_BRACES.findall(look.words)} - filled):
        raise block.broken("words", look.words, _without_braces(unfilled[0], counts=counts))
    block.done()
    return look


def _whole(name: str, act: Measure) -> None:
    """Checks that need the whole file: ids once, sources defined and used, sectors without overlap."""
    if not act.provisions:
        raise broken(name, "provision", None, tr("at least one [[provision]]"))
    _once(name, tr("provision or sector id"), [p.id for p in act.parts])
    _once(name, tr("duty id"), [d.id for d in act.duties])
    for place, rule in enumerate(act.duties):
        earlier = [d.id for d in act.duties[:place]]
        for other in rule.unless:
            if other not in earlier:
                raise broken(name, tr("duty {id}.unless", id=rule.id), other, near(other, earlier))
    _once(name, tr("source id"), [s.id for s in act.sources])
    _once(name, tr("clock step id"), [s.id for s in act.clock.steps] if act.clock else [])
    defined = {s.id for s in act.sources}
    used = {s: tr("{kind} {id}.sources", kind=p.kind, id=p.id) for p in act.parts for s in p.sources}
    used |= {s: tr("duty {id}.sources", id=d.id) for d in act.duties for s in d.sources}
    used |= {e.source: tr("event of {date}, source", date=e.date) for e in act.events}
    used |= {
        s: tr("clock.step {id}.sources", id=step.id)
        for step in (act.clock.steps if act.clock else ())
        for s in step.sources
    }
    for source, where in used.items():
        if source not in defined:
            raise broken(name, where, source, near(source, defined))
    for source in sorted(defined - used.keys()):
        raise broken(name, tr("source {source}", source=source), source, tr("a source that some part cites"))
    for a, b in combinations(act.sectors, 2):
        if a.name.casefold() == b.name.casefold() and _overlap(a, b):
            raise broken(
                name,
                tr("sector {id}.from", id=b.id),
                b.start,
                tr("a start after the end of sector {id}: the periods overlap", id=a.id),
            )


def _overlap(a: Part, b: Part) -> bool:
    starts = [first_day(p.start) if p.start else date.min for p in (a, b)]
    ends = [last_day(p.end) if p.end else date.max for p in (a, b)]
    return max(starts) <= min(ends)


def _once(name: str, what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in ids:
        if value in seen:
            raise broken(name, what, value, tr("each id once"))
        seen.add(value)
