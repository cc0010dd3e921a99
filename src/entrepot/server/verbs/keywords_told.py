"""Errors of the desk as a program that asks over HTTP can follow them: options of the command line as keywords."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from entrepot.core.errors import EntrepotError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.server.verbs.verb_form import VerbForm

_OPTION = re.compile(r"(?<![\w-])--([a-z][a-z-]*[a-z])(?![\w-])")
_SENTENCE = re.compile(r"[.;](?=\s)")  # what ends a sentence or a part of one
_COMMAND = "entrepot "  # a whole command is to be typed as it stands: nothing in it is a keyword
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


def in_keywords(text: str, form: VerbForm) -> str:
    """A text in which options are named, with the keywords that they are.

    Args:
        text: a sentence of the desk.
        form: the verb's that was called.
    """

    def replaced(found: re.Match[str]) -> str:
        before = _SENTENCE.split(text[: found.start()])[-1]
        return found[0] if _COMMAND in before else keyword_of(found[1], form) or found[0]

    return _OPTION.sub(replaced, text)


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
