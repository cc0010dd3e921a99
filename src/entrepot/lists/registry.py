"""The register of lists and formats, and the one door to the readers: a path in, a `Reading` and the hash out."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from importlib.resources import files as resources
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.core.ids import digest
from entrepot.core.runtime import rights
from entrepot.core.words.translate import tr
from entrepot.intake.reading_options import ReadingOptions
from entrepot.intake.unpack import content, contents
from entrepot.lists.contract import PATTERN
from entrepot.lists.formats.reading import File
from entrepot.lists.formats.unread_files import refuse_by_beginning

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from entrepot.intake.unpack import Content
    from entrepot.lists.formats.reading import Reading

# 300 MB: ten times the longest list published (OFAC's advanced XML has some 100 MB, no other a tenth of it).
LARGEST = 300 * 1024 * 1024
OWN = "own-"
_SPREADSHEET = ".ods"
_FORMATS = "entrepot.lists.formats"


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read.

    Attributes:
        id, title: what it is called.
        reader: `module:function` of the folder `formats`, read when a file of the format is.
        proven: whether its reader was run on a real file.
        files: the files of a folder, all needed; empty for a format of one file.
        optional: files of the folder that may be missing.
        endings: endings of a single file.
        begins: how the first line of a single file begins, where another format of its list has the same ending.
        keys: keys of the object on that line, for the same.
        dated: whether a file says of which day it is.
    """

    id: str
    title: str
    reader: str
    proven: bool
    files: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    begins: str = ""
    keys: tuple[str, ...] = ()
    dated: bool = False


@dataclass(frozen=True, slots=True)
class ListSource:
    """A list that can be loaded: its title, publisher, official address, formats, and the address of an entry.

    `prefix` is what the publisher's numbers are written behind where they are one series over its lists.
    """

    id: str
    title: str
    publisher: str
    address: str
    formats: tuple[Format, ...]
    entry: str = ""  # with {number}; empty where the publisher gives an entry no page of its own
    prefix: str = ""

    def ids_of(self, entity_id: str) -> tuple[str, ...]:
        """The ids by which a person may name an entry: that of the list, and the publisher's own.

        Args:
            entity_id: the entry, of this list.
        """
        number = entity_id.removeprefix(f"{self.id}-")
        return (entity_id, f"{self.prefix}-{number}") if self.prefix and number != entity_id else (entity_id,)


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """A list file that was read: its rows, its format, the hash of its bytes."""

    reading: Reading
    format: Format
    sha256: str


@cache
def formats() -> dict[str, Format]:
    """Every format, by id."""
    return {r["id"]: _format(r) for r in _data()["format"]}


def _format(row: dict[str, Any]) -> Format:
    files, optional, endings, keys = (tuple(row.get(k, ())) for k in ("files", "optional", "endings", "keys"))
    who = (row["id"], row["title"], row["reader"], row["proven"])
    return Format(*who, files, optional, endings, row.get("begins", ""), keys, row.get("dated", False))


def reader(one: Format) -> Callable[[Mapping[str, File], str], Reading]:
    """The function that reads a format: files by name, and the list's id, into its rows.

    Args:
        one: the format.
    """
    module, _, name = one.reader.partition(":")
    found: Callable[[Mapping[str, File], str], Reading] = getattr(import_module(f"{_FORMATS}.{module}"), name)
    return found


@cache
def sources() -> dict[str, ListSource]:
    """Every list of a publisher, by id."""
    known = formats()
    rows = _data()["list"]
    return {r["id"]: ListSource(**{**r, "formats": tuple(known[f] for f in r["formats"])}) for r in rows}


