"""The files of a version of a list: written with a manifest that vouches for them, checked when opened, removed by it.

See docs/design/30-the-store-vouches.md.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import StoreError
from entrepot.core.files import synced, synced_folder, write_text
from entrepot.core.ids import digest
from entrepot.core.runtime import rights
from entrepot.core.words.translate import tr
from entrepot.lists.contract import DOCUMENTS, ENTRIES, ENTRY_FACTS, ENTRY_NAMES, IDENTIFIERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

FOLDER = "lists"  # beside the store's database
MANIFEST = "manifest.json"
REMEMBERED = "fetched.json"  # what the servers said of the files; no answer rests on it, so nothing vouches for it
TABLES = (ENTRIES.name, ENTRY_NAMES.name, IDENTIFIERS.name, DOCUMENTS.name, ENTRY_FACTS.name)
_PUBLISHED = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{12}")  # as `name_of` makes it; other folders are not ours
_HIDDEN = re.compile(rf"\.{_PUBLISHED.pattern}\.part")
_FORM = "entrepot-list-version/1"

Row = dict[str, Any]


def home(folder: Path, row: Mapping[str, Any]) -> Path:
    """The folder in which a version lies: its published name, or the hidden one under which a killed run left it."""
    place = _published(folder, row)
    return place if os.path.lexists(place) or not hidden(place).is_dir() else hidden(place)


def _published(folder: Path, row: Mapping[str, Any]) -> Path:
    return folder / FOLDER / str(row["list_id"]) / name_of(row)


def name_of(row: Mapping[str, Any]) -> str:
    """The name of a version's folder: its day and the beginning of its hash."""
    return f"{row['version']}-{row['sha256'][:12]}"


def hidden(published: Path) -> Path:
    """The name of a folder that is being written or removed; it is the version's only where a row names it."""
    return published.with_name(f".{published.name}.part")


@dataclass(frozen=True, slots=True)
class Stray:
    """A published version that no row of the database names.

    Attributes:
        place: its folder.
        row: of LIST_VERSIONS, as its manifest holds it; None where it has no manifest of ours.
    """

    place: Path
    row: Row | None


def write(folder: Path, row: Row, tables: Sequence[tuple[str, pa.Table]]) -> str:
    """Write a version's files under its hidden name, each on the disk before this returns.

    Returns:
        The hash of the manifest, for the row.

    Raises:
        StoreError: they cannot be written, or a link stands where the folder of the list belongs.
    """
    import pyarrow.parquet as pq

    place = hidden(_published(folder, row))
    refuse_link(place.parent)
    try:
        rights.make_folders(place, folder)
        for name, data in tables:
            pq.write_table(data, place / f"{name}.parquet", compression="zstd")
        (place / MANIFEST).write_text(_manifest(place, row), encoding="utf-8", newline="\n")
        for path in place.iterdir():
            synced(path)
            rights.like_its_folder(path)
        synced_folder(place)
    except OSError as exc:
        delete(place)
        remedy = rights.remedy(exc, place, tr("The lists that are held stay as they are."))
        raise StoreError(
            tr("cannot write the list ({reason})", reason=_reason(exc)), found=str(place), remedy=remedy
        ) from exc
    return digest((place / MANIFEST).read_bytes())


def _reason(exc: OSError) -> str:
    return exc.strerror or str(exc)  # of the library that writes Parquet there is only a text


def publish(folder: Path, row: Mapping[str, Any]) -> None:
    """Give a version's folder its published name; nothing where it has it.

    Raises:
        StoreError: the folder cannot be renamed.
    """
    place = home(folder, row)
    if place.name.startswith("."):
        try:
            place.rename(place.with_name(name_of(row)))
            synced_folder(place.parent)
        except OSError as exc:
            remedy = rights.remedy(
                exc, place, tr("The list is loaded: the next load or store repair names its folder.")
            )
            raise StoreError(
                tr("cannot name the list's folder ({strerror})", strerror=exc.strerror), found=str(place), remedy=remedy
            ) from exc


def hide(folder: Path, row: Mapping[str, Any]) -> None:
    """Give a version's folder its hidden name, before its row goes; nothing where there is no folder.

    Raises:
        StoreError: a link stands there, or the folder cannot be renamed.
    """
    place = home(folder, row)
    if not os.path.lexists(place) or place.name.startswith("."):
        return
    refuse_link(place.parent)
    refuse_link(place)
    try:
        place.rename(hidden(place))
        synced_folder(place.parent)
    except OSError as exc:
        remedy = rights.remedy(exc, place, tr("The list stays."))
        raise StoreError(
            tr("cannot remove the list ({strerror})", strerror=exc.strerror), found=str(place), remedy=remedy
        ) from exc


def refuse_link(place: Path) -> None:
    """Refuse a link where a folder of the store belongs: what lies behind it is not the store's to remove or change.

    Raises:
        StoreError: it is a link.
    """
    if place.is_symlink():
        raise StoreError(
            tr("a link stands where a folder of the store belongs"),
            found=str(place),
            remedy=tr("Remove the link by hand. Nothing behind it was touched."),
        )


