"""A measure of one's own: a TOML file beside the flows, read by the rules of the measures on record.

Two forms. The short one says who, whom, which goods and from when, and nothing else is needed. A file with
[[provision]] blocks is the long one, to the letter that of the files under data/acts. docs/measures.md explains both.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.core.runtime import rights
from entrepot.core.toml_block import Block, near, with_line
from entrepot.measures.act import KINDS, BriefPlan, Goods, Measure, Part
from entrepot.measures.act_files import ID, ID_FORM, PREFIX, REMEDY, act_of, broken
from entrepot.sources.cited import CitedSource
from entrepot.vocabulary import countries
from entrepot.vocabulary.goods import hs_code
from entrepot.vocabulary.groups import group_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

ENDING = ".toml"
_LARGEST = 1_000_000  # bytes: the longest file on record has 60,000; a table of flows given by mistake has millions
_PLACE = "an ISO code such as RUS or RU, a country's name, or EU"
_GOODS = 'a list of HS codes of 2, 4 or 6 digits, such as ["8541", "8542.31"], or "all"'


def is_own(text: str) -> bool:
    """Whether a measure is named by a file and not by an id."""
    return text.strip().casefold().endswith(ENDING)


def own_measure(path: Path, on_record: Collection[str]) -> Measure:
    """Read a measure of one's own.

    Args:
        path: the file.
        on_record: ids of the measures on record, of which rivals may be named; the id of the file may be none of them.

    Raises:
        UnreadableFileError: no such file, no TOML, or a key that breaks the rules, with its line and what is allowed.
    """
    text = _text(path)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as exc:
        raise UnreadableFileError(path, f"is not TOML: {exc}", remedy=REMEDY) from exc
    try:
        act = act_of(str(path), raw) if "provision" in raw else _short(Block(str(path), "", raw, REMEDY), path)
        _refuse_taken(str(path), act, on_record)
    except UnreadableFileError as exc:
        raise with_line(exc, text) from exc
    return act


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableFileError(path, "is too large for the file of a measure", allowed=f"{_LARGEST:,} bytes")
        return path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        remedy = rights.remedy(exc, path, "Give the path of the file, or an id: `entrepot measures` lists them.")
        raise UnreadableFileError(path, f"cannot be read ({exc.strerror or exc})", remedy=remedy) from exc
    except UnicodeDecodeError as exc:
        raise UnreadableFileError(path, f"is not UTF-8 ({exc})", remedy="Save it as UTF-8.") from exc


def _refuse_taken(file: str, act: Measure, on_record: Collection[str]) -> None:
    if act.id in on_record:
        raise broken(file, "id", act.id, "an id that no measure on record has")
    for other in act.brief.competes_with if act.brief else ():
        if other not in on_record:
            raise broken(file, "rivals" if not act.sectors else "brief.competes_with", other, near(other, on_record))


def _short(block: Block, path: Path) -> Measure:
    """The short form: one provision, whose source is the file itself where it names none."""
    named = block.has("id")
    name = block.matching("id", ID, ID_FORM) if named else _id_of(path)
    direction = block.one_of("direction", ("import", "export"), "import")
    kind = block.one_of("kind", KINDS, "import_ban" if direction == "import" else "export_control")
    title, who = block.text("title"), _place(block, "who", block.text("who"))
    whom = tuple(_place(block, "whom", w) for w in _list(block, "whom"))
    source = _source(block, path)
    part = _part(block, title, whom, source)
    rivals = block.texts("rivals", ID)
    act = Measure(
        id=name,
        title=title,
        short=title,
        jurisdiction=who,
        kind=kind,
        authority="as the file says",
        status="unknown",
        checked=str(part.start),
        direction=direction,
        territory=(),
        countries=whom,
        summary=title,
        unknown=(),
        provisions=(part,),
        sectors=(),
        clock=None,
        listing=None,
        brief=BriefPlan(competes_with=rivals),
        sources=(source,),
    )
    block.done()
    return act


def _part(block: Block, title: str, whom: tuple[str, ...], source: CitedSource) -> Part:
    goods = _goods(block)
    start, end = block.needed_day("from"), block.day("to")
    if end is not None and end < start:
        raise block.broken("to", end, f"a day not before from = {start}")
    return Part(
        id="measure",
        kind="provision",
        name="The measure",
        text=block.text("text", title),
        start=start,
        end=end,
        known_from=block.day("announced"),
        end_known=None,
        subject="",
        threshold="",
        goods="listed" if goods else "all",
        hs=goods,
        presumption=None,
        territory=(),
        countries=whom,
        citation=source.title,
        verified="unverified",
        sources=(source.id,),
        rows=(),
    )


def _goods(block: Block) -> tuple[Goods, ...]:
    """The prefixes; none for all goods."""
    given: Any = block.take("goods", (str, list))
    if given == "all":
        return ()
    if isinstance(given, str) or not given:
        raise block.broken("goods", given, _GOODS)
    return tuple(dict.fromkeys(_prefix(block, code) for code in given))


def _prefix(block: Block, code: object) -> Goods:
    digits = code.strip().replace(".", "") if isinstance(code, str) else ""
    if not PREFIX.match(digits):
        raise block.broken("goods", code, _GOODS)
    try:
        hs_code(digits)
    except BadInputError as exc:
        raise block.broken("goods", code, exc.allowed) from exc
    return Goods(digits, "named")


def _list(block: Block, key: str) -> tuple[str, ...]:
    """A text or a list of them; "all" for every country."""
    given: Any = block.take(key, (str, list))
    values = [given] if isinstance(given, str) else given
    for value in values:
        if not isinstance(value, str) or not value.strip():
            raise block.broken(key, value, f'{_PLACE}; a list of them; or "all"')
    return () if values == ["all"] else tuple(values)


def _place(block: Block, key: str, text: str) -> str:
    found = group_of(text) if group_of(text) == "EU" else countries.code_of(text)
    if not found:
        raise block.broken(key, text, _PLACE)
    return found


def _source(block: Block, path: Path) -> CitedSource:
    """Where it is known from: an address, or words; the file itself where neither is given."""
    said = block.text("source", "")
    is_address = said.startswith(("http://", "https://"))
    return CitedSource(
        id=f"s-{_id_of(path)}",
        publisher="a file of your own",
        title=said or path.name,
        url=said if is_address else "",
        url_basis="cited" if is_address else "none",
        source_kind="original",
        published=None,
        licence="",
    )


def _id_of(path: Path) -> str:
    """The file's name as an id: small letters, digits and hyphens."""
    words = "".join(c if c.isascii() and c.isalnum() else " " for c in path.stem.casefold()).split()
    return "-".join(words) or "own-measure"
