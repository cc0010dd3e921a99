"""The pages of the server, each in a module of its own that holds `page`. See docs/design/49-server.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.server.pages import front

if TYPE_CHECKING:
    from entrepot.server.pages.page import Page

PAGES: tuple[Page, ...] = (front.page,)