@cache
def _data() -> dict[str, list[dict[str, Any]]]:
    text = resources("entrepot.lists").joinpath("data/lists.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def source(list_id: str) -> ListSource:
    """The list of that id; any id that begins with `own-` is a list of one's own.

    Raises:
        UnknownNameError: no such list.
        BadInputError: an id of one's own that is not lower-case words joined by hyphens.
    """
    if list_id in sources():
        return sources()[list_id]
    if not list_id.startswith(OWN):
        remedy = tr("A list of your own has an id that begins with {own}, for example own-blocked.", own=OWN)
        raise UnknownNameError(tr("list"), list_id, sources(), remedy=remedy)
    if not re.match(PATTERN, list_id) or len(list_id) > 60:  # noqa: PLR2004 - the id is a folder's name
        allowed = tr("own- and lower-case letters, digits and hyphens, 60 characters at most")
        raise BadInputError(tr("not an id of a list"), found=list_id, allowed=allowed)
    known = formats()
    return ListSource(list_id, list_id, tr("one's own"), "", (known["own-csv"], known["ftm"]))


def newer_by(list_id: str) -> str:
    """What brings a newer version of a list: a command, or a later release where its publisher offers no file.

    Args:
        list_id: of a publisher, of one's own, or of the record that ships.
    """
    if list_id in sources():
        return tr("entrepot fetch {list}", list=list_id)
    if list_id.startswith(OWN):
        return tr("entrepot lists load FILE --as {list}", list=list_id)
    refreshed = {r["id"]: r["refreshed"] for r in _data()["of_record"]}
    found = refreshed.get(list_id)
    return tr("entrepot record refresh {list}", list=found) if found else tr("a later release of Entrepot")


def read_list(
    path: Path,
    list_id: str,
    options: ReadingOptions | None = None,
    first: Callable[[Format], object] = lambda _: None,
) -> Read:
    """Read a list from a file, or from a folder for a format of several files.

    Args:
        path: the file, also packed with gzip or alone in a zip; or the folder.
        list_id: which list it is.
        options: what the user says of the file: encoding, sheet.
        first: asked with the format before the rows are read, which may take long; it raises what is wrong by then.

    Raises:
        UnknownNameError: no such list.
        UnreadableFileError: not there, not of a format of that list, or not what it claims to be.
    """
    chosen, files = _opened(path, source(list_id), options or ReadingOptions())
    first(chosen)
    reading = reader(chosen)(files, list_id)
    if not reading.entries.num_rows:
        raise UnreadableFileError(path, tr("the file holds no entry"), remedy=tr("Download it again."))
    notes = [*reading.notes, *_passed_over(path, chosen)]
    return Read(
        replace(reading, notes=tuple(notes)),
        chosen,
        _hash(files),
    )


def _opened(path: Path, wanted: ListSource, options: ReadingOptions) -> tuple[Format, dict[str, File]]:
    if path.is_dir():
        return _folder(path, wanted, options)
    if not path.exists():
        raise UnreadableFileError(path, tr("there is no such file"))
    for one in wanted.formats:
        if path.name in (*one.files, *one.optional):
            needed = ", ".join(one.files)
            raise UnreadableFileError(
                path, tr("one file of several: {needed}", needed=needed), remedy=tr("Give the folder that holds them.")
            )
    inner = _inner(path, wanted)
    refuse_by_beginning(path, inner.begins())
    names = (path.name.lower(), inner.name.lower())
    fit = [one for one in wanted.formats if one.endings and any(n.endswith(one.endings) for n in names)]
    if not fit:
        raise UnreadableFileError(path, tr("not a format of the list {id}", id=wanted.id), allowed=_allowed(wanted))
    file = _file(path, inner, options)
    begun = [one for one in fit if _begins(file.data, one)]
    chosen = (begun or [one for one in fit if not one.begins and not one.keys] or fit)[0]
    return chosen, {path.name: file}


def _begins(data: bytes, one: Format) -> bool:
    """Whether a file begins as the format says that its files do."""
    first = data.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    if one.begins and first.lstrip(b'"').startswith(one.begins.encode()):
        return True
    try:
        return bool(one.keys) and {*one.keys} <= json.loads(first).keys()
    except (ValueError, AttributeError, RecursionError):
        return False


def _folder(path: Path, wanted: ListSource, options: ReadingOptions) -> tuple[Format, dict[str, File]]:
    several = [one for one in wanted.formats if one.files]
    for one in several:
        missing = [name for name in one.files if not (path / name).is_file()]
        if not missing:
            names = [name for name in (*one.files, *one.optional) if (path / name).is_file()]
            return one, {name: _file(path / name, content(path / name), options) for name in names}
        if len(missing) < len(one.files):
            problem = tr("{missing} is missing; what is there cannot be read without", missing=", ".join(missing))
            raise UnreadableFileError(path, problem, allowed=", ".join(one.files), remedy=tr("Add what is missing."))
    raise UnreadableFileError(
        path, tr("the folder holds no files of the list {id}", id=wanted.id), allowed=_allowed(wanted)
    )


def _allowed(wanted: ListSource) -> str:
    said = [
        f"{f.title} ({tr('a folder with ') + ', '.join(f.files) if f.files else ' '.join(f.endings)})"
        for f in wanted.formats
    ]
    return "; or ".join(said)


def _inner(path: Path, wanted: ListSource) -> Content:
    """What a file holds: of an OpenDocument spreadsheet its table, under the spreadsheet's own name."""
    endings = {e for one in wanted.formats for e in one.endings}
    if path.suffix.lower() == _SPREADSHEET and endings & {_SPREADSHEET, ".xlsx"} != {".xlsx"}:
        sheet = next((c for c in contents(path) if c.member == "content.xml"), None)
        if sheet is None or _SPREADSHEET not in endings:
            raise UnreadableFileError(path, tr("not a format of the list {id}", id=wanted.id), allowed=_allowed(wanted))
        return replace(sheet, name=path.name)
    return content(path)


def _file(path: Path, found: Content, options: ReadingOptions) -> File:
    """A file, unpacked: by the rules and limits of `intake`, and no larger than a list is."""
    inner = replace(found, origin=str(path))
    try:
        return File(str(path), inner.whole(LARGEST), inner.name, options)
    except OSError as exc:
        remedy = rights.remedy(exc, path, "", writing=False)
        raise UnreadableFileError(
            path, tr("cannot be read ({strerror})", strerror=exc.strerror), remedy=remedy
        ) from exc


def _hash(files: Mapping[str, File]) -> str:
    each = {name: digest(file.data) for name, file in files.items()}
    if len(each) == 1:
        return next(iter(each.values()))
    return digest(f"{h}  {n}\n" for n, h in sorted(each.items()))


def _passed_over(path: Path, chosen: Format) -> list[str]:
    if not path.is_dir():
        return []
    names = sorted(p.name for p in path.iterdir() if p.name not in (*chosen.files, *chosen.optional))
    return [tr("files of the folder not read: {names}", names=", ".join(names))] if names else []
