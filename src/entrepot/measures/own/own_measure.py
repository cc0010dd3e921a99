"""A measure of one's own: a TOML file beside the flows, read by the rules of the measures on record.

Two forms. The short one says who, whom, which goods and from when, and nothing else is needed. A file with
[[provision]] blocks is the long one, to the letter that of the files under data/acts. docs/measures.md explains both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.runtime import rights
from entrepot.core.toml_block import Block, near, toml_of, with_line
from entrepot.core.words.translate import tr
from entrepot.measures.act_files import REMEDY, act_of, broken
from entrepot.measures.own.short_form import short_form

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from entrepot.measures.act import Measure

ENDING = ".toml"
_LARGEST = 1_000_000  # bytes: the longest file on record has 60,000; a table of flows given by mistake has millions


def is_own(text: str) -> bool:
    """Whether a measure is named by a file and not by an id."""
    return text.strip().casefold().endswith(ENDING)


def own_measure(path: Path, on_record: Collection[str]) -> Measure:
    """Read a measure of one's own.

    Args:
        path: the file.
        on_record: ids of the measures on record, of which rivals may be named; the id of the file may be none of them.

    Raises:
        UnreadableFileError: no such file, no TOML, or a key that breaks the rules, with its line and what is allowed.
    """
    text = _text(path)
    raw = toml_of(text, path, remedy=REMEDY)
    try:
        act = act_of(str(path), raw) if "provision" in raw else short_form(Block(str(path), "", raw, REMEDY), path)
        _refuse_taken(str(path), act, on_record)
    except UnreadableFileError as exc:
        raise with_line(exc, text) from exc
    return act


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableFileError(
                path, tr("is too large for the file of a measure"), allowed=tr("{largest:,} bytes", largest=_LARGEST)
            )
        return path.read_text(encoding="utf-8-sig")
    except OSError as exc:
        remedy = rights.remedy(exc, path, tr("Give the path of the file, or an id: `entrepot measures` lists them."))
        raise UnreadableFileError(
            path, tr("cannot be read ({strerror})", strerror=exc.strerror or exc), remedy=remedy
        ) from exc
    except UnicodeDecodeError as exc:
        raise UnreadableFileError(path, tr("is not UTF-8 ({exc})", exc=exc), remedy=tr("Save it as UTF-8.")) from exc


def _refuse_taken(file: str, act: Measure, on_record: Collection[str]) -> None:
    if act.id in on_record:
        raise broken(file, "id", act.id, tr("an id that no measure on record has"))
    for other in act.brief.competes_with if act.brief else ():
        if other not in on_record:
            raise broken(file, "rivals" if not act.sectors else "brief.competes_with", other, near(other, on_record))
