"""Fetching a list from its publisher and loading it as a dated version.

The addresses are data: `lists/data/addresses.toml`, and list by list the TOML file that ENTREPOT_ADDRESSES names.
See docs/design/11-fetching.md.
"""

from __future__ import annotations

import json
import os
import tomllib
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files as resources
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from entrepot.core.errors import BadInputError, FailedFetchError, UnreadableFileError
from entrepot.core.files import write_text
from entrepot.core.runtime.scratch import scratch
from entrepot.core.store.access import refuse_read_only
from entrepot.core.toml_block import toml_of
from entrepot.core.words.translate import tr
from entrepot.lists import registry, versions
from entrepot.lists.vouching import version_rows
from entrepot.lists.vouching.version_files import REMEMBERED, home
from entrepot.sources.download import Fetched, Limits, Validators, fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from entrepot.lists.registry import ListSource
    from entrepot.lists.versions import Row
    from entrepot.sources.download import Progress

_SETTING = "ENTREPOT_ADDRESSES"


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a list is to be fetched.

    Attributes:
        version: the day of which the list is, where neither the file nor its server says.
        source: an address in place of the official one; of several files, the folder, ending in a slash.
        accept_loss: load it even where it lost more than a few of its entries.
        limits: of each file.
        progress: called with a file's name; gives the function told (bytes so far, bytes in all or None).
    """

    version: str | None = None
    source: str | None = None
    accept_loss: bool = False
    limits: Limits = field(default_factory=Limits)
    progress: Callable[[str], Progress | None] = lambda _: None


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What came of a fetch.

    Attributes:
        state: unchanged where the store holds what the publisher offers, or the file was held already; else loaded.
        row: the version, under LIST_VERSIONS.
        files: by name, what was fetched; empty where the server said that nothing changed.
    """

    state: Literal["loaded", "unchanged"]
    row: Row
    files: Mapping[str, Fetched]


def fetch_list(list_id: str, folder: Path, wanted: Wanted | None = None) -> Outcome:
    """Fetch a list and load it; a failure leaves the store as it was.

    Args:
        list_id: the list.
        folder: the store.
        wanted: options.

    Raises:
        UnknownNameError: no such list.
        FailedFetchError: it cannot be fetched, or what came is not the list.
        BadInputError: no address, no date, another file of that date is held, or the list lost more than a few entries.
        StoreError: the store cannot be used.
    """
    wanted = wanted or Wanted()
    refuse_read_only(folder)
    source = registry.source(list_id)
    urls = _urls(source, wanted)
    held = [r for r in version_rows.held(folder) if r["list_id"] == list_id]
    known = _known(folder, held[-1], urls) if held else {}
    with scratch() as name:
        place = name / list_id
        place.mkdir()
        try:
            files = _fetched(urls, place, known, wanted)
            if not files:
                return Outcome("unchanged", held[-1], {})
            row = _loaded(source, place, folder, files, wanted)
        except FailedFetchError as exc:
            raise FailedFetchError(
                exc.url, exc.problem, allowed=exc.allowed, remedy=_remedy(source, exc.remedy)
            ) from exc
    if row not in held:
        _remember(home(folder, row), files)
    return Outcome("unchanged" if row in held else "loaded", row, files)


@contextmanager
def offered(list_id: str, wanted: Wanted | None = None) -> Iterator[tuple[Path, Mapping[str, Fetched]]]:
    """What a publisher offers of a list, fetched into a folder that is gone afterwards; the store is not touched.

    Args:
        list_id: the list.
        wanted: options; what it says of loading does not count.

    Yields:
        The file, of several their folder; and what was fetched, by name.

    Raises:
        UnknownNameError: no such list.
        FailedFetchError: it cannot be fetched.
        BadInputError: no address is known.
    """
    source, wanted = registry.source(list_id), wanted or Wanted()
    urls = _urls(source, wanted)
    with scratch() as name:
        place = name / list_id
        place.mkdir()
        files = _fetched(urls, place, {}, wanted)
        yield place if len(files) > 1 else place / next(iter(files)), files


def addresses() -> dict[str, dict[str, str]]:
    """For each list the addresses of its files: the built-in ones, and list by list those of ENTREPOT_ADDRESSES.

    Raises:
        UnreadableFileError: the file of the setting is not there, or not of that form.
    """
    text = resources("entrepot.lists").joinpath("data/addresses.toml").read_text(encoding="utf-8")
    known: dict[str, dict[str, str]] = tomllib.loads(text)
    known.pop("source")  # where they are from: no list
    given = os.environ.get(_SETTING, "").strip()
    return {**known, **_own(Path(given))} if given else known


