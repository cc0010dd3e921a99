"""A report pasted or dropped, held against the record claim by claim, its verdicts in the margin."""

from __future__ import annotations

import tempfile
from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.ids import digest
from entrepot.server.page_parts.desk_files import safe_name
from entrepot.server.page_parts.drawn import address, drawn, with_refusals, words_of
from entrepot.server.page_parts.worked_out import Work, forget, held, worked_out
from entrepot.server.pages.page import Page, Shown

if TYPE_CHECKING:
    from entrepot.claims.model import Claim
    from entrepot.desk.check import Check
    from entrepot.server.pages.page import Asked

_SEE_OTHER, _GONE, _EMPTY = 303, 404, 422  # of HTTP
# Bytes: a thousand pages of PDF have twenty million; what is sent is held in memory here.
LONGEST = 50_000_000
ALARM = {"contradicts", "differs", "superseded", "imprecise"}  # verdicts that an editor has to look at


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the report: plain, or what a claim was read in.

    Attributes:
        text: as in the report.
        numbers: of the claims that were read in it; none for plain text.
        verdict: of the first of them.
    """

    text: str
    numbers: tuple[int, ...] = ()
    verdict: str = ""


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
    return drawn(
        asked,
        "check",
        "checked.html",
        blocks=_blocks(found),
        check=found,
        notes=[n for n in found.notes if n != found.checked.summary],
        alarm=ALARM,
    )


@with_refusals("check")
def _sent(asked: Asked) -> Shown:
    """Begin to hold a report against the record, and go where its verdicts will stand."""
    text, published = (asked.form.get("text") or ("",))[-1], (asked.form.get("published") or ("",))[-1]
    sent = asked.files.get("file")
    data = sent.file.read(LONGEST + 1) if sent else text.encode()
    t = words_of(asked)
    if len(data) > LONGEST:
        raise BadInputError(
            "the report is too long", allowed=f"{LONGEST:,} bytes", remedy="Send the chapter that you want checked."
        )
    if not data.strip():
        return Shown(drawn(asked, "check", "check.html", said=t("check.empty"), todo=t("check.empty_todo")), _EMPTY)
    name = safe_name(sent.name) if sent else "report.txt"
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


def _blocks(check: Check) -> list[tuple[list[Piece], list[tuple[int, Claim]]]]:
    """Each block of the report in pieces, with its claims and their numbers."""
    claims = sorted(check.found, key=attrgetter("span_start"))
    numbered = list(enumerate(claims, 1))
    starts = [c.span_start for c in claims]
    text, blocks = check.report.text, check.report.blocks
    spans = [(b.start, b.end) for b in blocks] or [(0, len(text))]
    made = []
    for start, end in spans:
        own = numbered[bisect_left(starts, start) : bisect_left(starts, end)]
        made.append((_pieces(text, start, end, own), list(own)))
    return made


def _pieces(text: str, start: int, end: int, own: list[tuple[int, Claim]]) -> list[Piece]:
    found, at = [], start
    for number, claim in own:
        first, last = claim.span_start, min(claim.span_end, end)
        if first < at:  # read in what another claim was read in already
            continue
        found += [Piece(text[at:first]), Piece(text[first:last], (number,), str(claim.verdict))]
        at = last
    return [*found, Piece(text[at:end])]


page = Page("/check", "check.title", _form, posts=_sent, role="reader")
