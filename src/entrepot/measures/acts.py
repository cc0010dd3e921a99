"""Measure files: TOML in, `Measure` out, or an error that names the file, the key and what was expected.

Nothing is guessed and nothing is skipped: an unknown key, a missing citation, a date that is none, a source id that
the file does not define stop the reading.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib.resources import files
from itertools import combinations
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadDateError, UnreadableFileError, nearest
from entrepot.core.periods import first_day, last_day
from entrepot.measures.measure import (
    BASES,
    DIRECTIONS,
    KINDS,
    STATUSES,
    VERIFIED,
    BriefPlan,
    Clock,
    Goods,
    Measure,
    MeasureList,
    MeasureSource,
    Part,
    Step,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

URL_BASES = ("seen", "cited", "rebuilt", "normalised", "replaced", "none")
SOURCE_KINDS = ("original", "syndicated", "clone", "none")
_ID = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")
_PREFIX = re.compile(r"^\d{2}(\d{2}(\d{2})?)?$")
_ISO = re.compile(r"^[A-Z]{2}$")
_ROW = re.compile(r"^[A-Za-z0-9][A-Za-z0-9.\-]*$")


def read_all() -> tuple[Measure, ...]:
    """Every file under data/acts, in order of id, and the checks that span files."""
    folder = files("entrepot.measures") / "data" / "acts"
    found = [
        read(entry.name, entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda e: e.name)
        if entry.name.endswith(".toml")
    ]
    ids = {m.id for m in found}
    shared: dict[str, MeasureSource] = {}
    for act in found:
        for other in act.brief.competes_with if act.brief else ():
            if other not in ids:
                raise _broken(f"{act.id}.toml", "brief.competes_with", other, _near(other, ids))
        for source in act.sources:
            if shared.setdefault(source.id, source) != source:
                raise _broken(f"{act.id}.toml", f"source {source.id}", source.title, "one text for one source id")
    return tuple(found)


def read(name: str, text: str) -> Measure:
    """One measure file.

    Args:
        name: the file's name, `<id>.toml`.
        text: its content.

    Raises:
        UnreadableFileError: names the file and the key; `column` is the key.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise UnreadableFileError(name, f"is not TOML: {exc}", remedy="See docs/measures.md.") from exc
    act = _measure(_Block(name, "", raw))
    if f"{act.id}.toml" != name:
        raise _broken(name, "id", act.id, f"the file's name, {name.removesuffix('.toml')}")
    _whole(name, act)
    return act


