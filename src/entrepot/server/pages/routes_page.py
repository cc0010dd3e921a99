"""Routes between two places on a day, with places closed by a click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.server.page_parts.drawn import address, drawn, with_refusals, words_of
from entrepot.server.page_parts.worked_out import Work, rested, worked_out
from entrepot.server.pages.page import Page

if TYPE_CHECKING:
    from entrepot.desk.answer import Answer
    from entrepot.server.pages.page import Asked

FROM, TO = "urumqi", "duisburg"  # the way that most of the record's closures bear on


@with_refusals("routes")
def _render(asked: Asked) -> str:
    key = ("routes", *rested(asked.desk), tuple(sorted(asked.query.items())))
    found = worked_out(key, lambda _: _table(asked))
    if isinstance(found, Work):
        said = words_of(asked)("routes.working")
        return drawn(asked, "routes", "working.html", refresh=found.again, what=said, step="")
    names = {r["place_id"]: r["name"] for r in asked.desk.record("network_places").to_pylist()}
    shut = asked.query.get("close", ())
    return drawn(
        asked, "routes", "routes.html", rows=found.to_pylist(), notes=found.notes, names=names, shut=shut,
        ends=(asked.one("from", FROM), asked.one("to", TO)), by=asked.one("by", "time"),
        stops=sorted(names.items(), key=lambda p: str(p[1])), here_with=lambda place: _address(asked, place),
        here_on=lambda day: _address(asked, "", asked.one("as_of") or day),
    )  # fmt: skip


def _address(asked: Asked, place: str, day: str = "") -> str:
    """This page with one more place closed, or without it where it is closed already; as it is without a place."""
    shut = asked.query.get("close", ())
    closed = [p for p in (*shut, *(() if place in shut else (place,))) if p and (p != place or place not in shut)]
    said = {name: asked.one(name) for name in ("from", "to", "by", "as_of")}
    return address("/routes", **said | ({"as_of": day} if day else {}), close=closed or None)


def _table(asked: Asked) -> Answer:
    given: dict[str, Any] = {"close": asked.query.get("close", ()), "by": asked.one("by", "time")}
    found: Answer = asked.desk.corridor_route(
        asked.one("from", FROM), asked.one("to", TO), as_of=asked.one("as_of") or None, **given
    )
    return found


page = Page("/routes", "routes.title", _render, table=_table, heard=("from", "to", "by", "as_of", "close"))
