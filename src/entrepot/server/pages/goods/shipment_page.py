"""The file on a shipment that a customs officer asks for: its steps, their papers, and what is not there."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot.brief.charts.on_pages.asked_bar import asked_bar
from entrepot.core.errors import EntrepotError, MissingExtraError
from entrepot.server.page_parts.desk_files import safe_name
from entrepot.server.page_parts.drawn import address, drawn, with_refusals, words_of
from entrepot.server.page_parts.worked_out import Work, worked_out
from entrepot.server.pages.goods.supplies_held import supplies_held
from entrepot.server.pages.page import Page, Shown
from entrepot.server.refusal import headers_of, status_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.desk.answer import Answer
    from entrepot.desk.dossier import Dossier
    from entrepot.server.pages.page import Asked

LISTED = 40  # shipments of the page on which none is chosen; the field takes any other
OFFERED = 400  # numbers that the field offers
FEW = 6  # lines of a part that stand open, beside every fault
OPEN = 12  # steps that stand open: of more, each is opened by its line or its box
ASIDE = 100  # papers set aside that are listed; the data hold all
_SEE_OTHER, _NOT_FOUND = 303, 404  # of HTTP
_MEDIA = {"html": "text/html", "pdf": "application/pdf"}
# What the address says beside the shipment and the day, as the verb calls it.
_SAID = (
    "supplier", "kind", "commodity", "like", "presented", "seat", "employees", "turnover", "turnover_eu",
)  # fmt: skip


class _Shipment(NamedTuple):
    """A shipment that can be chosen: a paper between two parties."""

    document: str
    date: str
    goods: str
    supplier: str
    buyer: str
    supplier_id: str


@with_refusals("dossier")
def _render(asked: Asked) -> str | Shown:
    shipment, t = asked.one("shipment").strip(), words_of(asked)
    if not shipment:
        return _drawn(asked)
    try:
        found, what = _worked(asked), "dossier.working"
        made = _files(asked) if asked.one("files") and not isinstance(found, Work) else {}
    except EntrepotError as exc:
        heads = headers_of(exc)
        if "Retry-After" in heads:  # what may go well in a moment is asked again, and is no fault of the address
            raise
        return Shown(_drawn(asked, refused=str(exc)), status_of(exc), headers=heads)
    if isinstance(made, Work):
        found, what = made, "dossier.writing"
    if isinstance(found, Work):
        return drawn(
            asked, "dossier", "working.html", title=shipment, back=_here(asked, files=None), refresh=found.again,
            what=t(what, shipment=shipment), step=found.step,
        )  # fmt: skip
    return _drawn(asked, found, {form: len(data) for form, data in made.items()})


def _drawn(
    asked: Asked, found: Dossier | None = None, files: Mapping[str, int] | None = None, refused: str = ""
) -> str:
    shipments = _shipments(asked)
    given = {name: asked.one(name) for name in ("shipment", "as_of", *_SAID)}
    parts: defaultdict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in found.to_pylist() if found else ():
        parts[row["part"]].append(row)
    from entrepot.desk.dossier import ACROSS, GOODS, KINDS  # what computes is taken in by who asks for this page

    every = found.steps if found else ()
    names = dict.fromkeys(s.document for s in shipments)
    return drawn(
        asked, "dossier", "dossier.html", given=given, offered=list(names)[:OFFERED], shipments=shipments[:LISTED],
        all=len(shipments), requests=KINDS, commodities=GOODS, found=found, part=parts, open=OPEN, few=FEW, aside=ASIDE,
        whole=next((s for s in every if not s.number), None), steps=[s for s in every if s.number], across=ACROSS,
        bar=_bar, asked_for=found.asked if found else (), address_day=_query(asked)["as_of"], files=files or {},
        address=_here(asked, files=None), to_files=_here(asked, files="1"),
        file_at=lambda form: address(f"/dossier/{form}", **_query(asked, files=None)), refused=refused,
    )  # fmt: skip


def _bar(tally: Any) -> str:
    return asked_bar(tally.there, tally.not_told, tally.missing)


def _shipments(asked: Asked) -> list[_Shipment]:
    """What can be chosen, newest first."""
    held = asked.desk.supply_links(shipments=True, as_of=asked.one("as_of") or None).to_pylist()
    found = dict.fromkeys(
        _Shipment(r["document"], r["date"] or "", r["material"] or "", r["supplier"], r["buyer"], r["supplier_id"])
        for r in held
    )
    return sorted(found, key=lambda s: (s.date, s.document), reverse=True)


def _query(asked: Asked, **changed: str | None) -> dict[str, str | None]:
    """What the address says, with the day that holds: of an address that says none, today."""
    day = asked.one("as_of") or datetime.now(UTC).date().isoformat()
    said = {"shipment": asked.one("shipment").strip(), "as_of": day, **{n: asked.one(n) for n in _SAID}}
    return {**said, "files": asked.one("files"), **changed}


def _here(asked: Asked, **changed: str | None) -> str:
    return address("/dossier", **_query(asked, **changed))


def _said(asked: Asked) -> dict[str, Any]:
    """What the verb is asked, without what the address leaves open."""
    query = _query(asked, files=None)
    return {name: value for name, value in query.items() if value and name != "shipment"}


def _worked(asked: Asked) -> Any:
    """The dossier, or how far it has come."""
    shipment, said = asked.one("shipment").strip(), _said(asked)
    key = ("dossier", shipment, tuple(said.items()), *supplies_held(asked))
    return worked_out(key, lambda work: asked.desk.dossier(shipment, **said, progress=work.told))


def _files(asked: Asked) -> Any:
    """The page and the PDF by their form, or how far they have come; without the extra `print` the page alone."""
    shipment, said = asked.one("shipment").strip(), _said(asked)
    key = ("dossier-files", shipment, tuple(said.items()), *supplies_held(asked))

    def written(work: Work) -> dict[str, bytes]:
        with tempfile.TemporaryDirectory() as folder:
            out = {form: Path(folder, f"dossier.{form}") for form in _MEDIA}
            try:
                asked.desk.dossier(shipment, **said, **out, progress=work.told)
            except MissingExtraError:
                del out["pdf"]
                asked.desk.dossier(shipment, **said, **out, progress=work.told)
            return {form: path.read_bytes() for form, path in out.items()}

    return worked_out(key, written)


@with_refusals("dossier")
def _file(asked: Asked) -> Shown:
    """A file to take along; one that is not written yet is begun, by the page that says how far it is."""
    form = asked.path["form"]
    made = _files(asked) if form in _MEDIA and asked.one("shipment") else {}
    if isinstance(made, Work):
        return Shown("", _SEE_OTHER, headers={"location": _here(asked, files="1")})
    if form not in made:
        t = words_of(asked)
        return Shown(drawn(asked, "dossier", "refused.html", refused=t("dossier.no_file"), back="/dossier"), _NOT_FOUND)
    name = safe_name(f"dossier-{asked.one('shipment').strip()}-{_query(asked)['as_of']}.{form}")
    # Never shown within a page of ours: its looks lie within it, which the policy of content does not allow here.
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "_")
    return Shown(
        made[form], media=_MEDIA[form], headers={"content-disposition": f'attachment; filename="{ascii_name}"'}
    )


def _table(asked: Asked) -> Answer:
    found = _worked(asked)
    return found.future.result() if isinstance(found, Work) else found  # type: ignore[no-any-return]


_HEARD = ("shipment", "as_of", "files", *_SAID)
page = Page("/dossier", "dossier.title", _render, table=_table, heard=_HEARD)
file_of = Page("/dossier/{form}", "dossier.title", _file, is_file=True, heard=_HEARD)
