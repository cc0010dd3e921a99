"""Sentences for people: written in English where they are said, and looked up where another language is spoken.

English needs no catalogue and loads none. See docs/design/57-words.md.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from entrepot.core.words.languages import ENGLISH, held

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    from entrepot.core.words.catalogue import Catalogue

F = TypeVar("F", bound="Callable[..., Any]")


# First strong isolate and its end: text between them runs its own way, whatever way the text around it runs.
APART = ("\u2068", "\u2069")
_GENERATES = 0x20  # the mark of a generator's code: inspect.CO_GENERATOR, whose module takes 10 ms to load
_SPOKEN: ContextVar[Catalogue | None] = ContextVar("spoken", default=None)  # None: English


def tr(text: str, /, **values: Any) -> str:
    """A sentence in the language that is spoken.

    Args:
        text: the sentence in English, with named places in braces; without values, braces stand as they are.
        values: what stands in its places; numbers and days are written as the language writes them.
    """
    spoken = _SPOKEN.get()
    if spoken is not None:
        return spoken.said(text, values)
    return text.format(**values) if values else text


def trs(*texts: str) -> tuple[str, ...]:
    """Sentences or words without values, such as the headings of a table, in the language that is spoken."""
    return tuple(map(tr, texts))


def ntr(count: int, one: str, more: str, /, **values: Any) -> str:
    """A sentence of so many things, in the form that the language has for the number.

    Args:
        count: how many; stands in the place `{count}`.
        one: the sentence of one, in English.
        more: that of any other number.
        values: what stands in its other places.
    """
    spoken = _SPOKEN.get()
    if spoken is not None:
        return spoken.counted(count, (one, more), values)
    return (one if count == 1 else more).format(count=count, **values)


def plural(one: str, more: str, count: int) -> str:
    """The form of a sentence for a number, its places not yet filled."""
    spoken = _SPOKEN.get()
    return spoken.plural(one, more, count) if spoken is not None else one if count == 1 else more


def number(written: str) -> str:
    """A number that was written in English, as the language that is spoken writes it."""
    spoken = _SPOKEN.get()
    return written if spoken is None else spoken.number(written)


def apart(name: str) -> str:
    """Data in a text of another language, set apart from what is around it; as they are in English."""
    return name if _SPOKEN.get() is None or not name else name.join(APART)


def keyed(key: str, english: str, values: Mapping[str, Any]) -> str:
    """A sentence that is known by a key, where one English word may be several in another language.

    Args:
        key: such as `desk.drop`: the context of its entry in a catalogue.
        english: the sentence in English.
        values: what stands in its places; none where braces stand as they are.
    """
    spoken = _SPOKEN.get()
    if spoken is not None:
        return spoken.keyed(key, english, values)
    return english.format(**values) if values else english


def marked(text: str) -> str:
    """A sentence of a constant, for the catalogue; it is translated by `tr` where it is shown."""
    return text


def spoken() -> str:
    """The language that is spoken, by its tag."""
    found = _SPOKEN.get()
    return ENGLISH if found is None else found.language


def retold(text: str) -> str:
    """A sentence that was kept in English, in the language that is spoken; as it is where the catalogue has no such."""
    spoken = _SPOKEN.get()
    return text if spoken is None or not text else spoken.retold(text)


def in_english(function: F) -> F:
    """Have a function speak English: what it makes is kept, or named by a hash of what it says.

    What it refuses is told in the language that is spoken. A generator speaks English while it works alone.
    """
    if function.__code__.co_flags & _GENERATES:

        @wraps(function)
        def each(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
            work = function(*args, **kwargs)
            if _SPOKEN.get() is None:
                return (yield from work)
            while True:
                with _in_english():
                    try:
                        one = next(work)
                    except StopIteration as end:
                        return end.value
                yield one

        return cast("F", each)

    @wraps(function)
    def unspoken(*args: Any, **kwargs: Any) -> Any:
        if _SPOKEN.get() is None:
            return function(*args, **kwargs)
        with _in_english():
            return function(*args, **kwargs)

    return cast("F", unspoken)


@contextmanager
def _in_english() -> Iterator[None]:
    before = _SPOKEN.get()
    token = _SPOKEN.set(None)
    try:
        yield
    except Exception as exc:
        if before is not None and (retell := getattr(exc, "retell", None)):
            _SPOKEN.set(before)
            retell()
        raise
    finally:
        _SPOKEN.reset(token)


class Name(str):
    """A text of the data, such as a name: never translated, and set apart in text that runs the other way."""

    __slots__ = ()


class WordsBy(dict[Any, Any]):
    """Sentences, or tuples of sentences, by a key: written in English, given in the language that is spoken."""

    def __getitem__(self, key: Any) -> Any:
        return _each(super().__getitem__(key))

    def get(self, key: Any, default: Any = None) -> Any:
        """The sentence of a key; the default where there is none."""
        found = super().get(key)
        return default if found is None else _each(found)

    def values(self) -> Any:
        """Every sentence."""
        return [self[key] for key in self]

    def items(self) -> Any:
        """Every key with its sentence."""
        return [(key, self[key]) for key in self]


def _each(said: Any) -> Any:
    return trs(*said) if isinstance(said, tuple) else tr(said) if said else said


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak a language until the block ends; what is not in its catalogue stays English.

    Args:
        language: its tag; empty for the one that is spoken already.

    Raises:
        LookupError: there is no catalogue of it.
    """
    if not language:
        yield
        return
    token = _SPOKEN.set(_catalogue(language))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def speak(language: str) -> None:
    """Speak a language from here on.

    Raises:
        LookupError: there is no catalogue of it.
    """
    _SPOKEN.set(_catalogue(language))


def _catalogue(language: str) -> Catalogue | None:
    if language == ENGLISH:
        return None
    if language not in held():
        raise LookupError(language)
    from entrepot.core.words.catalogue import catalogue

    return catalogue(language)
