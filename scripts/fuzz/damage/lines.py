"""Damage to text and to tables of text: encodings, ends of lines, numbers, quotes, separators, cells, rows, columns."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fuzz.damage.odd import NUMBERS, TEXTS_ODD

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

_ENCODINGS = (
    "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "gb18030", "big5", "shift_jis", "euc-kr",
    "cp1251", "cp1252", "koi8-r", "utf-7", "cp037",
)  # fmt: skip
_ENDS = ("\r\n", "\r", "\n\n", "\n\r", "\u2028", "\x0b", "\x85", "\r\r\n", "")
_NUMBER = re.compile(r"-?\d[\d.,]*")
_SEPARATORS = (",", ";", "\t", "|")
_MANY = (3, 50, 2_000)  # times that rows or columns are repeated


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def encode(draw: Random, data: bytes) -> bytes:
    """The text in another encoding, what it lacks left out; cut anywhere now and then."""
    made = _text(data).encode(draw.choice(_ENCODINGS), "ignore")
    return made if draw.random() < 0.8 else made[: draw.randrange(len(made) + 1)]


def end(draw: Random, data: bytes) -> bytes:
    """Other ends of lines, of all or from one on."""
    text, new = _text(data), draw.choice(_ENDS)
    at = 0 if draw.random() < 0.5 else draw.randrange(len(text) + 1)
    return _bytes(text[:at] + text[at:].replace("\n", new))


def number(draw: Random, data: bytes) -> bytes:
    """An odd number in place of one."""
    text = _text(data)
    found = list(_NUMBER.finditer(text))
    if not found:
        return data + draw.choice(NUMBERS).encode()
    one = draw.choice(found)
    return _bytes(text[: one.start()] + draw.choice(NUMBERS) + text[one.end() :])


def word(draw: Random, data: bytes) -> bytes:
    """Odd text put in somewhere."""
    text = _text(data)
    at = draw.randrange(len(text) + 1)
    return _bytes(text[:at] + draw.choice(TEXTS_ODD) + text[at:])


def line(draw: Random, data: bytes) -> bytes:
    """A line left out, doubled, cut, moved or joined with the next."""
    rows = _text(data).split("\n")
    at = draw.randrange(len(rows))
    match draw.choice(("drop", "double", "cut", "move", "join", "blank")):
        case "drop":
            del rows[at]
        case "double":
            rows.insert(at, rows[at])
        case "cut":
            rows[at] = rows[at][: draw.randrange(len(rows[at]) + 1)]
        case "move":
            rows.insert(draw.randrange(len(rows)), rows.pop(at))
        case "join":
            rows[at : at + 2] = [" ".join(rows[at : at + 2])]
        case _:
            rows[at:at] = [draw.choice(("", " ", ",", "\t", '""'))] * draw.choice(_MANY)
    return _bytes("\n".join(rows))


Rows = list[list[str]]


def _cut(text: str) -> tuple[str, Rows]:
    """What divides the first line most, and the cells of each line; quotes are left as they stand."""
    first = text.partition("\n")[0]
    mark = max(_SEPARATORS, key=first.count)
    return mark, [row.split(mark) for row in text.split("\n")]


def _of_cells(change: Callable[[Random, Rows, str], str | None]) -> Callable[[Random, bytes], bytes]:
    """Damage to the cells of a table; a change that gives text gives the separator from now on."""

    def act(draw: Random, data: bytes) -> bytes:
        mark, rows = _cut(_text(data))
        mark = change(draw, rows, mark) or mark
        return _bytes("\n".join(mark.join(row) for row in rows))

    act.__name__ = change.__name__.removeprefix("_")
    return act


def _some(draw: Random, rows: Rows) -> tuple[list[str], int]:
    row = draw.choice(rows)
    return row, draw.randrange(len(row)) if row else 0


def _cell(draw: Random, rows: Rows, _: str) -> None:
    """An odd text or number in place of a cell."""
    row, at = _some(draw, rows)
    row[at : at + 1] = [draw.choice(NUMBERS if draw.random() < 0.4 else TEXTS_ODD)]


def _quote(draw: Random, rows: Rows, mark: str) -> None:
    """Quotes around a cell or all, open, doubled, in the middle; line ends and separators within."""
    row, at = _some(draw, rows)
    if not row:
        return
    cell = row[at]
    half = len(cell) // 2
    row[at] = draw.choice((
        f'"{cell}"', f'"{cell}', f'{cell}"', f'"{cell}" ', f' "{cell}"', f'"{cell}""', f'{cell[:half]}"{cell[half:]}',
        f'"{cell}\n{cell}"', f'"{cell}\r{cell}"', f'"{cell}{mark}{cell}"', f'"{cell}"x', '""', '"', "'", f"'{cell}'",
        f'"{cell[:half]}""{cell[half:]}"', f'\\"{cell}\\"',
    ))  # fmt: skip


def _quoted(_: Random, rows: Rows, __: str) -> None:
    """Every cell in quotes."""
    for row in rows:
        row[:] = [f'"{cell}"' for cell in row]


def _separator(draw: Random, _: Rows, __: str) -> str:
    """Another separator."""
    return draw.choice((*_SEPARATORS, ", ", "  ", "\x1f", "||", "¬"))


def _declared(draw: Random, rows: Rows, mark: str) -> None:
    """Excel's own line, or a title, above the heading."""
    above = (f"sep={mark}", "sep=;", '"sep=,"', "Suppliers of the group", "", "Report 2024\n\nPrinted 1 May", mark * 3)
    rows.insert(0, [draw.choice(above)])


def _column(draw: Random, rows: Rows, _: str) -> None:
    """A column left out, doubled, moved or repeated."""
    at = draw.randrange(max(1, len(rows[0])))
    what, times = draw.choice(("drop", "double", "first", "many")), draw.choice(_MANY)
    for row in rows:
        if at >= len(row):
            continue
        match what:
            case "drop":
                del row[at]
            case "double":
                row.insert(at, row[at])
            case "first":
                row.insert(0, row.pop(at))
            case _:
                row.extend([row[at]] * times)


def _heading(draw: Random, rows: Rows, _: str) -> None:
    """A heading renamed, blank, doubled, or the whole row left out or given twice."""
    if not rows[0]:
        return
    at = draw.randrange(len(rows[0]))
    match draw.choice(("name", "blank", "double", "drop", "twice")):
        case "name":
            rows[0][at] = draw.choice(("name", "address", "country", "period", "value", "row", "0", "product", "id"))
        case "blank":
            rows[0][at] = draw.choice(("", " ", "\ufeff", '""'))
        case "double":
            rows[0][at] = rows[0][0]
        case "drop":
            del rows[0]
        case _:
            rows.insert(0, list(rows[0]))


def _width(draw: Random, rows: Rows, _: str) -> None:
    """A row too short or too long."""
    row, at = _some(draw, rows)
    if draw.random() < 0.5:
        del row[at:]
    else:
        row += draw.choice((["x"], [""], [" ", ""], ["1"] * 40))


def _many(draw: Random, rows: Rows, _: str) -> None:
    """A row many times."""
    rows[1:1] = [draw.choice(rows)] * draw.choice(_MANY)


TEXTS = (encode, encode, end, number, number, word, word, line)
_CHANGES = (
    _cell, _cell, _cell, _quote, _quote, _quoted, _separator, _declared, _column, _heading, _width, _width, _many,
)  # fmt: skip
TABLES = tuple(_of_cells(change) for change in _CHANGES)
