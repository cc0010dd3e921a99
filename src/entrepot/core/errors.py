"""Every error that Entrepot raises on purpose.

EntrepotError                      exit 1
├── BadInputError                  exit 2   what the person gave cannot be used
│   ├── UnknownNameError                    a measure, list, column, table ... that does not exist
│   ├── BadDateError                        a date or period that cannot be read
│   ├── UnreadableFileError                 a file that is empty, mis-encoded, wrongly quoted, of an unknown kind
│   ├── NobodyNamedError                    a table without a column that names a party
│   ├── NobodyReadError                     rows of which none holds a party
│   ├── BadRowsError                        rows of a file that cannot be taken, each fault with its row and column
│   ├── FailedFetchError                    an address that cannot be fetched
│   ├── ContractBrokenError                 a table that does not keep its contract
│   ├── EndedError                          an answer that somebody ended before it was there
│   ├── RefusedError                        a request that the server does not pass on
│   │   └── UnstorableError                 an entity in a request whose text no table holds
│   └── NotEstimableError                   a model that the data given cannot estimate
│       ├── CollinearError                  columns that nothing left tells apart from what is absorbed
│       ├── NothingLeftError                rows of which each is taken up by what is absorbed
│       ├── NoRoomError                     loads that the capacities on the way do not let through
│       └── UnsolvedError                   shares of supplies whose equations are not solved well enough
├── MissingExtraError              exit 2   what is asked for needs packages that a plain install leaves out
└── StoreError                     exit 2   the store cannot be used as it stands
    ├── StoreLockedError                    another run holds it
    ├── StoreElsewhereError                 a database on another machine, or behind a socket, that cannot be used
    └── StoreVersionError                   a newer Entrepot wrote it

An error is a page of documentation: the thing, the value found, what was allowed, what to do.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from entrepot.core.words.languages import ENGLISH
from entrepot.core.words.translate import APART, ntr, retold, spoken, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ASKS = "did you mean "  # begins what is allowed where the nearest names are told; said by `_allowed`
_MOST_FAULTS = 10  # of a file in one message: the file is mended before the eleventh is read
DONE, INTERNAL, BAD_INPUT, MATCHED = 0, 1, 2, 3  # exit codes; 2 is what a shell expects of wrong usage


def _shown(value: object, limit: int = 120) -> str:
    """The value as a person can read it on one line: control characters escaped, long values cut."""
    text = str(value)
    return printable(text) if len(text) <= limit else printable(text[:limit]) + "…"


def _quoted(value: object) -> str:
    """The value between quotes; its escapes are not escaped again."""
    text = _shown(value)
    mark = '"' if "'" in text and '"' not in text else "'"
    return f"{mark}{text}{mark}"


def printable(text: str) -> str:
    """Text without what moves a terminal's cursor, ends its line or turns its direction: such characters escaped."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