def _own(path: Path) -> dict[str, dict[str, str]]:
    allowed = tr('for each list a table of names and addresses: [un], then "consolidated.xml" = "https://..."')
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as exc:
        raise UnreadableFileError(
            path,
            tr("cannot be read ({strerror})", strerror=exc.strerror),
            remedy=tr("Correct {setting}.", setting=_SETTING),
        ) from exc
    except ValueError as exc:
        raise UnreadableFileError(path, tr("not TOML in UTF-8 ({exc})", exc=exc), allowed=allowed) from exc
    found = toml_of(text, path, allowed=allowed)
    found.pop("source", None)
    for list_id, table in found.items():
        registry.source(list_id)
        rows = table.items() if isinstance(table, dict) else [("", None)]
        if not all(isinstance(url, str) and PurePosixPath(name).name == name != "" for name, url in rows):
            raise UnreadableFileError(
                path, tr("the addresses of {list_id} are not of that form", list_id=list_id), allowed=allowed
            )
    return found


def _urls(source: ListSource, wanted: Wanted) -> dict[str, str]:
    """Name of each file -> its address."""
    known = addresses().get(source.id, {})
    if wanted.source:
        known = _from(source, known, wanted.source)
    if not known:
        remedy = tr(
            "Give its address: --from https://...; or load the file: entrepot lists load FILE --as {id}.", id=source.id
        )
        raise BadInputError(tr("no address is known for the list"), found=source.id, remedy=remedy)
    if wanted.version is None and any("{version}" in url for url in known.values()):
        remedy = tr("Give the day: --version 2026-07-23.")
        raise BadInputError(tr("the publisher offers the list day by day"), found=source.id, remedy=remedy)
    return {name: url.replace("{version}", wanted.version or "") for name, url in known.items()}


def _from(source: ListSource, known: Mapping[str, str], url: str) -> dict[str, str]:
    try:
        path = urlsplit(url).path
    except ValueError as exc:
        raise BadInputError(tr("not an address ({exc})", exc=exc), found=url, allowed=tr("https://...")) from exc
    last = PurePosixPath(path).name
    if path.endswith("/") and len(known) > 1:
        return {name: f"{url}{name}" for name in known}
    endings = tuple(e for f in source.formats for e in f.endings)
    if last.lower().endswith(endings):
        return {last: url}
    if len(known) == 1:
        return dict.fromkeys(known, url)
    allowed = tr("a folder ending in a slash, or a file ending in {set}", set=", ".join(sorted(set(endings))))
    raise BadInputError(tr("the address does not say what it holds"), found=url, allowed=allowed)


def _fetched(
    urls: Mapping[str, str], place: Path, known: Mapping[str, Validators], wanted: Wanted
) -> dict[str, Fetched]:
    """Every file, by name; empty where the server says that none has changed."""

    def one(name: str, validators: Validators | None) -> Fetched:
        progress = wanted.progress(name)
        return fetch(urls[name], place / name, known=validators, limits=wanted.limits, progress=progress)

    files = {name: one(name, known.get(name)) for name in urls}
    if not any(f.changed for f in files.values()):
        return {}
    # One file has changed: those that have not are needed too, for a list is read from all its files.
    return {name: f if f.changed else one(name, None) for name, f in files.items()}


def _loaded(source: ListSource, place: Path, folder: Path, files: Mapping[str, Fetched], wanted: Wanted) -> Row:
    names = list(files)
    main = files[names[0]]
    path = place if len(names) > 1 else place / names[0]
    try:
        return versions.load(
            path,
            source.id,
            folder,
            version=wanted.version,
            accept_loss=wanted.accept_loss,
            sent_on=main.sent_on,
        )
    except UnreadableFileError as exc:
        where = Path(exc.path).name + (tr(", line {line}", line=exc.line) if exc.line else "")
        raise FailedFetchError(
            main.url,
            tr("what came is refused: {where}: {problem}", where=where, problem=exc.problem),
            allowed=exc.allowed,
        ) from exc


def _remedy(source: ListSource, first: str) -> str:
    """What to do: what the failure itself says, else to try later; or to go without fetching."""
    page = tr(" from {address}", address=source.address) if source.address else ""
    by_hand = tr("download it{page} and load it: entrepot lists load FILE --as {id}", page=page, id=source.id)
    if first:
        return tr("The store is as it was. {first} Or {by_hand}.", first=first, by_hand=by_hand)
    return tr("The store is as it was. Try later, or {by_hand}.", by_hand=by_hand)


def _known(folder: Path, row: Row, urls: Mapping[str, str]) -> dict[str, Validators]:
    """What the servers said of the newest version's files; empty where it came from elsewhere."""
    try:
        found = json.loads((home(folder, row) / REMEMBERED).read_text(encoding="utf-8"))
        if {name: f["url"] for name, f in found.items()} != dict(urls):
            return {}
        return {name: Validators(str(f["etag"]), str(f["last_modified"])) for name, f in found.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}  # never fetched, or a file that somebody broke: then it is fetched whole


def _remember(place: Path, files: Mapping[str, Fetched]) -> None:
    said = {
        name: {
            "url": f.url,
            "etag": f.validators.etag,
            "last_modified": f.validators.last_modified,
            "sha256": f.sha256,
            "size": f.size,
            "retrieved": f.retrieved,
        }
        for name, f in files.items()
    }
    write_text(place / REMEMBERED, json.dumps(said, indent=1, ensure_ascii=False) + "\n")
