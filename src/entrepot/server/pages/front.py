"""The first page."""

from __future__ import annotations

from entrepot.server.drawing import draw
from entrepot.server.pages.page import Asked, Page


def _render(asked: Asked) -> str:
    from entrepot.desk.desk import VERBS

    return draw("front.html", title="Entrepot", person=asked.person, verbs=sorted(VERBS))


page = Page("/", "front.title", _render)
