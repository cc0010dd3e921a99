"""The pages of the server, each in a module of its own that holds `page`. See docs/design/50-pages.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.server.pages import (
    crossings_page,
    diversion_page,
    evidence_page,
    parties_page,
    question_page,
    record_page,
    report_page,
    routes_page,
    search_page,
)
from entrepot.server.pages.desk import changes_page, clearance_page, desk_page
from entrepot.server.pages.goods import flows_page, shipment_page, tracing_page
from entrepot.server.pages.scenarios import scenarios_page

if TYPE_CHECKING:
    from entrepot.server.pages.page import Page

PAGES: tuple[Page, ...] = (
    question_page.page,
    desk_page.page,
    desk_page.file_page,
    clearance_page.page,
    changes_page.page,
    parties_page.page,
    search_page.page,
    crossings_page.page,
    crossings_page.one_page,
    record_page.page,
    record_page.table_page,
    report_page.page,
    diversion_page.page,
    flows_page.page,
    flows_page.lines_of,
    tracing_page.page,
    tracing_page.file_page,
    shipment_page.page,
    shipment_page.file_of,
    routes_page.page,
    scenarios_page.page,
    evidence_page.page,
)
