"""The layouts in which systems export vendors: headings, separator, encoding, and how a long name fills fields."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vendors.listed_names import WIDTH
from vendors.vendor import plain

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from vendors.vendor import Vendor


@dataclass(frozen=True, slots=True, eq=False)
class Layout:
    """How a system writes vendors.

    Attributes:
        name: of the layout.
        headings: of the columns, each behind what it holds: key, name1 to name4, street, city, postcode, ...
        separator: between cells.
        encoding: of the file; letters that it lacks are written without their marks, else as a question mark.
        han: whether it holds Chinese names.
        width: bytes of a name field in that encoding, where it is narrower than the name; 0 for any length.
        options: of `entrepot screen`, what a user has to say of the file.
    """

    name: str
    headings: dict[str, str]
    separator: str = ","
    encoding: str = "utf-8"
    han: bool = False
    width: int = WIDTH
    options: tuple[str, ...] = ()


_SEARCHED = 20  # letters of a search name, to which Dynamics cuts the name

_SAP = (
    "key=LIFNR land=LAND1 name1=NAME1 name2=NAME2 name3=NAME3 name4=NAME4 city=ORT01 postcode=PSTLZ street=STRAS "
    "tax=STCD1 other=STCD2"
)
_GERMAN = (
    "key=Kreditor|name1=Name 1|name2=Name 2|street=Straße|postcode=PLZ|city=Ort|land=Land|tax=Steuernummer 1|"
    "other=Bankkonto"
)
_GUI = "key=Vendor|name1=Name 1|name2=Name 2|street=Street|postcode=Postal Code|city=City|land=Country|tax=Tax Number 1"
_CHINESE = (
    "key=供应商编码|name1=供应商名称|name2=名称2|street=地址|postcode=邮政编码|"
    "land=国家|tax=统一社会信用代码|other=开户行账号"
)
_PROVINCE = (
    "key=Vendor No.|name1=Vendor Name|street=Address|city=City|province=Province|postcode=Postal Code|"
    "land=Country/Region|tax=Tax ID"
)


# As Dynamics 365 exports them: further names of the same vendor, and columns that only sound like a vendor.
_DYNAMICS = (
    "key=Vendor account|name1=Vendor name|search=Search name|alias=Name alias|group=Vendor group|land=Country/region|"
    "street=Street|city=City|postcode=ZIP/postal code|tax=Tax exempt number|hold=Vendor hold"
)


def _headings(said: str, separator: str = "|") -> dict[str, str]:
    return dict(pair.split("=") for pair in said.split(separator))


LAYOUTS = (
    Layout("sap", _headings(_SAP, " "), "\t"),
    Layout("sap-gui", _headings(_GUI), ";"),
    Layout("german-cp1252", _headings(_GERMAN), ";", "cp1252", options=("--encoding", "cp1252")),
    Layout("german-utf16", _headings(_GERMAN), ";", "utf-16"),
    Layout("chinese-gbk", _headings(_CHINESE), ",", "gbk", han=True),
    Layout("province", _headings(_PROVINCE), ",", "utf-8-sig", width=0),
    Layout("dynamics", _headings(_DYNAMICS), ",", "utf-8-sig", width=0),
)


def write(layout: Layout, vendors: Sequence[Vendor], path: Path) -> None:
    """Write vendors as a system exports them; nothing in the file says which are planted."""
    with path.open("w", encoding=layout.encoding, errors="replace", newline="") as out:
        table = csv.writer(out, delimiter=layout.separator, lineterminator="\r\n")
        table.writerow(layout.headings.values())
        for at, vendor in enumerate(vendors):
            cells = _cells(layout, vendor, at)
            table.writerow([_held(cells.get(what, ""), layout.encoding) for what in layout.headings])


def key_of(at: int) -> str:
    """The vendor's number in its system."""
    return f"{100_000 + 7 * at:010d}"


def _cells(layout: Layout, vendor: Vendor, at: int) -> dict[str, str]:
    names = fields(_held(vendor.name, layout.encoding), layout, vendor.cut)
    if vendor.beside and len(names) == 1 and layout.width:
        names.append(vendor.beside)
    return {
        "key": key_of(at),
        "land": vendor.country,
        "street": vendor.street,
        "city": vendor.city,
        "postcode": vendor.postcode,
        "province": vendor.province,
        "tax": vendor.tax,
        "search": vendor.name[:_SEARCHED].upper(),
        "alias": vendor.name.split()[0],
        "group": ("10", "20", "40")[at % 3],
        "hold": ("No", "No", "All")[at * 31 % 3],
        "other": f"{at * 7919 % 10**9:09d}",
        **{f"name{n}": text for n, text in enumerate(names, 1)},
    }


def fields(name: str, layout: Layout, cut: str) -> list[str]:
    """A name as it stands in its fields: at most as wide as one, cut at a letter or at a word; the last takes the rest.

    Args:
        name: the whole name.
        layout: which fields there are and how wide they are.
        cut: letter, or word; anything else as letter.
    """
    most = sum(h.startswith("name") for h in layout.headings)
    out: list[str] = []
    left = name
    while layout.width and len(out) < most - 1 and _wide(left, layout) > layout.width:
        at = next(n for n in range(len(left), 0, -1) if _wide(left[:n], layout) <= layout.width)
        space = left.rfind(" ", 0, at + 1)
        at = space if cut == "word" and space > 0 else at
        out.append(left[:at].rstrip())
        left = left[at:].lstrip() if cut == "word" else left[at:].strip()
    return [*out, left]


def _wide(text: str, layout: Layout) -> int:
    return len(text.encode("gbk", "replace")) if layout.han else len(text)


def _held(text: str, encoding: str) -> str:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return plain(text)
    return text