class _Block:
    """A table of the file; each key is taken once, and what is left over is an error."""

    def __init__(self, file: str, where: str, raw: dict[str, Any]) -> None:
        self.file, self.where, self._raw, self._asked = file, where, dict(raw), set[str]()

    def key(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def take(self, key: str, kind: type | tuple[type, ...], default: Any = ...) -> Any:
        self._asked.add(key)
        if key not in self._raw:
            if default is ...:
                raise _broken(self.file, self.key(key), None, "a value: the key is missing")
            return default
        value = self._raw.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise _broken(self.file, self.key(key), value, _words(kind))
        return value

    def text(self, key: str, default: Any = ...) -> str:
        value = str(self.take(key, str, default)).strip()
        if not value and default is ...:
            raise _broken(self.file, self.key(key), value, "a text that is not empty")
        return value

    def one_of(self, key: str, allowed: Collection[str], default: Any = ...) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise _broken(self.file, self.key(key), value, _near(value, allowed))
        return value

    def matching(self, key: str, form: re.Pattern[str], expected: str) -> str:
        value = self.text(key)
        if not form.match(value):
            raise _broken(self.file, self.key(key), value, expected)
        return value

    def texts(self, key: str, form: re.Pattern[str] | None = None, default: Any = ()) -> tuple[str, ...]:
        values = self.take(key, (list, tuple), default)
        for value in values:
            if not isinstance(value, str) or not value.strip() or (form and not form.match(value)):
                raise _broken(self.file, self.key(key), value, f"a list of texts like {form.pattern if form else 'a word'}")
        if len(set(values)) != len(values):
            raise _broken(self.file, self.key(key), values, "each value once")
        return tuple(values)

    def day(self, key: str, default: Any = None) -> str | None:
        value = self.take(key, (date, str), default)
        if value is None:
            return None
        try:
            first_day(str(value))
        except BadDateError as exc:
            raise _broken(self.file, self.key(key), value, "2024, 2024-11 in quotes, or 2024-11-05") from exc
        if not re.match(r"^\d{4}(-\d{2}(-\d{2})?)?$", str(value)):
            raise _broken(self.file, self.key(key), value, "2024, 2024-11 in quotes, or 2024-11-05")
        return str(value)

    def tables(self, key: str) -> list[_Block]:
        blocks = self.take(key, list, [])
        return [
            _Block(self.file, f"{self.key(key)} {b.get('id', i + 1) if isinstance(b, dict) else i + 1}", _table(b, self, key))
            for i, b in enumerate(blocks)
        ]

    def table(self, key: str) -> _Block | None:
        raw = self.take(key, dict, None)
        return None if raw is None else _Block(self.file, self.key(key), raw)

    def done(self) -> None:
        for key in self._raw:
            raise _broken(self.file, self.key(key), key, f"a known key: {_near(key, self._asked)}")


def _measure(block: _Block) -> Measure:
    provisions = tuple(_provision(b) for b in block.tables("provision"))
    sectors = tuple(_sector(b) for b in block.tables("sector"))
    clock, listing, brief = (block.table(k) for k in ("clock", "list", "brief"))
    act = Measure(
        id=block.matching("id", _ID, "words in small letters joined by hyphens"),
        title=block.text("title"),
        short=block.text("short"),
        jurisdiction=block.matching("jurisdiction", _ISO, "two capital letters, as in US or EU"),
        kind=block.one_of("kind", KINDS),
        authority=block.text("authority"),
        status=block.one_of("status", STATUSES),
        checked=_needed(block, "checked"),
        direction=block.one_of("direction", DIRECTIONS),
        territory=block.texts("territory", _ID),
        countries=block.texts("countries", _ISO),
        summary=block.text("summary"),
        unknown=block.texts("unknown"),
        provisions=provisions,
        sectors=sectors,
        clock=_clock(clock) if clock else None,
        listing=_listing(listing) if listing else None,
        brief=_brief(brief) if brief else None,
        sources=tuple(_source(b) for b in block.tables("source")),
    )
    block.done()
    return act


def _provision(block: _Block) -> Part:
    return _part(block, "provision", block.text("text"), presumption=None)


def _sector(block: _Block) -> Part:
    carries = block.take("presumption", bool)
    text = block.text("text", "Priority sector of enforcement; the presumption covers every good, in a priority sector or not.")
    return _part(block, "sector", text, presumption=carries)


def _part(block: _Block, kind: str, text: str, *, presumption: bool | None) -> Part:
    hs = tuple(_goods(b) for b in block.tables("hs"))
    goods = block.one_of("goods", ("all", "listed", "none"), "listed" if hs else "none")
    if (goods == "listed") != bool(hs):
        raise _broken(block.file, block.key("goods"), goods, "goods = \"listed\" together with hs, or neither")
    part = Part(
        id=block.matching("id", _ID, "words in small letters joined by hyphens"),
        kind=kind,
        name=block.text("name"),
        text=text,
        start=block.day("from"),
        end=block.day("to"),
        known_from=block.day("known_from"),
        subject=block.text("subject", ""),
        threshold=block.text("threshold", ""),
        goods=goods,
        hs=hs,
        presumption=presumption,
        countries=block.texts("countries", _ISO),
        citation=block.text("citation"),
        verified=block.one_of("verified", VERIFIED),
        sources=block.texts("sources"),
        rows=block.texts("rows", _ROW),
    )
    block.done()
    if part.start and part.end and last_day(part.end) < first_day(part.start):
        raise _broken(block.file, block.key("to"), part.end, f"a day not before from = {part.start}")
    if not part.sources:
        raise _broken(block.file, block.key("sources"), [], "at least one source id; verified says how good it is")
    return part


def _goods(block: _Block) -> Goods:
    prefix = block.matching("prefix", _PREFIX, "2, 4 or 6 digits without dots")
    basis = block.one_of("basis", BASES)
    block.done()
    return Goods(prefix, basis)


def _clock(block: _Block) -> Clock:
    verified = block.one_of("verified", VERIFIED)
    steps: list[Step] = []
    for b in block.tables("step"):
        allowed = ("presented", "detained", *(s.id for s in steps))
        steps.append(
            Step(
                id=b.matching("id", _ID, "words in small letters joined by hyphens"),
                name=b.text("name"),
                days=_positive(b, "days"),
                day_kind=b.one_of("day_kind", ("working", "calendar")),
                counts_from=b.one_of("counts_from", allowed),
                rule=b.text("rule"),
                citation=b.text("citation"),
                verified=b.one_of("verified", VERIFIED, verified),
                sources=b.texts("sources", default=...),
            )
        )
        b.done()
    clock = Clock(block.text("citation"), verified, block.texts("rows", _ROW), tuple(steps))
    block.done()
    return clock


def _listing(block: _Block) -> MeasureList:
    listing = MeasureList(block.matching("id", _ID, "a list id"), block.text("totals", ""))
    block.done()
    return listing


def _brief(block: _Block) -> BriefPlan:
    plan = BriefPlan(
        question=block.text("question"),
        territory=block.text("territory", ""),
        list_id=block.text("list_id", ""),
        enforcement=block.text("enforcement", ""),
        crossings=block.texts("crossings", _ID),
        trade_pairs=block.texts("trade_pairs"),
        flow_products=block.texts("flow_products"),
        events=block.texts("events"),
        risks=block.texts("risks"),
        competes_with=block.texts("competes_with", _ID),
        risk_countries=block.texts("risk_countries"),
        years_back=block.take("years_back", int, 1),
        followed=block.texts("followed", re.compile(r"^[A-Za-z]+/[A-Z]{3}$")),
        silences=block.texts("silences", _ROW),
    )
    block.done()
    return plan


def _source(block: _Block) -> MeasureSource:
    source = MeasureSource(
        id=block.matching("id", re.compile(r"^s-[a-z0-9-]+$"), "s- and words in small letters joined by hyphens"),
        publisher=block.text("publisher"),
        title=block.text("title"),
        url=block.text("url", ""),
        url_basis=block.one_of("url_basis", URL_BASES),
        source_kind=block.one_of("source_kind", SOURCE_KINDS),
        published=block.day("published"),
        licence=block.text("licence", ""),
    )
    block.done()
    if source.url and not re.match(r"^https?://[^\s]+$", source.url):
        raise _broken(block.file, block.key("url"), source.url, "an address that starts with http:// or https://")
    if bool(source.url) == (source.url_basis == "none"):
        raise _broken(block.file, block.key("url_basis"), source.url_basis, 'url_basis = "none" exactly where url is empty')
    if source.source_kind == "clone" and source.url:
        raise _broken(block.file, block.key("url"), source.url, "no url: a clone has no address fit to cite")
    return source


def _whole(name: str, act: Measure) -> None:
    """Checks that need the whole file: ids once, sources defined and used, sectors without overlap."""
    if not act.provisions:
        raise _broken(name, "provision", None, "at least one [[provision]]")
    _once(name, "provision or sector id", [p.id for p in act.parts])
    _once(name, "source id", [s.id for s in act.sources])
    _once(name, "clock step id", [s.id for s in act.clock.steps] if act.clock else [])
    defined = {s.id for s in act.sources}
    used = {s: f"{p.kind} {p.id}.sources" for p in act.parts for s in p.sources}
    used |= {s: f"clock.step {step.id}.sources" for step in (act.clock.steps if act.clock else ()) for s in step.sources}
    for source, where in used.items():
        if source not in defined:
            raise _broken(name, where, source, _near(source, defined))
    for source in sorted(defined - used.keys()):
        raise _broken(name, f"source {source}", source, "a source that some part cites")
    for a, b in combinations(act.sectors, 2):
        if a.name.casefold() == b.name.casefold() and _overlap(a, b):
            raise _broken(name, f"sector {b.id}.from", b.start, f"a start after the end of sector {a.id}: the periods overlap")


def _overlap(a: Part, b: Part) -> bool:
    starts = [first_day(p.start) if p.start else date.min for p in (a, b)]
    ends = [last_day(p.end) if p.end else date.max for p in (a, b)]
    return max(starts) <= min(ends)


def _once(name: str, what: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in ids:
        if value in seen:
            raise _broken(name, what, value, "each id once")
        seen.add(value)


def _needed(block: _Block, key: str) -> str:
    value = block.day(key)
    if value is None:
        raise _broken(block.file, block.key(key), None, "a date: the key is missing")
    return value


def _positive(block: _Block, key: str) -> int:
    value = block.take(key, int)
    if value < 1:
        raise _broken(block.file, block.key(key), value, "1 or more")
    return int(value)


def _table(value: object, parent: _Block, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise _broken(parent.file, parent.key(key), value, "a table")
    return value


def _words(kind: type | tuple[type, ...]) -> str:
    names = {str: "a text in quotes", int: "a whole number", bool: "true or false", list: "a list", dict: "a table"}
    names |= {date: "a date"}
    kinds = kind if isinstance(kind, tuple) else (kind,)
    return " or ".join(names[k] for k in kinds if k in names)


def _near(value: str, allowed: Collection[str]) -> str:
    close = nearest(value, allowed)
    return ("did you mean " if close else "one of ") + ", ".join(close or sorted(allowed))


def _broken(file: str, key: str, found: object, expected: str) -> UnreadableFileError:
    shown = "" if found is None else f" is {found!r}"
    return UnreadableFileError(
        file, f"this measure file cannot be used{shown}", column=key, allowed=expected, remedy="docs/measures.md explains each key."
    )
