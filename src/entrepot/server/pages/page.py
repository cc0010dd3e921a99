"""What a page is: an address, a title, what draws it, and the rows that it shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias

from entrepot.core.errors import BadInputError, printable
from entrepot.core.tables.buffers import is_storable
from entrepot.core.words.translate import tr
from entrepot.server.refusal import UNREADABLE, RefusedError

if TYPE_CHECKING:
    from entrepot.desk.answer import Answer
    from entrepot.desk.desk import Desk
    from entrepot.server.people import Person


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent with a form.

    Attributes:
        name: as the browser says; never a path of this machine.
        file: its bytes, open to be read.
    """

    name: str
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page is asked for.

    Attributes:
        desk: the verbs, with the store of this server.
        person: who asks.
        query: what the address says behind its question mark; of a name that stands there twice, both values.
        path: the parts of the address that the page's own address leaves open: `/crossings/{place}`.
        form: the fields of a form that was sent; empty where the page is only looked at.
        word: what a form repeats in its field `csrf`, a script in the header `X-CSRF-Token`; empty without a session.
        languages: what the browser says that its user reads, best first.
        files: the files of a form that was sent, by the name of their field.
        kept: what was typed into a form when the session before this one had ended, by the address of its page; a page
            that shows it takes it out.
    """

    desk: Desk
    person: Person
    query: Mapping[str, tuple[str, ...]]
    path: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    word: str = ""
    languages: tuple[str, ...] = ()
    files: Mapping[str, Sent] = field(default_factory=dict)
    kept: MutableMapping[str, dict[str, str]] = field(default_factory=dict)

    def one(self, name: str, default: str = "") -> str:
        """The last value of a name behind the question mark."""
        return (self.query.get(name) or (default,))[-1]


@dataclass(frozen=True, slots=True)
class Shown:
    """A page that is more than its text.

    Attributes:
        body: what is sent.
        status: of HTTP.
        media: the kind of content.
        headers: those that are not every answer's.
    """

    body: str | bytes
    status: int = 200
    media: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Render: TypeAlias = Callable[[Asked], "str | Shown"]


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        path: its address, with parts left open in braces.
        title_key: the key of its title among the strings.
        render: draws it; runs in a thread of its own and may call verbs.
        table: the rows that it shows, where it is also its data: `?format=csv`, `json` or `parquet`.
        posts: what takes a form that is sent to its address; who may send it is `role`.
        role: the role that is needed to send a form.
        is_file: whether it gives a file and no page, of which nothing can be shown before the rest is there.
        saved_as: what its rows are called where they are saved; None for the last part of its address.
        heard: the names that may stand behind the question mark of its address, beside the form of its rows.
    """

    path: str
    title_key: str
    render: Render
    table: Callable[[Asked], Answer] | None = None
    posts: Render | None = None
    role: str = "reviewer"
    is_file: bool = False
    heard: tuple[str, ...] = ()
    saved_as: Callable[[Asked], str] | None = None


def own_values(given: Any) -> dict[str, tuple[str, ...]]:
    """The fields of a query or a form, each with all its values; files are left out.

    Raises:
        RefusedError: 400, a text that no page, table or ledger holds.
    """
    values: dict[str, tuple[str, ...]] = {}
    for name, value in given.multi_items():
        if isinstance(value, str):
            if not (is_storable(name) and is_storable(value)):
                thing = tr("{heading} holds a character that cannot be written", heading=printable(name))
                allowed = tr("text without NUL and without half a surrogate pair")
                raise RefusedError(UNREADABLE, thing, found=value, allowed=allowed)
            values[name] = (*values.get(name, ()), value)
    return values


def sent_files(form: Any) -> dict[str, Sent]:
    """The files of a form by the name of their field; a field in which none was chosen is left out."""
    given = ((name, value) for name, value in form.multi_items() if not isinstance(value, str))
    return {name: Sent(value.filename or "", value.file) for name, value in given if value.filename}


def pasted_or_sent(asked: Asked) -> tuple[str, Sent | None]:
    """The text that was pasted into a form, or the file that was sent with it; of both nobody knows which is meant.

    Raises:
        BadInputError: both were given.
    """
    text, sent = (asked.form.get("text") or ("",))[-1], asked.files.get("file")
    if sent is not None and text.strip():
        raise BadInputError(
            tr("a pasted text and a file were sent together"),
            found=tr(
                "the text of {count:,} characters and the file {name}", count=len(text), name=printable(sent.name)
            ),
            allowed=tr("one of the two"),
            remedy=tr("Go back and empty the text, or take the file away, and send it again."),
        )
    return text, sent
