"""`entrepot doctor`: whether this installation can do its work, and what to do where it cannot.

See docs/design/25-installing-and-upkeep.md.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from importlib import metadata
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from entrepot import __version__
from entrepot.core.contract import table
from entrepot.core.errors import StoreError, StoreLockedError
from entrepot.core.migrations import migrations
from entrepot.core.periods import first_day
from entrepot.core.runtime import rights
from entrepot.core.store.access import is_writable, why_read_only
from entrepot.core.store.stocktaking import stock
from entrepot.core.words.translate import marked, tr
from entrepot.desk.contract import CHECKUP, FINE, NOTE, STATES, WRONG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

OLD_DAYS = 30  # OFAC changes its lists some forty times a year: after a month a change has most likely been missed
_READ_ONLY = marked(
    "Nothing is kept for entrepot explain. To keep what you are shown, give a store of your own with --store."
)
_PYTHONS = ((3, 11), (3, 13))  # the first and the last that all tests are run on
# Languages whose letters stand in names of parties and places -> as fontconfig calls them.
_SCRIPTS = {"Chinese": "zh", "Russian": "ru", "Uyghur": "ug"}
_FONTS = "Debian and Ubuntu: apt install fonts-noto-cjk fonts-dejavu-core"
_REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)\s*(?:\[[^]]*\])?\s*(?P<bounds>[^;]*)(?:;(?P<marker>.*))?")
_EXTRA = re.compile(r"extra\s*==\s*['\"]([\w.-]+)['\"]")
_BOUND = re.compile(r"(>=|<=|==|<|>)\s*([\d.]+)")

Row = dict[str, Any]


def checkup(folder: Path, day: date) -> pa.Table:
    """The state of this installation, under CHECKUP: what is wrong first, then notes. Nothing is made or fetched.

    Args:
        folder: the store's folder, which need not be there.
        day: the day from which the age of lists counts.
    """
    rows = [*_versions(), *_packages(), *_store(folder), *_lists(folder, day), *_fonts()]
    return table(CHECKUP, sorted(rows, key=lambda r: STATES[::-1].index(r["state"])))


def is_well(found: pa.Table) -> bool:
    """Whether nothing is wrong; a note is no fault."""
    return WRONG not in found.column("state").to_pylist()


def _seen(topic: str, item: str, found: str, state: str = FINE, remedy: str | None = None) -> Row:
    return {"topic": topic, "item": item, "state": state, "found": found, "remedy": remedy}


def _versions() -> Iterator[Row]:
    yield _seen("version", "entrepot", __version__)
    found = ".".join(map(str, sys.version_info[:3]))
    least, most = _PYTHONS
    if least <= sys.version_info[:2] <= most:
        yield _seen("version", "python", found)
    else:
        yield _seen("version", "python", found, WRONG, tr("Install Entrepot under Python 3.11, 3.12 or 3.13."))


def _packages() -> Iterator[Row]:
    """What Entrepot asks for, and what its extras add, as the installed metadata say."""
    try:
        asked_for = metadata.requires("entrepot") or ()
    except metadata.PackageNotFoundError:
        yield _seen("package", "entrepot", tr("run from its source: what it asks for is not known"), NOTE)
        return
    for text in asked_for:
        asked = _REQUIREMENT.match(text)
        if asked is None:
            continue
        name, bounds, extra = asked["name"], asked["bounds"].strip(), _EXTRA.search(asked["marker"] or "")
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            yield _absent(name, extra[1] if extra else "")
            continue
        item, topic = (f"{extra[1]}: {name}", "extra") if extra else (name, "package")
        if fits(found, bounds):
            yield _seen(topic, item, found)
        else:
            yield _seen(
                topic,
                item,
                tr("{found}, where {bounds} is asked for", found=found, bounds=bounds),
                WRONG,
                tr("pip install '{name}{bounds}'", name=name, bounds=bounds),
            )


def _absent(name: str, extra: str) -> Row:
    """A package that is not there; one of an extra is nothing wrong."""
    if extra:
        return _seen(
            "extra",
            f"{extra}: {name}",
            tr("not installed"),
            NOTE,
            tr("If you need it: pip install 'entrepot[{extra}]'", extra=extra),
        )
    return _seen("package", name, tr("not installed"), WRONG, tr("Install Entrepot again."))


def fits(version: str, bounds: str) -> bool:
    """Whether a version keeps bounds such as ">=0.4.1,<0.5"; only the numbers before a letter count.

    Args:
        version: "1.10.2".
        bounds: bounds of the kinds >=, <=, ==, < and >, separated by commas; empty for any.
    """
    return all(_keeps(version, sign, bound) for sign, bound in _BOUND.findall(bounds))


def _keeps(version: str, sign: str, bound: str) -> bool:
    numbers = [[int(n) for n in re.findall(r"\d+", re.split(r"[^\d.]", v)[0])] for v in (version, bound)]
    a, b = map(list, zip(*zip_longest(*numbers, fillvalue=0), strict=True))
    return {">=": a >= b, "<=": a <= b, "==": a == b, "<": a < b, ">": a > b}[sign]


def _store(folder: Path) -> Iterator[Row]:
    """Where the store lies, how large it is, its schema, and whether it can be written."""
    found = str(folder)
    if why := why_read_only(folder):
        yield _seen(
            "store", "folder", tr("{found}, to be read only: {why}", found=found, why=why), NOTE, tr(_READ_ONLY)
        )
    elif is_writable(folder):
        yield _seen("store", "folder", found)
    else:
        remedy = tr("Give another with --store or ENTREPOT_STORE, or take the right to write there.")
        yield _seen("store", "folder", tr("{found}, which cannot be written", found=found), WRONG, remedy)
    try:
        held = stock(folder)
    except StoreLockedError:
        yield _seen("store", "schema", tr("another run holds the store"), NOTE, tr("Look again when it has ended."))
        return
    except StoreError as exc:
        yield _seen("store", "schema", f"{exc.thing}", WRONG, exc.remedy)
        return
    if not held.there:
        yield _seen("store", "schema", tr("no store yet; the first run that keeps something makes it"))
        return
    yield _rights(folder)
    yield _seen("store", "size", tr("{total:,} bytes", total=sum(held.sizes.values())))
    yield _schema(held.version or 0)


def _rights(folder: Path) -> Row:
    """Who may read the store: names of suppliers lie in it."""
    said = rights.owner(folder)
    if os.name == "posix" and folder.stat().st_mode & stat.S_IRWXO:
        remedy = tr("If they should not: entrepot store share --private, or --group GROUP")
        return _seen(
            "store", "rights", tr("{said}: everyone on this machine may look into it", said=said), NOTE, remedy
        )
    return _seen("store", "rights", said)


def _schema(version: int) -> Row:
    if version > len(migrations()):
        found = tr(
            "version {version}, written by a newer Entrepot; this one knows {count}",
            version=version,
            count=len(migrations()),
        )
        return _seen("store", "schema", found, WRONG, tr("Update Entrepot, or give another store with --store."))
    if version < len(migrations()):
        found = tr(
            "version {version}; the next run that opens it brings it to {count}",
            version=version,
            count=len(migrations()),
        )
        return _seen(
            "store", "schema", found, NOTE, tr("Copy the folder first if you may go back to the older Entrepot.")
        )
    return _seen("store", "schema", tr("version {version}", version=version))


def _lists(folder: Path, day: date) -> Iterator[Row]:
    """Each list that parties are screened against, with its age; of a loaded one only the newest version."""
    from entrepot.lists.registry import newer_by
    from entrepot.lists.shelf import held

    try:
        usable = stock(folder).version in {None, len(migrations())}
    except StoreError:
        usable = False
    # An older store would be migrated by being opened: of it, as of a broken one, only the record's lists are told.
    rows = held(folder if usable else folder / "none", day).to_pylist()
    newest = {r["list_id"]: r for r in rows}  # they are in order of their days
    for row in newest.values():
        days = (day - first_day(row["version"])).days
        found = tr("{entries:,} entries, {days} days old", entries=row["entries"], days=days)
        if row["loaded_at"] is None:
            yield _seen("list", f"{row['list_id']} {row['version']}", tr("{found}, of the record", found=found))
        elif days > OLD_DAYS:
            remedy = tr("Newer: {way}.", way=newer_by(row["list_id"]))
            yield _seen("list", f"{row['list_id']} {row['version']}", found, NOTE, remedy)
        else:
            yield _seen("list", f"{row['list_id']} {row['version']}", found)


def _fonts() -> Iterator[Row]:
    """Whether the system has letters for the names that Entrepot prints; charts and pages take the system's fonts."""
    lister = shutil.which("fc-list")
    for language, code in _SCRIPTS.items():
        if lister is None:
            yield _seen("fonts", language, "not known: fc-list (fontconfig) is not there to ask", NOTE)
            continue
        done = subprocess.run([lister, f":lang={code}", "family"], capture_output=True, text=True, check=False)  # noqa: S603 - found on the PATH, asked a fixed question
        families = sorted({line.split(",")[0].strip() for line in done.stdout.splitlines() if line.strip()})
        if families:
            yield _seen(
                "fonts",
                language,
                tr("{families}, of {count} that have them", families=families[0], count=len(families)),
            )
        else:
            yield _seen("fonts", language, "no font: its letters show as boxes", NOTE, _FONTS)
