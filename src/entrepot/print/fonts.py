"""The fonts with which a PDF is set, and the characters that they hold: no character becomes a box in silence."""

from __future__ import annotations

import struct
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core.words.translate import APART

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Packages of the extra `print` that hold nothing but fonts: the Noto family, under the SIL Open Font License.
PACKAGES = ("noto_cjk_sans_otc", "pylopdf_fonts_ar")
# What sets a letter first: the book face that typst brings, then the Noto faces where it has none.
FAMILIES = ("Libertinus Serif", "Noto Sans CJK SC", "Noto Sans Arabic")
# Of files of fonts, one or several in a file.
_ENDINGS = {".ttf", ".otf", ".ttc", ".otc"}
_COLLECTION = b"ttcf"
_SEGMENTS, _GROUPS = 4, 12  # the two forms of a table of characters that fonts have for all their characters
_FIRST_PRINTED = 0x20  # those before it are control characters, which are shown escaped


def folders() -> list[Path]:
    """The folders of the packages of fonts that are installed."""
    found = (find_spec(name) for name in PACKAGES)
    return [Path(place) for spec in found if spec for place in spec.submodule_search_locations or ()]


@cache
def held() -> frozenset[int]:
    """The characters that the fonts at hand can set."""
    files = sorted(f for place in folders() for f in place.rglob("*") if f.suffix.lower() in _ENDINGS)
    return frozenset(code for file in files for code in characters(file.read_bytes()))


def not_held(texts: Iterable[str]) -> dict[str, int]:
    """Characters that no font at hand can set, each with how often it stands in the texts."""
    found: dict[str, int] = {}
    known = held() | set(map(ord, APART))  # marks of direction: nothing is to be set for them
    for text in texts:
        for c in text:
            if (
                ord(c) >= _FIRST_PRINTED and ord(c) not in known and c not in APART
            ):  # marks of direction: nothing to set
                found[c] = found.get(c, 0) + 1
    return found


def characters(data: bytes) -> set[int]:
    """The characters that a font holds, by its table `cmap`; of a collection, of its first font.

    Raises:
        ValueError: it is no font.
    """
    try:
        start = struct.unpack_from(">I", data, 12)[0] if data[:4] == _COLLECTION else 0
        count = struct.unpack_from(">H", data, start + 4)[0]
        records = (struct.unpack_from(">4sIII", data, start + 12 + 16 * i) for i in range(count))
        at = next(offset for tag, _, offset, _ in records if tag == b"cmap")
        tables = struct.unpack_from(">H", data, at + 2)[0]
        places = {at + struct.unpack_from(">HHI", data, at + 4 + 8 * i)[2] for i in range(tables)}
        return {code for place in places for code in _of_table(data, place)}
    except (struct.error, StopIteration) as exc:
        raise ValueError("no font, or one that is cut") from exc


def _of_table(data: bytes, at: int) -> Iterator[int]:
    form = struct.unpack_from(">H", data, at)[0]
    if form == _GROUPS:
        for i in range(struct.unpack_from(">I", data, at + 12)[0]):
            first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * i)
            yield from range(first, last + 1)
    elif form == _SEGMENTS:
        count = struct.unpack_from(">H", data, at + 6)[0] // 2
        lasts = struct.unpack_from(f">{count}H", data, at + 14)
        firsts = struct.unpack_from(f">{count}H", data, at + 16 + 2 * count)
        for first, last in zip(firsts, lasts, strict=True):
            yield from range(first, last + 1 if last < 0xFFFF else last)  # noqa: PLR2004 - the last segment holds no character
