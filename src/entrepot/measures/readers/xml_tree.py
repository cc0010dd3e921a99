"""XML without document types: no entity can be declared, so none expands and none is fetched."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from entrepot.core.errors import UnreadableFileError

if TYPE_CHECKING:
    from entrepot.measures.readers.reading import File

_DEEPEST = 50  # levels; the UN's file has 5


@dataclass(slots=True)
class Element:
    """An element: name, attributes, text, children, and the line on which it begins."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, name: str) -> list[Element]:
        """The children of a name."""
        return [c for c in self.children if c.name == name]

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
    parser = expat.ParserCreate()
    parser.buffer_text = True
    top = Element("", {}, 0)
    stack = [top]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > _DEEPEST:
            raise _RefusedError(f"elements nested more than {_DEEPEST} deep")
        element = Element(name, attributes, parser.CurrentLineNumber)
        stack[-1].children.append(element)
        stack.append(element)

    def end(_: str) -> None:
        stack.pop()

    def data(text: str) -> None:
        stack[-1].text += text

    def refuse(*_: object) -> None:
        raise _RefusedError("a document type declaration, in which entities can be declared")

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(file.data, True)
    except _RefusedError as exc:
        remedy = "Download the file from its publisher."
        raise UnreadableFileError(file.path, str(exc), line=parser.CurrentLineNumber, remedy=remedy) from exc
    except expat.ExpatError as exc:
        problem = f"not well-formed XML ({expat.ErrorString(exc.code)})"
        raise UnreadableFileError(file.path, problem, line=exc.lineno, remedy="Download it again.") from exc
    except (LookupError, ValueError) as exc:
        raise UnreadableFileError(file.path, "an unknown encoding", line=1, allowed="UTF-8") from exc
    return top.children[0]