# Controls but newline and tab, and the marks that turn the direction of text: a terminal or a page that holds them
# shows another text than is there. Joiners (U+200C, U+200D) are letters' affair in Persian and Hindi, and stay.
_HIDING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """Text of several lines as a terminal or a page may hold it: controls and turns of direction are escaped."""
    return _HIDING.sub(_told_apart if spoken() != ENGLISH else _escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return f"\\u{ord(found[0]):04x}"


def _told_apart(found: re.Match[str]) -> str:
    """A first strong isolate and its end stay in another language: data stand between them, and they force no way."""
    return found[0] if found[0] in APART else _escaped(found)


class EntrepotError(Exception):
    """An error with its facts as attributes.

    Args:
        thing: what went wrong, one clause without a full stop.
        found: the value found, shown shortened.
        allowed: what was allowed or expected.
        remedy: what to do, an imperative sentence.
    """

    exit_code = INTERNAL

    def __init__(self, thing: str, *, found: object = None, allowed: str = "", remedy: str = "") -> None:
        self.thing, self.found, self.allowed, self.remedy = thing, found, allowed, remedy
        super().__init__(printable(self.sentence()))  # names of files and headings are not ours

    def retell(self) -> None:
        """Say in the language that is spoken what was said in English, where what is kept is made."""
        self.thing, self.remedy = retold(self.thing), retold(self.remedy)
        self.allowed = self.allowed if self.allowed.startswith(ASKS) else retold(self.allowed)
        self.args = (printable(self.sentence()),)

    def lines(self) -> str:
        """The message as a terminal shows it: on one line, but for an error that tells of several things."""
        return str(self)

    def sentence(self) -> str:
        """The whole message on one line."""
        parts = [self.thing]
        if self.found is not None:
            parts[0] += f": {_quoted(self.found)}" if isinstance(self.found, str) else f": {_shown(self.found)}"
        if self.allowed:
            parts.append(_allowed(self.allowed))
        line = "; ".join(parts)
        line += "" if self.allowed.startswith(ASKS) else "."
        return f"{line} {self.remedy}" if self.remedy else line


def _allowed(said: str) -> str:
    """What is allowed, as a clause; a question where the nearest names are told."""
    if said.startswith(ASKS):
        return tr("did you mean {names}?", names=said.removeprefix(ASKS))
    return tr("expected {allowed}", allowed=said)


class BadInputError(EntrepotError):
    """What the person gave cannot be used."""

    exit_code = BAD_INPUT


_LISTED, _LISTED_WHOLE = 12, 24  # names in a message: of many the first, of a closed set that can be read all


class UnknownNameError(BadInputError):
    """A name outside a closed set; carries the nearest valid names.

    Args:
        kind: what the name stands for ("measure", "column").
        name: the name given.
        known: all valid names.
        remedy: what to do beside picking a valid name.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str], *, remedy: str = "") -> None:
        self.kind, self.name, self.known = kind, name, tuple(sorted(set(known)))
        self.nearest = nearest(name, self.known)
        listed = self.nearest or (self.known if len(self.known) <= _LISTED_WHOLE else self.known[:_LISTED])
        names, left = ", ".join(listed), 0 if self.nearest else len(self.known) - len(listed)
        allowed = (
            tr("one of {names} and {count} more", names=names, count=left)
            if left
            else tr("one of {names}", names=names)
        )
        if self.nearest or not self.known:
            allowed = f"{ASKS}{names}" if self.known else tr("none exist")
        super().__init__(tr("unknown {kind}", kind=kind), found=name, allowed=allowed, remedy=remedy)

    def retell(self) -> None:
        """Say it again in the language that is spoken."""
        self.kind = retold(self.kind)
        super().retell()
        self.thing = tr("unknown {kind}", kind=self.kind)
        self.args = (printable(self.sentence()),)

    def sentence(self) -> str:
        """The whole message on one line."""
        allowed = _allowed(self.allowed) if self.nearest else f"{self.allowed}."
        line = f"{self.thing} {_quoted(self.found)}; {allowed}"
        return f"{line} {self.remedy}" if self.remedy else line


class BadDateError(BadInputError):
    """A date or a period that cannot be read."""

    def __init__(self, found: str, *, allowed: str = "") -> None:
        any_of = tr("2024, 2024-11, 2024-11-05, 2024-Q3 or 2024-H1")
        super().__init__(tr("not a date"), found=found, allowed=allowed or any_of)


class UnreadableFileError(BadInputError):
    """A file that cannot be read as what it claims to be; line and column count from 1 where known.

    `key` is the key of a TOML file that is wrong, where one is.
    """

    key: str = ""

    def __init__(  # noqa: PLR0913 - every part is a fact of the message
        self,
        path: object,
        problem: str,
        *,
        line: int | None = None,
        column: int | str | None = None,
        allowed: str = "",
        remedy: str = "",
    ) -> None:
        self.path, self.problem, self.line, self.column = str(path), problem, line, column
        where = str(path)
        where += "" if line is None else tr(", line {line}", line=str(line))
        where += "" if column is None else tr(", column {column}", column=str(column))
        super().__init__(f"{where}: {problem}", allowed=allowed, remedy=remedy)

    def retell(self) -> None:
        """Say it again in the language that is spoken."""
        said = [retold(s) for s in (self.problem, self.allowed, self.remedy)]
        UnreadableFileError.__init__(
            self, self.path, said[0], line=self.line, column=self.column, allowed=said[1], remedy=said[2]
        )


class NobodyNamedError(BadInputError):
    """A table of which no column can be read as the name of a party."""


class NobodyReadError(BadInputError):
    """Rows of which none has a name, an address or an identifier."""


class RowFault(NamedTuple):
    """What is wrong with one cell.

    Attributes:
        where: the row as its file counts it: "line 3", "row 3".
        column: the column.
        problem: what is wrong, with the value that stands there.
        allowed: what may stand there.
    """

    where: str
    column: str
    problem: str
    allowed: str

    def words(self) -> str:
        """The fault as one clause."""
        return tr(
            "{where}, {column}: {problem}; expected {allowed}",
            where=self.where,
            column=self.column,
            problem=self.problem,
            allowed=self.allowed,
        )


class BadRowsError(BadInputError):
    """Rows that cannot be taken; `faults` holds every fault, the message the first ten."""

    def __init__(self, origin: str, faults: Sequence[RowFault], *, remedy: str = "") -> None:
        self.origin, self.faults = origin, tuple(faults)
        left = len(self.faults) - _MOST_FAULTS
        more = [tr("And {left} more", left=left)] if left > 0 else []
        self._told = [f.words() for f in self.faults[:_MOST_FAULTS]] + more
        self._head = ntr(
            len(self.faults),
            "{origin}: {count} fault, nothing is written.",
            "{origin}: {count} faults, nothing is written.",
            origin=origin,
        )
        super().__init__(f"{self._head} {'. '.join(self._told)}", remedy=remedy)

    def retell(self) -> None:
        """Say it again in the language that is spoken."""
        faults = [f._replace(problem=retold(f.problem), allowed=retold(f.allowed)) for f in self.faults]
        BadRowsError.__init__(self, self.origin, faults, remedy=retold(self.remedy))

    def lines(self) -> str:
        """The message with a fault a line."""
        told = [f"  {words}." for words in self._told]
        return "\n".join(printable(line) for line in (self._head, *told, *filter(None, [self.remedy])))


class FailedFetchError(BadInputError):
    """An address that cannot be fetched: no answer, a refusal, an answer cut short or too large."""

    def __init__(self, url: str, problem: str, *, allowed: str = "", remedy: str = "") -> None:
        self.url, self.problem = without_credentials(url), problem
        super().__init__(f"{_shown(self.url, 300)}: {without_credentials(problem)}", allowed=allowed, remedy=remedy)


def without_credentials(text: str) -> str:
    """A text with the user and password left out of each address in it: they are never written or printed."""
    return re.sub(r"(?<=//)[^/?#\s@]*@", "", text)


class ContractBrokenError(BadInputError):
    """A table that does not keep its contract; `failures` names each rule with its count and first rows."""

    def __init__(self, contract: str, failures: Sequence[str], *, remedy: str = "") -> None:
        self.contract, self.failures = contract, tuple(failures)
        shown = "; ".join(self.failures[:5])
        more = tr("; and {count} more", count=len(self.failures) - 5) if len(self.failures) > 5 else ""  # noqa: PLR2004
        super().__init__(
            tr("table {contract!r} breaks its contract: {shown}{more}", contract=contract, shown=shown, more=more),
            remedy=remedy,
        )


class NotEstimableError(BadInputError):
    """A model that the data given cannot estimate: missing values, nothing left, collinear or separated covariates."""


class CollinearError(NotEstimableError):
    """Columns that cannot be told apart from what is absorbed and from one another: `lost` names them.

    Args:
        lost: names of the columns.
    """

    def __init__(self, lost: Sequence[str]) -> None:
        self.lost = tuple(lost)
        super().__init__(
            tr(
                "collinear: {lost} cannot be told apart from the absorbed effects and the other covariates",
                lost=", ".join(lost),
            ),
            remedy=tr("Leave it out, or absorb less."),
        )


class NothingLeftError(NotEstimableError):
    """Rows of which each is alone in something that is absorbed, or of nothing wherever it is: none is left."""


class NoRoomError(NotEstimableError):
    """All must go and the capacities do not let it: `cut` names those that bind, `missing` by how much.

    Args:
        missing: what exceeds the capacities at least, in units.
        cut: the groups whose capacities bind.
    """

    def __init__(self, missing: float, cut: tuple[int, ...]) -> None:
        self.missing, self.cut = missing, cut
        super().__init__(
            tr("the capacities fall short by {missing:g} units", missing=missing),
            allowed=tr("capacities that let all go"),
            remedy=tr("Let some be left behind, or raise a capacity of the cut."),
        )


class MissingExtraError(EntrepotError):
    """What is asked for needs packages that a plain install leaves out.

    Args:
        thing: what was asked for ("the event study").
        extra: the name under which the packages are installed.
        packages: those that are not there.
    """

    exit_code = BAD_INPUT

    def __init__(self, thing: str, extra: str, packages: Sequence[str]) -> None:
        self.asked, self.extra, self.packages = thing, extra, tuple(packages)
        named = " and ".join(filter(None, [", ".join(packages[:-1]), packages[-1]]))
        super().__init__(
            tr("{thing} needs {named}, which a plain install leaves out", thing=thing, named=named),
            remedy=tr("Run: pip install 'entrepot[{extra}]'", extra=extra),
        )


class StoreError(EntrepotError):
    """The store cannot be used as it stands."""

    exit_code = BAD_INPUT


class StoreLockedError(StoreError):
    """Another run holds the store."""


class StoreElsewhereError(StoreError):
    """A database that others share cannot be used; where it lies concerns who runs it, and no client of a server."""


class StoreVersionError(StoreError):
    """A newer Entrepot wrote the store."""


def nearest(name: str, known: Iterable[str], count: int = 3) -> tuple[str, ...]:
    """The known names closest to `name`, best first: those that begin with it, then the similar; empty when none is."""
    names, given = {k.casefold(): k for k in known}, name.casefold()[:80]
    begun = sorted(k for k in names if given and k.startswith(given))
    close = get_close_matches(given, list(names), n=count, cutoff=0.5)
    return tuple(names[h] for h in dict.fromkeys([*begun, *close]))[:count]
