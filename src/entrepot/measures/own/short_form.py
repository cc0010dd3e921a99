"""The short form of a measure of one's own: who, whom, which goods, from when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from entrepot.core.errors import BadInputError
from entrepot.core.ids import digest
from entrepot.core.periods import as_of as day_of
from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.measures.act import KINDS, BriefPlan, Goods, Measure, Part
from entrepot.measures.act_files import ID, ID_FORM, PREFIX
from entrepot.sources.cited import CitedSource
from entrepot.vocabulary import countries, partners
from entrepot.vocabulary.goods import dotted, hs_code
from entrepot.vocabulary.groups import group_of, members

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.core.toml_block import Block

_PLACE = marked("an ISO code such as RUS or RU, a country's name, or EU")
_ADDRESS = re.compile(r"https?://[^ /]+[^ ]*")  # as the register of sources takes it, and with a host
_GOODS = marked('a list of HS codes of 2, 4 or 6 digits, such as ["85", "8542.31"], or "all"')


def short_form(block: Block, path: Path) -> Measure:
    """The measure of a file in the short form: one provision, whose source is the file itself where it names none.

    Args:
        block: the file.
        path: where it lies; its name is the id where it gives none.

    Raises:
        UnreadableFileError: names the file and the key.
    """
    named = block.has("id")
    name = block.matching("id", ID, ID_FORM) if named else _id_of(path)
    direction = block.one_of("direction", ("import", "export"), "import")
    kind = block.one_of("kind", KINDS, "not_said")  # a duty is no ban: what the file does not say is not made up
    title, who = _title(block), _place(block, "who", block.text("who"))
    whom = tuple(_place(block, "whom", w) for w in _list(block, "whom"))
    source = _source(block, path)
    goods = _goods(block)
    on = _on(who, whom, goods, direction)
    part = _part(block, on, whom, goods, source)
    _refuse_within(block, who, part)
    rivals = block.texts("rivals", ID)
    act = Measure(
        id=name,
        title=title,
        short=title,
        jurisdiction=who,
        kind=kind,
        authority=marked("as the file says"),
        status="unknown",
        checked=str(part.start),
        direction=direction,
        territory=(),
        countries=whom,
        summary=on,
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


@in_english
def _on(who: str, whom: tuple[str, ...], goods: tuple[Goods, ...], direction: str) -> str:
    """Who applies the measure, to whom and on which goods: what the file says of it, in a sentence."""
    names = {
        "who": _several((who,)),
        "whom": _several(whom) or tr("all countries"),
        "goods": "HS " + ", ".join(dotted(g.prefix) for g in goods) if goods else tr("all goods"),
    }
    if direction == "export":
        return tr("Applied by {who} to exports to {whom}: {goods}.", **names)
    return tr("Applied by {who} to imports from {whom}: {goods}.", **names)


def _several(places: tuple[str, ...]) -> str:
    names = [countries.name(p) for p in places]  # a name in capitals stands for several words: the EU
    return ", ".join(tr("the {name}", name=n) if n.isupper() else countries.with_article(n) for n in names)


def _part(block: Block, on: str, whom: tuple[str, ...], goods: tuple[Goods, ...], source: CitedSource) -> Part:
    start, end = block.needed_day("from"), block.day("to")
    if end is not None and end < start:
        raise block.broken("to", end, tr("a day not before from = {start}", start=start))
    known = _start_known(block, start)
    return Part(
        id="measure",
        kind="provision",
        name=marked("The measure"),
        text=block.text("text", on),
        start=start,
        end=end,
        known_from=known,
        end_known=_end_known(block, end),
        subject="",
        threshold="",
        goods="listed" if goods else "all",
        hs=goods,
        presumption=None,
        territory=(),
        countries=whom,
        citation=source.url or source.publisher,
        verified="unverified",
        sources=(source.id,),
        rows=(),
    )


def _start_known(block: Block, start: str) -> str | None:
    """From when the measure was known; of one still to come, where the file does not say, from today: it knows it."""
    known = block.day("announced")
    if known is not None and first_day(known) > last_day(start):
        raise block.broken(
            "announced", known, tr("a day not after from = {start}, or no such line: it is known then", start=start)
        )
    today = day_of(None)
    return known or (today.isoformat() if first_day(start) > today else None)


def _end_known(block: Block, end: str | None) -> str | None:
    """From when the last day was known; of one still to come, where the file does not say, from today: it knows it.

    Of one that has passed nothing tells whether it was set at the start, and on an earlier day it is not known.
    """
    known = block.day("to_known_from")
    if known is not None and (end is None or first_day(known) > last_day(end)):
        raise block.broken("to_known_from", known, tr("a day not after to, where there is one"))
    today = day_of(None)
    return known or (today.isoformat() if end is not None and last_day(end) > today else None)


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
            raise block.broken(key, value, tr('{place}; a list of them; or "all"', place=_PLACE))
    return () if values == ["all"] else tuple(values)


def _refuse_within(block: Block, who: str, part: Part) -> None:
    """A measure on trade is between two places: who applies it, or a member of it then, is none of those it touches."""
    within = {who}
    if group := group_of(who):
        within |= {countries.code_of(m) or m for m in members(group, first_day(str(part.start)))}
    if at := next((w for w in part.countries if w in within), None):
        raise block.broken("whom", at, tr('another place than who = {who} and its members; or "all"', who=who))


def _place(block: Block, key: str, text: str) -> str:
    # A person of any country writes the names of her own language: those that a file of flows may have are known.
    found = "EU" if group_of(text) == "EU" else countries.code_of(text) or countries.code_of(partners.code_of(text))
    if not found:
        raise block.broken(key, text, _PLACE)
    return found


def _title(block: Block) -> str:
    title = block.text("title")
    if set(title) & set("{}"):  # the sentences of a brief hold it, and have their figures in braces
        raise block.broken("title", title, tr("words without braces"))
    return title


def _source(block: Block, path: Path) -> CitedSource:
    """Where it is known from: an address, whose host is named; words; the file itself where neither is given.

    Its id holds what it says: what was cited under an earlier text of the file is not cited under the later one.
    """
    said = block.text("source", "")
    is_address = said.startswith(("http://", "https://"))
    if is_address and not _ADDRESS.fullmatch(said):
        raise block.broken("source", said, tr("an address with a host, such as https://example.org/act, or words"))
    return CitedSource(
        id=f"s-own-{_id_of(path)}-{digest(said or path.name, 8)}",
        publisher=(urlsplit(said).hostname or said) if is_address else said or path.name,
        title="",
        url=said if is_address else "",
        url_basis="cited" if is_address else "none",
        source_kind="original",
        published=None,
        licence="",
    )


def _id_of(path: Path) -> str:
    """The file's name as an id: small Latin letters, digits and hyphens, whatever script it is in."""
    from anyascii import anyascii

    words = "".join(c if c.isascii() and c.isalnum() else " " for c in anyascii(path.stem).casefold()).split()
    return "-".join(words) or "own-measure"
