"""Customs declarations as ASYCUDA World writes them (XML of the single administrative document), a row an item.

Its structure: Traders with Exporter and Consignee, name and address in one text of several lines; Declarant; Item with
Tarification (HScode, Item_price), Goods_description, Valuation_item (Weight_itm in kilograms, Item_Invoice with its
currency); Suppliers_documents, in which some countries name the supplier of an invoice. What is not given stands as an
empty element or as one that holds `null`.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.parsers import expat

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import ntr, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from entrepot.intake.unpack import Content

_ROOT = re.compile(rb"\s*(?:\xef\xbb\xbf)?(?:<\?xml[^>]*\?>)?\s*(?:<!--.*?-->\s*)*<ASYCUDA[\s>]", re.DOTALL)
_LARGEST = (
    50 * 2**20
)  # bytes: 999 items, the most of a declaration, of 10 kB each are a fifth; held, they are ten times that
_DEEPEST = 64  # elements within one another: the form has nine
_NO_DAY = "0/0/00"  # what systems write where an invoice has no day
_MONTHS = 12  # of a year: a larger number is a day
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2,4})")


class _RefusedError(ValueError):
    """A document type, or elements too deep."""


@dataclass(slots=True)
class _Element:
    """An element: its text, and those within it by name."""

    name: str
    text: list[str] = field(default_factory=list)
    within: dict[str, list[_Element]] = field(default_factory=dict)

    def first(self, *path: str) -> _Element | None:
        """The first element along a path; None where one is not there."""
        found: _Element | None = self
        for name in path:
            found = next(iter(found.within.get(name, ())), None) if found else None
        return found

    def said(self, *path: str) -> str:
        """The text at a path in one line; empty where it is not given."""
        return ", ".join(self.lines(*path))

    def lines(self, *path: str) -> list[str]:
        """The lines of the text at a path."""
        found = self.first(*path)
        if found is None or found.within.get("null"):
            return []
        lines = (" ".join(line.split()) for line in "".join(found.text).splitlines())
        return [line for line in lines if line and line.casefold() != "null"]


def is_declaration(begins: bytes) -> bool:
    """Whether bytes are such a declaration.

    >>> is_declaration(b'<?xml version="1.0" encoding="UTF-8"?><ASYCUDA><Property/>')
    True
    """
    return _ROOT.match(begins.replace(b"\0", b"").lstrip(b"\xff\xfe")) is not None


def as_text(content: Content) -> tuple[Content, str]:
    """A declaration as a text of a table, a row an item, and what there is to say of it.

    Args:
        content: the file.

    Raises:
        UnreadableFileError: it is not well-formed, defines a document type, or has no item.
    """
    data = content.whole()
    if len(data) > _LARGEST:
        raise UnreadableFileError(
            content.origin,
            tr("is larger than a declaration of ASYCUDA can be"),
            allowed=tr("at most {most:,} bytes", most=_LARGEST),
            remedy=tr("Export each declaration to a file of its own."),
        )
    root = _read(content.origin, data)
    items = root.within.get("Item", [])
    if not items:
        raise UnreadableFileError(
            content.origin,
            tr("is a declaration of ASYCUDA without an item"),
            allowed=tr("at least one Item"),
            remedy=tr("Export the declaration with its items."),
        )
    made = io.StringIO()
    write = csv.writer(made, delimiter="\t", lineterminator="\n")
    write.writerow(_COLUMNS)
    for item in items:
        write.writerow([told(root, item) for told in _COLUMNS.values()])
    said = ntr(
        len(items),
        "Read as a declaration of ASYCUDA of {count} item; taxes, transport and banks of it are not read.",
        "Read as a declaration of ASYCUDA of {count} items; taxes, transport and banks of it are not read.",
    )
    return replace(content, source=made.getvalue().encode(), is_gzip=False, member="", name="table.tsv"), said


def _read(origin: str, data: bytes) -> _Element:
    top = _Element("")
    open_elements = [top]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _RefusedError("a document type")

    def start(name: str, _: dict[str, str]) -> None:
        if len(open_elements) > _DEEPEST:
            raise _RefusedError(f"more than {_DEEPEST} elements within one another")
        made = _Element(name)
        open_elements[-1].within.setdefault(name, []).append(made)
        open_elements.append(made)

    def end(_: str) -> None:
        open_elements.pop()

    def characters(text: str) -> None:
        open_elements[-1].text.append(text)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, _RefusedError) as exc:
        raise UnreadableFileError(
            origin,
            tr("is a declaration of ASYCUDA that is broken ({exc})", exc=exc),
            allowed=tr("well-formed XML without a document type"),
            remedy=tr("Export the declaration again."),
        ) from exc
    return top.within["ASYCUDA"][0]


def _name(*path: str) -> Callable[[_Element, _Element], str]:
    """The name in a box that holds name and address: its first line."""
    return lambda root, _: next(iter(root.lines(*path)), "")


def _address(*path: str) -> Callable[[_Element, _Element], str]:
    """The address in such a box: what stands below the first line."""
    return lambda root, _: ", ".join(root.lines(*path)[1:])


def _of_root(*path: str) -> Callable[[_Element, _Element], str]:
    return lambda root, _: root.said(*path)


def _of_item(*path: str) -> Callable[[_Element, _Element], str]:
    return lambda _, item: item.said(*path)


def _supplier(root: _Element, item: _Element) -> str:  # noqa: ARG001 - of the whole declaration
    return _of_supplier(root, "name")


def _supplier_address(root: _Element, item: _Element) -> str:  # noqa: ARG001 - of the whole declaration
    return ", ".join(filter(None, (_of_supplier(root, p) for p in ("street", "city", "zip_code", "country"))))


def _of_supplier(root: _Element, part: str) -> str:
    """What is told of the supplier of the first invoice; older versions call it otherwise."""
    return root.said("Suppliers_documents", f"Suppliers_document_{part}") or root.said(
        "Suppliers_documents", f"Invoice_supplier_{part}"
    )


def _code(root: _Element, item: _Element) -> str:  # noqa: ARG001 - of the item alone
    """The code of the goods with its national part, where that is of digits alone."""
    code, more = (item.said("Tarification", "HScode", p) for p in ("Commodity_code", "Precision_1"))
    return f"{code}{more}" if code.isdigit() and more.isdigit() else code


def _goods(root: _Element, item: _Element) -> str:  # noqa: ARG001 - of the item alone
    return item.said("Goods_description", "Commercial_Description") or item.said(
        "Goods_description", "Description_of_goods"
    )


def _price(root: _Element, item: _Element) -> str:  # noqa: ARG001 - of the item alone
    return item.said(*_INVOICED, "Amount_foreign_currency") or item.said("Tarification", "Item_price")


def _currency(root: _Element, item: _Element) -> str:
    """The currency of the price: the item's invoice, else that of the whole."""
    own = item.said(*_INVOICED, "Currency_code") if item.said(*_INVOICED, "Amount_foreign_currency") else ""
    return own or root.said("Valuation", "Gs_Invoice", "Currency_code")


