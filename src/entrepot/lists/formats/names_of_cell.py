"""Several names in one cell of a list of one's own: apart where a mark says so, and counted.

A cell may hold names a line each, each behind a mark of a list (・, •, 1.), or with semicolons between. Where marks are
used, a line without one goes on with the name above it. A comma divides nothing, for "PETROV, Anton" is one name: cells
with commas are counted. The cell of the name itself is cut only where its lines are of different scripts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from entrepot.core.words.translate import ntr
from entrepot.names.reading.clean import script

_MARK = r"(?:[・•◦●○▪■‣⁃∙]\s*|[-–—*]\s+|\(?\d{1,2}[.)]\s+)"
# At the beginning of a line; ・ and • behind a space too, where lines were joined. Within a word ・ divides a name.
_MARKED = re.compile(rf"(?:^|[\r\n]+)\s*{_MARK}|\s+[・•]\s*")
_LINES = re.compile(r"[\r\n]+")
_SEMICOLON = re.compile(r"[;；]")
_COMMA = re.compile(r"[,，、]")


@dataclass(slots=True)
class SplitCells:
    """How many cells held several names, how many names those are, and how many have commas.

    Attributes:
        cells: cells that were divided.
        names: names that they hold.
        commas: names of aliases in which a comma stands.
    """

    cells: int = 0
    names: int = 0
    commas: int = 0

    def of_name(self, cell: str) -> list[str]:
        """The name of an entry, then what stands under it in another script; at least one text.

        Args:
            cell: as it stands.
        """
        lines = [line.strip() for line in _LINES.split(cell) if line.strip()]
        scripts = [script(line) for line in lines]
        if len(set(scripts)) < len(lines) or len(lines) == 1:
            return [cell]
        self._count(lines)
        return lines

    def of_aliases(self, cell: str) -> list[str]:
        """The names of a cell of aliases.

        Args:
            cell: as it stands.
        """
        divided = (_MARKED if _MARKED.search(cell) else _LINES).split(cell)
        names = [name for part in divided for n in _SEMICOLON.split(part) if (name := " ".join(n.split()))]
        self.commas += sum(bool(_COMMA.search(n)) for n in names)
        if len(names) > 1:
            self._count(names)
        return names

    def said(self) -> list[str]:
        """What was divided, and what may have been; nothing where each cell holds one name."""
        found = []
        if self.cells:
            found.append(
                ntr(
                    self.cells,
                    "{count} cell holds several names: {names} in all, each searched by itself.",
                    "{count} cells hold several names: {names} in all, each searched by itself.",
                    names=self.names,
                )
            )
        if self.commas:
            found.append(
                ntr(
                    self.commas,
                    "{count} alias has a comma and is one name: put ; between several.",
                    "{count} aliases have a comma and are one name each: put ; between several.",
                )
            )
        return found

    def _count(self, names: list[str]) -> None:
        self.cells += 1
        self.names += len(names)
