"""What the words of a row say of it: an account, a contract, a document, a total, or what parties are together."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import packaged_rows
from entrepot.intake.groups.contract import KINDS, ROW_WORDS
from entrepot.intake.heading_row import folded, is_han

if TYPE_CHECKING:
    from collections.abc import Sequence

# 60, 60.01, 60.21.1: accounts of a chart have their numbers alone; a longer run of digits is a party's.
_ACCOUNT = re.compile(r"\d{2,3}(?:\.[\dА-ЯA-Z]{1,3}){0,3}")
_WHOLE = frozenset({"основной договор", "без договора"})  # contracts that a system names without a number
# A row of nothing but a year and a time of day: "Friday, Nov 27, 2026 10:31:02 AM".
_STAMP = re.compile(r"(?=.*\b20\d\d\b).*\b\d{1,2}:\d\d\b")
# Characters of a cell that is looked at: a document with its number and day has fewer, and the search for a time takes
# the square of its length.
_LONGEST = 200
_WORDS_OF_PAGE = re.compile(r"[^\W\d_]+")
_LONGEST_NOBODY = 40  # likewise of what stands for a name: nearly every name is longer, and is not read for it
_FLAGS = ("0", "1")
_WHOLLY = "wholly"
_MOST_GROUP = 6  # words of a heading of a group


def of_heading(heading: str) -> str:
    """What rows under a heading are; empty where it is not one of these, as where it names parties.

    >>> of_heading("Договоры"), of_heading("Документ расчетов"), of_heading("Контрагенты")
    ('contract', 'document', '')
    """
    return _by_word().get(folded(heading), "")


def of_cell(cell: str) -> str:
    """What a row is by the cell that names it; empty where that does not tell.

    >>> of_cell("60.01"), of_cell("Договор поставки № 14 от 01.02.2025"), of_cell('АО "Вектор"')
    ('account', 'contract', '')
    """
    text = cell.strip()[:_LONGEST]
    if _ACCOUNT.fullmatch(text):
        return "account"
    said = folded(text)
    if said in _WHOLE:
        return "contract"
    # A firm may be called Invoice Ltd: a document and a contract have a number or a day.
    if not any(map(str.isdigit, text)):
        return ""
    return next((m for w, m in _begins() if said.startswith(f"{w} ")), "")


@lru_cache(maxsize=4_096)  # groups come again, names of parties do not: a server would hold each that it ever read
def is_group(cell: str) -> bool:
    """Whether a cell is what several parties are called together: "Foreign suppliers", "Подотчетные лица".

    >>> is_group("Foreign Suppliers"), is_group("Прочие"), is_group("Supplier Services Ltd")
    (True, True, False)
    """
    tokens = folded(cell[:_LONGEST]).split()
    if not 0 < len(tokens) <= _MOST_GROUP:
        return False
    names, beside = _meant("group"), _meant("group_beside")
    at, found = 0, False
    while at < len(tokens):
        for many in range(len(tokens) - at, 0, -1):
            said = " ".join(tokens[at : at + many])
            if said in names or said in beside:
                found = found or said in names
                at += many
                break
        else:
            return False
    return found


def names_nobody(cell: str) -> bool:
    """Whether a cell stands where a name is not known, or leads to another's: "N/A", "-", "не указан", "同收货人".

    >>> names_nobody("N/A"), names_nobody("--"), names_nobody("NA Trading Ltd")
    (True, True, False)
    >>> names_nobody("SAME AS CONSIGNEE"), names_nobody("Same as CNEE / Notify Party"), names_nobody("Same Shipper Ltd")
    (True, True, False)
    """
    if len(cell) > _LONGEST_NOBODY:
        return False
    return not any(map(str.isalnum, cell)) or (said := folded(cell)) in _meant("nobody") or _leads(said) == _WHOLLY


def leads_elsewhere(cell: str) -> bool:
    """Whether a cell begins with words that lead to the name of another cell, whatever stands behind them.

    >>> leads_elsewhere("SAME AS CONSIGNEE TEL 555 0100"), leads_elsewhere("Same As Ever Ltd")
    (True, False)
    """
    return _leads(folded(cell[:_LONGEST])) != ""


def _leads(said: str) -> str:
    """Whether words lead to another cell: wholly, at their beginning, or not at all (empty)."""
    near = _by_first("same_as").get(said.partition(" ")[0], ())
    begins = max((w for w in near if said.startswith(f"{w} ")), key=len, default="")
    if not begins:
        return ""
    rest, at = said[len(begins) :].split(), 0
    while at < len(rest):
        many = next((n for n in range(len(rest) - at, 0, -1) if " ".join(rest[at : at + n]) in _meant("same_whom")), 0)
        if not many:
            break
        at += many
    return _WHOLLY if at == len(rest) else "begins" if at else ""


def is_to_order(cell: str) -> bool:
    """Whether a cell hands goods to whoever holds the bill, "to order of" a bank, and so names nobody who bought.

    >>> is_to_order("TO THE ORDER OF: Example Bank"), is_to_order("Order"), is_to_order("凭示例银行指示")
    (True, True, True)
    >>> is_to_order("ORDER OF EXAMPLE BANK N.A."), is_to_order("Order of Examplebank"), is_to_order("Order of Nurses")
    (True, True, False)
    >>> is_to_order("Order Trading Ltd"), is_to_order("Tootoo Orders GmbH"), is_to_order("Bearer Bearings Inc")
    (False, False, False)
    """
    said = folded(cell[:_LONGEST])
    if said in _meant("to_order_alone") or said.endswith(_ends_of_order()):
        return True
    is_of_order = any(said.startswith(f"{w} ") for w in _meant("to_order_of"))
    if is_of_order and any(word.endswith(tuple(_meant("bank"))) for word in said.split()):
        return True  # an order of nurses buys, a bank does not
    if is_han(said[:1]):  # Chinese words have no space behind them
        return any(said.startswith(w) for w in _meant("to_order") if is_han(w[0]))
    return any(said == w or said.startswith(f"{w} ") for w in _by_first("to_order").get(said.partition(" ")[0], ()))


@cache
def _ends_of_order() -> tuple[str, ...]:
    return tuple(_meant("to_order_end"))


@cache
def _by_first(meaning: str) -> dict[str, list[str]]:
    """The words of a meaning by the first of them: millions of cells are looked at, and few begin so."""
    found: dict[str, list[str]] = {}
    for said in _meant(meaning):
        found.setdefault(said.partition(" ")[0], []).append(said)
    return found


def is_total(cell: str) -> bool:
    """Whether a cell says that its row sums others, and no more: "Итого", "Total:".

    >>> is_total("Итого"), is_total("Total Supply Ltd")
    (True, False)
    """
    return folded(cell[:_LONGEST]) in _meant("total")


def is_tally(cell: str) -> bool:
    """Whether a cell says that its row counts parties or rows, and no more: no firm is called so.

    >>> is_tally("Nombre de fournisseurs"), is_tally("Number of records: 3"), is_tally("Number One Suppliers Ltd")
    (True, True, False)
    >>> is_tally("供应商数量"), is_tally("Tedarikçi sayısı: 12"), is_tally("Number")
    (True, True, False)
    """
    if len(cell) > _LONGEST_NOBODY:
        return False
    words = [t for t in folded(cell).split() if not t.isdigit()]
    if is_han(said := "".join(words)):
        cuts = ((said[:at], said[at:]) for at in range(1, len(said)))
    else:
        cuts = ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
    return any(
        (a in _meant("counted") and _is_counted(b)) or (b in _meant("counted") and _is_counted(a)) for a, b in cuts
    )


def _is_counted(said: str) -> bool:
    return said in _meant("counted_of") or is_group(said)


def is_total_count(cell: str) -> bool:
    """Whether a cell is a word for a total and what rows or parties are called, and no more; its count stands beside.

    >>> is_total_count("Total suppliers"), is_total_count("Summe Lieferanten"), is_total_count("Total Energies")
    (True, True, False)
    """
    return (of := total_of(cell)) != "" and _is_counted(of)


def total_of(cell: str) -> str:
    """What a cell says the total of, behind a word for it; empty where it begins with none.

    >>> total_of("Total Spend"), total_of("Grand total"), total_of("Totalle Ltd")
    ('spend', '', '')
    """
    if len(cell) > _LONGEST_NOBODY:
        return ""
    said = folded(cell)
    words = max((w for w in _by_first("total").get(said.partition(" ")[0], ()) if said.startswith(f"{w} ")), key=len,
                default="")  # fmt: skip
    return said[len(words) + 1 :] if words else ""


@cache
def total_words() -> tuple[str, ...]:
    """The words on record for a row that sums others, as they are written."""
    return tuple(w for r in packaged_rows(ROW_WORDS) if r["meaning"] == "total" for w in r["words"])


def is_subtotal(cell: str) -> bool:
    """Whether a cell says that its row sums those of what it names: no firm's name begins so.

    >>> is_subtotal("Subtotal Foo Ltd"), is_subtotal("Итого по Альфа"), is_subtotal("Substance Ltd")
    (True, True, False)
    """
    said = f"{folded(cell[:_LONGEST])} "
    return any(said.startswith(f"{w} ") for w in _meant("subtotal"))


def sums(cell: str, name: str) -> bool:
    """Whether a cell says the sum of the rows under a name: "Total for Foo Ltd", and not another that begins so.

    >>> sums("Total for Foo Ltd", "Foo Ltd"), sums("Foo Ltd Trading", "Foo Ltd"), sums("Итого по Альфа", "Альфа")
    (True, False, True)
    """
    plain, said = folded(name), folded(cell)
    rest = said.replace(plain, " ").split() if plain and plain in said else []
    return any(word in _meant("total") for word in rest)


def is_sum_of(cell: str, name: str) -> bool:
    """Whether a cell says the sum of the rows of a name, as they stand above it, and no more: spreadsheets write so.

    >>> is_sum_of("Foo Ltd Total", "Foo Ltd"), is_sum_of("Foo Total Care Ltd", "Foo"), is_sum_of("Foo Ltd", "Foo Ltd")
    (True, False, False)
    """
    if not name or len(cell) <= len(name) or name not in cell:
        return False
    rest = folded(cell[:_LONGEST].replace(name, " ", 1)).split()
    return any(w in _meant("total") for w in rest) and all(w in _meant("total") | _meant("group_beside") for w in rest)


def cancelling(headings: Sequence[str], rows: Sequence[Sequence[str | None]] = ()) -> dict[int, frozenset[str]]:
    """The columns that say whether a row was taken back, each with the words that say so, as they are folded.

    Args:
        headings: of the table.
        rows: the first of it: a column of marks with other figures than 0 and 1 holds how much was taken back.

    >>> found = cancelling(["Vendor", "PO Status", "Deletion Indicator"])
    >>> {i: ("cancelled" in words, "l" in words) for i, words in found.items()}
    {1: (True, False), 2: (True, True)}
    """
    found = {}
    for i, heading in enumerate(headings):
        said = folded(heading)
        if said in _meant("deletion"):
            told = {cell.strip() for r in rows if (cell := r[i])}
            if any(c[0].isdigit() and c not in _FLAGS for c in told):
                continue
            found[i] = _meant("deleted") | _meant("cancelled")
        elif said in _meant("state"):
            found[i] = _meant("cancelled")
    return found


def is_page(cell: str) -> bool:
    """Whether a text is the number of a page and no more: "Page 2", "Seite 2 von 3", "第2页".

    >>> is_page("Page: 2 of 14"), is_page("第2页"), is_page("Page Industries 2000")
    (True, True, False)
    """
    if len(cell) > _LONGEST_NOBODY or not any(map(str.isdigit, cell)):
        return False
    words = frozenset(_WORDS_OF_PAGE.findall(cell.casefold()))
    return bool(words & _meant("page")) and words <= _meant("page") | _meant("page_beside")


def is_end(cell: str) -> bool:
    """Whether a text says that a report ends, and no more: "*** End of report ***", "Конец отчета".

    >>> is_end("*** End of Report ***"), is_end("End of the Road Ltd")
    (True, False)
    """
    return len(cell) <= _LONGEST_NOBODY and folded(cell) in _meant("end")


def is_stamp(cell: str) -> bool:
    """Whether a cell says when a report was printed; what is longer than a line of one is looked at no further.

    >>> is_stamp("Friday, Nov 27, 2026 10:31:02 AM"), is_stamp("Example 2026 Ltd")
    (True, False)
    """
    return len(cell) <= _LONGEST and _STAMP.search(cell) is not None


@cache
def _by_word() -> dict[str, str]:
    rows = (r for r in packaged_rows(ROW_WORDS) if r["meaning"] in KINDS)
    return {folded(w): r["meaning"] for r in rows for w in r["words"]}


@cache
def _begins() -> tuple[tuple[str, str], ...]:
    """Words with which the name of a document or a contract begins, the longest first."""
    found = [(w, m) for w, m in _by_word().items() if m in {"contract", "document"}]
    return tuple(sorted(found, key=lambda one: (-len(one[0]), one[0])))


@cache
def _meant(meaning: str) -> frozenset[str]:
    return frozenset(folded(w) for r in packaged_rows(ROW_WORDS) if r["meaning"] == meaning for w in r["words"])
