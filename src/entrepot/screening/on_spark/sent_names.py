"""The names that are searched, as files that travel to the machines of a cluster and are read there.

On one machine they travel as a path, which means nothing on another: here the files themselves are sent, and each is
held against its hash where it arrives.
"""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core.ids import digest, file_digest
from entrepot.core.words.translate import tr
from entrepot.lists.search_set import mapped_names

if TYPE_CHECKING:
    from collections.abc import Callable

    from entrepot.lists.search_set import Searched

# Names that lie in no file: a table of one's own, or with parties by their owners. Their hash is in the name, for a
# session takes one file of a name.
_WHOLE = ".pickle"


@dataclass(frozen=True, slots=True)
class SentNames:
    """Files that hold the names of a screening.

    Attributes:
        opens: the name of the file that is opened; what it refers to lies beside it.
        sha256: name -> hash of each file.
    """

    opens: str
    sha256: dict[str, str]

    def read(self, where: Callable[[str], str]) -> Searched:
        """The names, on the machine that received them.

        Args:
            where: gives the path of a file that was sent.

        Raises:
            LookupError: a file is not there or is not what was sent; the message names it.
        """
        for name, sha256 in self.sha256.items():
            if (fault := not_as_sent(Path(where(name)), sha256)) is not None:
                raise LookupError(fault)
        path = Path(where(self.opens))
        if not self.opens.endswith(_WHOLE):
            return mapped_names(path)
        found: Searched = pickle.loads(path.read_bytes())  # noqa: S301 - its hash is that of what was sent
        return found


def sent_names(against: Searched, folder: Path) -> tuple[SentNames, list[Path]]:
    """What is sent, and the files.

    Args:
        against: the names.
        folder: for a file of names that lie in none.
    """
    if against.path and against.index.path:
        paths = [Path(against.path), Path(against.index.path)]
    else:
        whole = pickle.dumps(against)
        paths = [folder / f"names-{digest(whole)}{_WHOLE}"]
        paths[0].write_bytes(whole)
    return SentNames(paths[0].name, {p.name: file_digest(p) for p in paths}), paths


def not_as_sent(path: Path, sha256: str) -> str | None:
    """What is wrong with a file that was sent; None where it is whole."""
    try:
        return None if file_digest(path) == sha256 else tr("{name} is not the file that was sent", name=path.name)
    except OSError as exc:
        return f"{path.name}: {exc.strerror or exc}"
