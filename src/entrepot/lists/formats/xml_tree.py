"""XML without document types: no entity can be declared, so none expands and none is fetched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.lists.formats.reading import File

_DEEPEST = 50  # levels; the UN's file has 5
_BREAK = "\0"  # stands for a `br`; no XML document can hold it
_PIECE = 1024 * 1024  # bytes given to the parser at once


@dataclass(slots=True)
class Element:
    """An element: name, attributes, the line on which it begins, text before its first child, children, text after."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[Element] = field(default_factory=list)
    tail: str = ""

    def all(self, name: str) -> list[Element]:
        """The children of a name."""
        return [c for c in self.children if c.name == name]

    def whole(self) -> str:
        """All text inside, that of the children included, runs of spaces made one."""
        return " ".join(self._inside().replace(_BREAK, " ").split())

    def lines(self) -> list[str]:
        """The text of `whole`, cut at each `br`; empty lines left out."""
        return [text for line in self._inside().split(_BREAK) if (text := " ".join(line.split()))]

    def _inside(self) -> str:
        each = (_BREAK if c.name.lower() == "br" else c._inside() for c in self.children)  # noqa: SLF001 - its own class
        return self.text + "".join(t + c.tail for t, c in zip(each, self.children, strict=True))

    def value(self, name: str) -> str:
        """The text of the first child of a name, spaces at its ends removed; empty where there is none."""
        return next((c.text.strip() for c in self.children if c.name == name), "")


class _RefusedError(Exception):
    """Something in the document that is not read, said in its argument."""


def parsed(file: File) -> Element:
    """The root of a document.

    Raises:
        UnreadableFileError: not well-formed, cut short, with a document type, or nested too deep.
    """
    (root,) = each(file, "", None)
    return root


def each(file: File, root: str, wanted: Mapping[str, str] | None) -> Iterator[Element]:
    """The elements of certain names, whole, one after the other; nothing else of the document is held.

    Args:
        file: the document.
        root: the name that its root must have; empty for any.
        wanted: name of the element -> name of the element it stands in; None for the root alone, whole.

    Yields:
        First the root without anything inside, where `wanted` is given; then each element.

    Raises:
        UnreadableFileError: as `parsed`; what was given out before is then worth nothing.
    """
    builder = _Builder(root, wanted)
    data, parser = memoryview(file.data), builder.parser
    try:
        for start in range(0, len(data), _PIECE):
            parser.Parse(bytes(data[start : start + _PIECE]), False)
            yield from builder.taken()
        parser.Parse(b"", True)
        yield from builder.taken()
    except _RefusedError as exc:
        remedy = tr("Download the file from its publisher.")
        raise UnreadableFileError(file.path, str(exc), line=parser.CurrentLineNumber, remedy=remedy) from exc
    except expat.ExpatError as exc:
        problem = tr("not well-formed XML ({errorstring})", errorstring=expat.ErrorString(exc.code))
        raise UnreadableFileError(file.path, problem, line=exc.lineno, remedy=tr("Download it again.")) from exc
    except (LookupError, ValueError) as exc:
        raise UnreadableFileError(file.path, tr("an unknown encoding"), line=1, allowed=tr("UTF-8")) from exc


class _Builder:
    """Builds the wanted elements from expat's calls; a prefix of a namespace is no part of a name."""

    def __init__(self, root: str, wanted: Mapping[str, str] | None) -> None:
        self.parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._data
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = self._refuse
        self._root, self._wanted = root, wanted
        self._open: list[str] = []  # names of all elements that are open
        self._stack: list[Element] = []  # those of them that are built
        self._done: list[Element] = []

    def taken(self) -> list[Element]:
        """The elements finished since the last call."""
        done, self._done = self._done, []
        return done

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) >= _DEEPEST:
            raise _RefusedError(tr("elements nested more than {deepest} deep", deepest=_DEEPEST))
        name = name.rpartition(":")[2]
        if not self._open:
            if self._root and name != self._root:
                raise _RefusedError(tr("the root is {name!r}, not {root!r}", name=name[:60], root=self._root))
            if self._wanted is not None:
                self._done.append(Element(name, attributes, self.parser.CurrentLineNumber))
        if self._stack or self._begins(name):
            element = Element(name, attributes, self.parser.CurrentLineNumber)
            if self._stack:
                self._stack[-1].children.append(element)
            self._stack.append(element)
        self._open.append(name)

    def _begins(self, name: str) -> bool:
        if self._wanted is None:
            return not self._open
        return bool(self._open) and self._wanted.get(name) == self._open[-1]

    def _end(self, _: str) -> None:
        self._open.pop()
        if self._stack:
            element = self._stack.pop()
            if not self._stack:
                self._done.append(element)

    def _data(self, text: str) -> None:
        if self._stack:
            top = self._stack[-1]
            if top.children:
                top.children[-1].tail += text
            else:
                top.text += text

    def _refuse(self, *_: object) -> None:
        raise _RefusedError(tr("a document type declaration, in which entities can be declared"))