def _day(root: _Element, item: _Element) -> str:  # noqa: ARG001 - of the whole declaration
    """The day of registration, else of the declaration; between strokes in the order that a day of it proves.

    The system writes days as its user's language does. Where none of the declaration tells which is the month, the
    cell is left as it stands.
    """
    said = root.said("Identification", "Registration", "Date") or root.said("Property", "Date_of_declaration")
    found = _SLASHED.fullmatch(said)
    if not found or said == _NO_DAY:
        return "" if said == _NO_DAY else said
    days = [m for text in _texts(root) if (m := _SLASHED.fullmatch(text))]
    day_first = any(int(m[1]) > _MONTHS for m in days)
    if day_first == any(int(m[2]) > _MONTHS for m in days):
        return said
    year = found[3] if len(found[3]) > len("26") else f"20{found[3]}"
    day, month = (found[1], found[2]) if day_first else (found[2], found[1])
    return f"{year}-{month:0>2}-{day:0>2}"


def _texts(element: _Element) -> Iterator[str]:
    yield "".join(element.text).strip()
    for several in element.within.values():
        for one in several:
            yield from _texts(one)


def _document(root: _Element, item: _Element) -> str:  # noqa: ARG001 - of the whole declaration
    """The number by which customs registered it, with office and series, else the declarant's own reference."""
    number = root.said("Identification", "Registration", "Number")
    if not number:
        return root.said("Declarant", "Reference", "Number")
    series = root.said("Identification", "Registration", "Serial_number")
    office = root.said("Identification", "Office_segment", "Customs_clearance_office_code")
    return " ".join(filter(None, (office, f"{series}{number}")))


_INVOICED = ("Valuation_item", "Item_Invoice")
_EXPORTER, _CONSIGNEE = ("Traders", "Exporter"), ("Traders", "Consignee")
# What a column is called -> what stands in it for a declaration and an item of it.
_COLUMNS: dict[str, Callable[[_Element, _Element], str]] = {
    "Exporter": _name(*_EXPORTER, "Exporter_name"),
    "Exporter code": _of_root(*_EXPORTER, "Exporter_code"),
    "Exporter address": _address(*_EXPORTER, "Exporter_name"),
    "Country of export": _of_root("General_information", "Country", "Export", "Export_country_code"),
    "Consignee": _name(*_CONSIGNEE, "Consignee_name"),
    "Consignee code": _of_root(*_CONSIGNEE, "Consignee_code"),
    "Consignee address": _address(*_CONSIGNEE, "Consignee_name"),
    "Declarant": _name("Declarant", "Declarant_name"),
    "Supplier": _supplier,
    "Supplier address": _supplier_address,
    "HS code": _code,
    "Description of goods": _goods,
    "Country of origin": _of_item("Goods_description", "Country_of_origin_code"),
    "Net weight (kg)": _of_item("Valuation_item", "Weight_itm", "Net_weight_itm"),
    "Gross weight (kg)": _of_item("Valuation_item", "Weight_itm", "Gross_weight_itm"),
    "Value": _price,
    "Currency": _currency,
    "Date": _day,
    "Declaration number": _document,
    "Invoice number": _of_root("Suppliers_documents", "Suppliers_document_invoice_nbr"),
}
