"""A screening shared out over many machines: one share of it each, and all shares joined to what one machine writes.

A screening is cut into parts of 2,000 parties (`bulk`). Share 3 of 40 takes each fortieth of them, from the third on,
and leaves them in a folder of its own, under the manifest that decides the result. To join is to screen with every part
done before, so the bytes are those of the whole run. See docs/design/60-shares.md.
"""

from __future__ import annotations

import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.files import write_text
from entrepot.core.words.translate import tr
from entrepot.screening.runs.checkpoint import DONE, MANIFEST, Parts, named_differences, part_file, taken_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_ASKED = re.compile(r"([1-9]\d{0,5})/([1-9]\d{0,5})")
_FOLDER = re.compile(r"([1-9]\d{0,5})-of-([1-9]\d{0,5})")
_ELSEWHERE = "input"  # the path of the file, which is another on each machine; its hash is compared
_MOST_NAMED = 12  # shares that a message names; more are counted


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """One of the shares of a screening.

    Attributes:
        of: how many there are.
        number: which one, from 1.
    """

    of: int
    number: int

    def holds(self, part: int) -> bool:
        """Whether a part belongs to this share; parts are counted from 0."""
        return part % self.of == self.number - 1

    def __str__(self) -> str:
        return tr("{number} of {of}", number=self.number, of=self.of)

    @property
    def folder(self) -> str:
        """The name of its folder."""
        return f"{self.number}-of-{self.of}"


def share_of(asked: str) -> Share:
    """A share as it is asked for.

    Args:
        asked: `3/40`.

    Raises:
        BadInputError: it is no share.
    """
    found = _ASKED.fullmatch(asked.strip())
    if found is None or int(found[1]) > int(found[2]):
        allowed = tr("K/N, the K-th of N: 1/40 to 40/40")
        raise BadInputError(tr("that is no part of a screening"), found=asked, allowed=allowed)
    return Share(int(found[2]), int(found[1]))


def shares_folder(out: Path) -> Path:
    """Where the shares of an output lie."""
    return out.parent / f"{out.name}.parts"


@dataclass(slots=True)
class SharedParts(Parts):
    """The parts of one share; those of the others are passed over.

    Attributes:
        share: which one.
        taken: its parts, by number.
    """

    share: Share = field(default_factory=lambda: Share(1, 1))
    taken: list[int] = field(default_factory=list)

    def recover(self, number: int) -> bool:
        """Pass over a part of another share; take one that this share finished before."""
        if not self.share.holds(number):
            return True
        self.taken.append(number)
        return Parts.recover(self, number)


@contextmanager
def share_kept(out: Path, share: Share, manifest: Mapping[str, Any], *, resume: bool) -> Iterator[SharedParts]:
    """The folder of one share, held by one run; it stays, and says that it is done once the block ends.

    Args:
        out: the output that the shares are for.
        share: which one.
        manifest: what decides the result.
        resume: whether to take up an unfinished run of this share.

    Raises:
        BadInputError: another run holds the folder, or the unfinished run was of something else.
    """
    folder = shares_folder(out) / share.folder
    known = _anywhere(manifest)
    with taken_up(folder, known, resume=resume, stays=True):
        parts = SharedParts(folder, share=share)
        yield parts
        write_text(folder / DONE, json.dumps({"share": str(share), "parts": parts.taken}))


@dataclass(slots=True)
class JoinedParts(Parts):
    """The parts that shares left.

    Attributes:
        shares: their folders, the first share first.
    """

    shares: tuple[Path, ...] = ()

    def recover(self, number: int) -> bool:
        """Take a part from the share that holds it.

        Raises:
            BadInputError: it is not what was written.
        """
        path = part_file(self.shares[number % len(self.shares)], number)
        if not self.take(path):
            remedy = tr("Screen part {replace} again.", replace=path.parent.name.replace("-of-", "/"))
            raise BadInputError(
                tr("a piece of a part is missing or is not what was written"), found=str(path), remedy=remedy
            )
        return True


def joined(folder: Path, manifest: Mapping[str, Any], count: int) -> JoinedParts:
    """All shares of a screening.

    Args:
        folder: where their folders lie.
        manifest: what decides the result of this run; each share must have been of the same.
        count: how many parts of 2,000 parties there are.

    Raises:
        BadInputError: a share is missing, unfinished, of something else, or of another sharing out.
    """
    found = _found(folder)
    several = sorted({share.of for share in found})
    if len(several) > 1:
        told = "; ".join(_named(s for s in found if s.of == of) for of in several)
        remedy = tr("Move away what belongs to another run.")
        raise BadInputError(tr("parts of two runs lie side by side"), found=told, remedy=remedy)
    whole = [Share(several[0], n) for n in range(1, several[0] + 1)]
    if missing := [s for s in whole if s not in found]:
        raise BadInputError(tr("parts are missing"), found=_named(missing), remedy=tr("Screen them, and join again."))
    if undone := [s for s in whole if not (found[s] / DONE).is_file()]:
        remedy = tr("Wait for them, or take them up with --resume.")
        raise BadInputError(tr("parts are not finished"), found=_named(undone), remedy=remedy)
    for share in whole:
        _refuse_other(share, found[share], _anywhere(manifest), [n for n in range(count) if share.holds(n)])
    return JoinedParts(shares=tuple(found[s] for s in whole))


def _found(folder: Path) -> dict[Share, Path]:
    """The folders of shares that lie in a folder."""
    try:
        names = sorted(p for p in folder.iterdir() if p.is_dir())
    except OSError as exc:
        reason = exc.strerror or str(exc)
        raise BadInputError(tr("the parts cannot be read ({reason})", reason=reason), found=str(folder)) from exc
    out: dict[Share, Path] = {}
    for path in names:
        if said := _FOLDER.fullmatch(path.name):
            share = Share(int(said[2]), int(said[1]))
            if share.number > share.of:
                raise BadInputError(
                    tr("a part has a number beyond the last"), found=str(path), remedy=tr("Move it away.")
                )
            out[share] = path
    if not out:
        remedy = tr("Give the folder into which --part wrote: the name of its --out with .parts behind it.")
        raise BadInputError(tr("no part of a screening lies there"), found=str(folder), remedy=remedy)
    return out


def _refuse_other(share: Share, folder: Path, manifest: Mapping[str, Any], wanted: list[int]) -> None:
    try:
        before = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        taken = json.loads((folder / DONE).read_text(encoding="utf-8"))["parts"]
    except (OSError, ValueError, KeyError, TypeError) as exc:
        remedy = tr("Screen part {number}/{of} again.", number=share.number, of=share.of)
        raise BadInputError(tr("a part does not say what it is of"), found=str(folder), remedy=remedy) from exc
    said = named_differences(before, manifest)
    if not said and taken != wanted:
        said = tr("pieces were {count}, are {count_2}", count=len(taken), count_2=len(wanted))
    if said:
        remedy = tr("Join with what it was given, or screen that part again.")
        raise BadInputError(tr("part {share} was of something else", share=share), found=said, remedy=remedy)


def _anywhere(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What decides the result on every machine."""
    return {k: v for k, v in manifest.items() if k != _ELSEWHERE}


def _named(shares: Iterable[Share]) -> str:
    every = [str(s) for s in sorted(shares)]
    more = len(every) - _MOST_NAMED
    return ", ".join(every[:_MOST_NAMED]) + (tr(" and {more} more", more=more) if more > 0 else "")