def delete(place: Path) -> None:
    """Remove the files of a version from a hidden folder, one by one, and the folder when it is empty then.

    A file of somebody else's stays, and the folder with it; so does what lies behind a link.
    """
    if place.is_symlink():
        return
    ours = {MANIFEST, REMEMBERED, *(f"{t}.parquet" for t in TABLES)}
    with suppress(OSError):
        for path in place.iterdir():
            if path.name in ours and not path.is_dir():
                path.unlink()
        place.rmdir()


def left_over(folder: Path, rows: Iterable[Mapping[str, Any]]) -> list[Path]:
    """Hidden folders that no row names: what killed runs left."""
    named, lists = {(str(r["list_id"]), name_of(r)) for r in rows}, folder / FOLDER
    each = sorted(p for p in lists.iterdir() if p.is_dir() and not p.is_symlink()) if lists.is_dir() else []
    hidden_ones = [v for p in each for v in sorted(p.iterdir()) if _HIDDEN.fullmatch(v.name)]
    return [v for v in hidden_ones if (v.parent.name, v.name[1:-5]) not in named]


def clear(folder: Path, list_id: str, rows: Iterable[Mapping[str, Any]]) -> None:
    """Remove what killed runs left of a list: hidden folders that no row names. Published ones are never touched."""
    refuse_link(folder / FOLDER / list_id)
    for place in left_over(folder, rows):
        if place.parent.name == list_id:
            delete(place)


def published(folder: Path) -> list[Path]:
    """The folders of published versions, by list and day."""
    lists = folder / FOLDER
    each = sorted(p for p in lists.iterdir() if p.is_dir()) if lists.is_dir() else []
    return [v for p in each for v in sorted(p.iterdir()) if _PUBLISHED.fullmatch(v.name) and v.is_dir()]


def strays(there: Iterable[Path], rows: Iterable[Mapping[str, Any]]) -> list[Stray]:
    """Published versions that no row names.

    Args:
        there: their folders, looked for before the rows were read.
        rows: of LIST_VERSIONS.
    """
    named = {(str(r["list_id"]), name_of(r)) for r in rows}
    return [Stray(v, _row_of(v)) for v in there if (v.parent.name, v.name) not in named and v.is_dir()]


def refuse_strays(there: Iterable[Path], rows: Iterable[Mapping[str, Any]]) -> None:
    """Refuse a store whose database does not name a list that lies in it.

    Raises:
        StoreError: names the versions and says how to register them again.
    """
    if found := strays(there, rows):
        said = ", ".join(f"{s.place.parent.name} {s.place.name[:10]}" for s in found)
        raise StoreError(
            tr("lists lie in the store that its database does not name: they would not be searched"),
            found=said,
            remedy=tr(
                "Register them again: entrepot store repair. Or put the database back that they were loaded into."
            ),
        )


def read(folder: Path, row: Mapping[str, Any]) -> dict[str, bytes | None]:
    """The bytes of a version's tables, each as it was written.

    Args:
        folder: the store.
        row: of LIST_VERSIONS; `manifest` is None where it was loaded before versions had one.

    Returns:
        By the name of the table; None for one that was never written.

    Raises:
        OSError: a file cannot be read.
        ValueError: a file is not the one that was written; says which.
    """
    try:
        return _read(home(folder, row), row)
    except FileNotFoundError:  # another run has just given the folder its published name
        return _read(home(folder, row), row)


def _read(place: Path, row: Mapping[str, Any]) -> dict[str, bytes | None]:
    files = vouched(place, row)
    out: dict[str, bytes | None] = {}
    for name in TABLES:
        path = place / f"{name}.parquet"
        if (files is None and not path.exists()) or (files is not None and path.name not in files):
            out[name] = None
            continue
        data = path.read_bytes()
        if files is not None and digest(data) != files[path.name]["sha256"]:
            raise ValueError(f"{path.name} is not what was written")
        out[name] = data
    return out


def vouched(place: Path, row: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the manifest says of each file; None where the version was loaded before there was one.

    Raises:
        OSError, ValueError: it is gone, or not the one that was written.
    """
    if not row.get("manifest"):
        return None
    data = (place / MANIFEST).read_bytes()
    if digest(data) != row["manifest"]:
        raise ValueError(f"{MANIFEST} is not what was written")
    files: dict[str, Any] = json.loads(data)["files"]
    return files


def adopt(place: Path, row: Row) -> str:
    """Write the manifest of a version that has none, and give its hash.

    Raises:
        StoreError: it cannot be written.
    """
    plain = {k: v for k, v in row.items() if k != "manifest"}
    write_text(place / MANIFEST, _manifest(place, plain))
    rights.like_its_folder(place / MANIFEST)
    return digest((place / MANIFEST).read_bytes())


def _manifest(place: Path, row: Row) -> str:
    files = {p.name: _said_of(p) for p in sorted(place.glob("*.parquet"))}
    return json.dumps({"form": _FORM, "row": row, "files": files}, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _row_of(place: Path) -> Row | None:
    """The row that a manifest holds, with the manifest's hash; None where it is none of ours."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        data = (place / MANIFEST).read_bytes()
        said = json.loads(data)
        if said["form"] == _FORM and name_of(said["row"]) == place.name and said["row"]["list_id"] == place.parent.name:
            return {**said["row"], "manifest": digest(data)}
    return None


def _said_of(path: Path) -> dict[str, Any]:
    import pyarrow.parquet as pq

    data = path.read_bytes()
    return {"sha256": digest(data), "bytes": len(data), "rows": pq.read_metadata(path).num_rows}
