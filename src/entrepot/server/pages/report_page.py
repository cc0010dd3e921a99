"""A report pasted or dropped, held against the record claim by claim, its verdicts in the margin."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.ids import digest
from entrepot.core.words.translate import tr
from entrepot.server.page_parts.desk_files import safe_name
from entrepot.server.page_parts.drawn import address, drawn, with_refusals, words_of
from entrepot.server.page_parts.worked_out import Work, forget, held, worked_out
from entrepot.server.pages.page import Page, Shown, pasted_or_sent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.desk.check import Check
    from entrepot.server.pages.page import Asked

_SEE_OTHER, _GONE, _EMPTY = 303, 404, 422  # of HTTP
# Bytes: a thousand pages of PDF have twenty million; what is sent is held in memory here.
LONGEST = 50_000_000
PASTED = "report.txt"  # what text that was pasted is called


@with_refusals("check")
def _form(asked: Asked) -> str | Shown:
    if not (wanted := asked.one("report")):
        return drawn(asked, "check", "check.html", said="", todo="")
    found = held(("check", str(asked.desk.store), wanted))
    t = words_of(asked)
    if isinstance(found, Work):
        return drawn(asked, "check", "working.html", refresh=found.again, what=t("check.working"), step=found.step)
    if found is None:
        return Shown(drawn(asked, "check", "check.html", said=t("check.gone"), todo=t("check.gone_todo")), _GONE)
    values = found.checked.shown
    read = words_of(asked)("check.report") if values["title"] == PASTED else values["title"]
    return drawn(asked, "check", "checked.html", **values | {"title": read}, hints=_hints(found, values))


@with_refusals("check")
def _sent(asked: Asked) -> Shown:
    """Begin to hold a report against the record, and go where its verdicts will stand."""
    published = (asked.form.get("published") or ("",))[-1]
    text, sent = pasted_or_sent(asked)
    data = sent.file.read(LONGEST + 1) if sent else text.encode()
    t = words_of(asked)
    if len(data) > LONGEST:
        raise BadInputError(
            tr("the report is too long"),
            allowed=tr("{longest:,} bytes", longest=LONGEST),
            remedy=tr("Send the chapter that you want checked."),
        )
    if not data.strip():
        return Shown(drawn(asked, "check", "check.html", said=t("check.empty"), todo=t("check.empty_todo")), _EMPTY)
    name = safe_name(sent.name) if sent else PASTED
    key = digest((published, " ", name, " ", data), digits=16)

    def make(work: Work) -> Check:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder).joinpath(name)
            file.write_bytes(data)
            found: Check = asked.desk.check(file, published=published or None, progress=work.told)
            return found

    forget(("check", str(asked.desk.store), key))  # sent again it is checked again: the record may be another
    worked_out(("check", str(asked.desk.store), key), make)
    return Shown("", _SEE_OTHER, headers={"location": address("/check", report=key)})


def _hints(check: Check, values: Mapping[str, Any]) -> list[str]:
    """Notes of the verb that the page does not say in another place."""
    return [n for n in check.notes if n != check.summary and n not in values["notes"]]


page = Page("/check", "check.title", _form, posts=_sent, role="reader", heard=("report",))
