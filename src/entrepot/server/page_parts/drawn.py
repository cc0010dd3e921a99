"""A page drawn with its words; what a verb refuses is shown as its sentence."""

from __future__ import annotations

import re
import sys
from datetime import UTC, datetime
from functools import wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from entrepot.core import findings
from entrepot.core.errors import BadInputError, EntrepotError, UnknownNameError
from entrepot.core.units import two_decimals
from entrepot.core.words.translate import tr
from entrepot.server.drawing import draw
from entrepot.server.page_parts.page_notes import error_for_page, for_page, telling
from entrepot.server.page_parts.page_words import words_for
from entrepot.server.pages.page import Shown
from entrepot.server.refusal import for_client, headers_of, status_of, traced

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from entrepot.server.page_parts.linked_marks import Mark
    from entrepot.server.page_parts.page_words import Words
    from entrepot.server.pages.page import Asked, Render

NO_MARKS: Mapping[str, Mark] = MappingProxyType({})
_FIGURE = re.compile(r'href="#(f-[0-9a-f]+)"')
# In the order in which most people need them; the key of each is also that of its title.
PLACES = (
    ("question", "/"),
    ("desk", "/desk"),
    ("parties", "/parties"),
    ("search", "/search"),
    ("crossings", "/crossings"),
    ("record", "/record"),
    ("check", "/check"),
    ("tracing", "/tracing"),
    ("dossier", "/dossier"),
    ("diversion", "/diversion"),
    ("flows", "/flows"),
    ("routes", "/routes"),
    ("scenarios", "/scenarios"),
)


def drawn(asked: Asked, here: str, template: str, **values: Any) -> str:
    """A page by its template, with its place among the others.

    Args:
        asked: what was asked for.
        here: the key of its place.
        template: its name below `templates`.
        values: what it is drawn with.
    """
    t = words_of(asked)
    given = {"title": t(f"{here}.title"), "today": datetime.now(UTC).date().isoformat(), **values}
    shared = {
        "evidence": evidence,
        "at": address,
        "bare": bare,
        "score": two_decimals,  # as terminals and records write it: one who holds them side by side sees one figure
        "for_page": for_page,
        "told_again": telling(t.language),
    }
    # Said without its own address, a page that asks again behind `#rows` is taken for being there already.
    again_at = f"?{urlencode(asked.query, doseq=True)}"
    return draw(template, t=t, here=here, places=PLACES, asked=asked, again_at=again_at, **shared, **given)


def words_of(asked: Asked) -> Words:
    """The words for who asks."""
    return words_for(asked.languages)


def evidence(row_id: str) -> str:
    """The address of what stands behind an id."""
    return f"/evidence/{quote(str(row_id), safe='')}"


def address(path: str, **values: Any) -> str:
    """An address with what is said behind its question mark; what is empty is left out."""
    said = urlencode({k: v for k, v in values.items() if v not in (None, "")}, doseq=True)
    return f"{path}?{said}" if said else path


def bare(value: float | None) -> str:
    """A number as a program reads it; nothing where there is none."""
    return "" if value is None else findings.plain(value)


def linked(drawing: str, dated: Mapping[str, Mark] = NO_MARKS) -> str:
    """A drawing whose marks open their evidence here, and not a row of the page that it was drawn for.

    Args:
        drawing: an `<svg>`.
        dated: when and where a figure is of, by its id.
    """

    def opened(found: re.Match[str]) -> str:
        mark = dated.get(found[1])
        return f'href="/evidence/{found[1]}"{mark.attributes if mark else ""}'

    return _FIGURE.sub(opened, drawing)


def known_names(asked: Asked, names: Collection[str]) -> None:
    """Refuse an address that says what its page does not hear, for the page would be shown as if it had not been said.

    Args:
        asked: what was asked for.
        names: what the page hears, beside the form of its rows.

    Raises:
        UnknownNameError: another name stands behind the question mark.
    """
    heard = {*names, "format"}
    for name in asked.query:
        if name not in heard:
            raise UnknownNameError(tr("name in the address of this page"), name, heard)


def with_refusals(here: str, more: Callable[[Asked], str] | None = None) -> Callable[[Render], Render]:
    """Have a page show what a verb refuses, with the status that fits it.

    Args:
        here: the key of the page's place.
        more: says what else can be done, below the refusal; empty for nothing.
    """

    def around(render: Render) -> Render:
        @wraps(render)
        def shown(asked: Asked) -> str | Shown:
            try:
                return render(asked)
            except EntrepotError as raised:
                exc = for_client(raised)
                assert isinstance(exc, EntrepotError)
                if exc is not raised:
                    sys.stderr.write(traced(raised))  # for who runs the server: the page does not say it
                heads = headers_of(exc)
                # A page that somebody only looks at goes on by itself when the store is free again.
                is_sent = bool(asked.form or asked.files)
                again = {} if is_sent or "Retry-After" not in heads else {"refresh": heads["Retry-After"]}
                return Shown(
                    drawn(
                        asked,
                        here,
                        "refused.html",
                        refused=error_for_page(exc),
                        todo=more(asked) if more else "",
                        **again,
                    ),
                    status_of(exc),
                    headers=heads,
                )

        return shown

    return around


def skipped(asked: Asked) -> int:
    """How many rows the address leaves out, those of the pages before.

    Raises:
        BadInputError: it says no number.
    """
    word = asked.one("skip", "0")
    if not word.isdecimal():
        raise BadInputError(tr("the rows to leave out are no number"), found=word, allowed="0, 100, 200, …")
    return int(word)


def plain_rows(rows: list[dict[str, Any]], wanted: str) -> list[dict[str, Any]]:
    """The rows in which every wanted word stands somewhere."""
    parts = wanted.casefold().split()
    return [r for r in rows if all(p in " ".join(map(str, r.values())).casefold() for p in parts)]
