"""Which members of a publisher's zip are tables of flows, and which are lists and texts beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.intake.unpack import Content

_SEPARATORS = ("\t", ";", "|", ",")
_TABLES = (".csv", ".tsv", ".txt", ".dat", ".json", ".parquet")
_HEAD = 65_536  # bytes that hold the heading


def sorted_out(path: Path, found: list[Content]) -> tuple[list[Content], dict[str, bytes], tuple[str, ...]]:
    """The tables of a zip, the lists of codes beside them, and notes on lists of words that are passed over.

    What people are to read is none of these.

    Raises:
        UnreadableFileError: no member is a table.
    """
    known = [c for c in found if c.member.casefold().endswith(_TABLES)] or (found if len(found) == 1 else [])
    codes = [c for c in known if "codes" in _base(c)]
    tables = [c for c in known if c not in codes and not _is_prose(c)]
    if not tables:
        raise UnreadableFileError(path, tr("holds no table"), allowed=", ".join(_TABLES))
    lists = (c.member for c in known if _describes(c))
    words = tuple(tr("{member} is a list of words and is passed over.", member=member) for member in lists)
    return tables, {c.member.rpartition("/")[2]: c.whole() for c in codes}, words


def _is_prose(one: Content) -> bool:
    """Whether a member is a text such as BACI's Readme.txt: named so, or a .txt whose first line nothing divides."""
    base = _base(one)
    if base.startswith(("readme", "read_me", "license", "licence")) or _describes(one):
        return True
    if not base.endswith(".txt"):
        return False
    first = one.begins(_HEAD).partition(b"\n")[0].decode("utf-8", errors="replace")
    return not any(mark in first for mark in _SEPARATORS)


def _describes(one: Content) -> bool:
    """Whether a member is a list of words for the codes of a table, as Statistics Canada's ODPF_1_HS8Desc.TXT."""
    return _base(one).endswith(".txt") and "desc" in _base(one)


def _base(one: Content) -> str:
    return one.member.rpartition("/")[2].casefold()
