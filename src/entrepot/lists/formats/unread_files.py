"""Publishers' files of formats that are not read: refused by name, with what to load or to make in their place."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def refuse_by_beginning(path: Path | str, begins: bytes) -> None:
    """Stop at a file that begins as one that is not read.

    Args:
        path: the file.
        begins: its first bytes.

    Raises:
        UnreadableFileError: with what to load in its place.
    """
    for one in _unread():
        if one.get("holds") and all(text.encode() in begins for text in one["holds"]):
            raise _refused(path, one)


def refuse_by_headings(path: Path | str, headings: Iterable[str]) -> None:
    """Stop at a table with the headings of one that is not read.

    Args:
        path: the file.
        headings: as printed.

    Raises:
        UnreadableFileError: with what to load or to make in its place.
    """
    have = {" ".join(h.casefold().split()) for h in headings}
    for one in _unread():
        if one.get("headings") and {h.casefold() for h in one["headings"]} <= have:
            raise _refused(path, one)


def _refused(path: Path | str, one: dict[str, Any]) -> UnreadableFileError:
    remedy = tr("Make a table of it with a column name, and load that as a list of your own: --as own-NAME.")
    if one["instead"]:
        remedy = tr("Load {instead}.", instead=one["instead"])
    elif one.get("rows"):
        remedy = tr(
            "In it {rows}. Make a table with a row a party, its names in the columns name and aliases (joined by ;), "
            "and load that as a list of your own: --as own-NAME.",
            rows=one["rows"],
        )
    return UnreadableFileError(path, tr("{title} is not read", title=one["title"]), remedy=remedy)


@cache
def _unread() -> list[dict[str, Any]]:
    text = files("entrepot.lists").joinpath("data/lists.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["unread"]
    return found
