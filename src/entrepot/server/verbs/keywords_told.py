"""What the desk says as a program that asks over HTTP can follow it: options of the command line as keywords."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from entrepot.core.document.hinted import on_page
from entrepot.core.errors import EntrepotError
from entrepot.desk.answer import Answer
from entrepot.server.verbs.commands_told import COMMAND, in_requests
from entrepot.server.verbs.verb_form import served, verb_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.server.verbs.verb_form import VerbForm

_OPTION = re.compile(r"(?<![\w-])--([a-z][a-z-]*[a-z])(?![\w-])")
_SENTENCE = re.compile(r"[.;](?=\s)")  # what ends a sentence or a part of one
# An option that is not called as its keyword -> the keywords that it is, over all verbs; the first that a verb has.
_CALLED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "all": ("whole", "everyone", "everything", "with_quiet"),
        "all-cases": ("with_quiet",),
        "as": ("form", "list_id"),
        "as-of": ("version",),
        "because": ("why",),
        "elasticity": ("elasticities",),
        "fdr": ("level",),
        "file": ("file_id",),
        "from": ("exporters", "origin", "results", "source"),
        "hs": ("edition",),
        "map": ("mapping",),
        "region": ("within",),
        "rule": ("ownership_rules",),
        "sums": ("check_sums",),
        "to": ("importers", "destination"),
    }
)


def keyword_of(option: str, form: VerbForm) -> str | None:
    """The keyword of a verb that an option of its command is; None where it has none, as for files that are written.

    Args:
        option: without its dashes.
        form: the verb's.
    """
    name = option.replace("-", "_")
    return next((k for k in (name, f"{name}s", *_CALLED.get(option, ())) if k in form.fields), None)


def _of_another(option: str) -> str | None:
    """The keyword that an option is called as in any verb: a sentence may tell of another verb than was asked."""
    name = option.replace("-", "_")
    return name if any(name in verb_form(verb).fields for verb in served()) else None


def in_keywords(text: str, form: VerbForm) -> str:
    """A text in which commands and options are named, with the requests and keywords that they are.

    A command that no request does is to be typed as it stands: nothing in it is a keyword.

    Args:
        text: a sentence of the desk.
        form: the verb's that was called.
    """
    text, commands = in_requests(text, keyword_of)

    def replaced(found: re.Match[str]) -> str:
        before = [begin for begin in commands if begin < found.start()]
        is_typed = any(not _SENTENCE.search(text, begin, found.start()) for begin in before)
        return found[0] if is_typed else keyword_of(found[1], form) or _of_another(found[1]) or found[0]

    return _OPTION.sub(replaced, text)


def answer_in_keywords(given: Any, form: VerbForm) -> Any:
    """What a verb gave back with notes that name requests and keywords; its rows are as they are.

    Args:
        given: an answer, or anything else, which stays.
        form: the verb's that was called.
    """
    if not isinstance(given, Answer):
        return given
    told = (_note(note, form) for note in given.notes)
    return replace(given, notes=tuple(note for note in told if note))


def _note(note: str, form: VerbForm) -> str:
    """A note as a program is told it; a hint of what to type that no request does is left out, as on a page."""
    said = in_keywords(note, form)
    return in_keywords(on_page(note), form) if _OPTION.search(said) or COMMAND.search(said) else said


def tell_in_keywords(exc: Exception, form: VerbForm) -> None:
    """Have an error of the desk name keywords.

    Args:
        exc: the error; what was found in it is the person's own, and stays.
        form: the verb's that was called.
    """
    if not isinstance(exc, EntrepotError):
        return
    exc.thing, exc.allowed, exc.remedy = (in_keywords(t, form) for t in (exc.thing, exc.allowed, exc.remedy))
    exc.args = tuple(in_keywords(a, form) if isinstance(a, str) else a for a in exc.args)
