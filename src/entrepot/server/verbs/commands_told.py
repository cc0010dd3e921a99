"""Commands in what the desk says, told as the requests that they are: who asks over HTTP has no command line."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from entrepot.server.verbs.verb_form import YES, served, verb_form

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from entrepot.server.verbs.verb_form import VerbForm

    KeywordOf = Callable[[str, VerbForm], str | None]

COMMAND = re.compile(r"\bentrepot ([a-z]+)(?: ([a-z][a-z_-]*[a-z]))?")
_OPTION = re.compile(r" --([a-z][a-z-]*[a-z])(?![\w-])")
# What stands for an argument: capitals, or whatever stands before an option; a value ends before what ends a sentence.
_ARGUMENT = re.compile(r" (?:[A-Z][A-Z_]+\b|[^\s`,;()-][^\s`,;()]*(?= --))")
_VALUE = re.compile(r" (?!--)[^\s`,;()]*[^\s`,;():.]")
_OF_THE_MACHINE = re.compile(r" [^\s`,;()]+\.toml\b")  # a measure or a world of one's own: no request reads such a file
# Options that say where an answer is written, or how: over HTTP it is the answer, in the form of the address.
_OF_THE_ANSWER = {"out", "html", "pdf", "format", "matches", "record"}
_DEMOS = ("divert", "demo", "GET /v1/demos")  # with no name behind it the option lists what there is
# Command -> the verb that it is, where that is not called so; `corridor series` is corridor_series without being here.
VERB_OF: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("clearance", "verify"): "verify_clearance",
        ("divert", "event-study"): "event_study",
        ("divert", "demos"): "demos",
        ("lists", "diff"): "diff_lists",
        ("lists", "load"): "load_list",
        ("lists", "remove"): "remove_list",
        ("lists", "show"): "show_listed",
        ("own", "files"): "ownership_files",
        ("own", "load"): "load_ownership",
        ("own", "remove"): "remove_ownership",
        ("record", "add"): "add_rows",
        ("record", "refresh"): "refresh",
        ("record", "remove"): "forget",
        ("simulate", "codes"): "scenario_codes",
        ("supply", "load"): "load_supply",
        ("supply", "refused"): "refused_supply",
        ("supply", "remove"): "remove_supply",
    }
)
_TABLES = "GET /v1/record"
_NO_TABLES = {"lists", "shows", "tells", "gives", "names"}  # what may follow `entrepot record` in a sentence


def in_requests(text: str, keyword_of: KeywordOf) -> tuple[str, tuple[int, ...]]:
    """A text in which commands are named, with the requests that they are; what no request does stays a command.

    Args:
        text: a sentence of the desk.
        keyword_of: gives the keyword of a verb that an option is.

    Returns:
        The text, and where in it commands begin that stayed.
    """
    told, stayed, at = "", [], 0
    while found := COMMAND.search(text, at):
        told += text[at : found.start()]
        said = _request(text, found, keyword_of)
        if said is None:
            said = found[0], found.end()
            stayed.append(len(told))
        told, at = told + said[0], said[1]
    return told + text[at:], tuple(stayed)


def _request(text: str, found: re.Match[str], keyword_of: KeywordOf) -> tuple[str, int] | None:
    """The request that a command is, and where the command ends; None where none is, or not with these options."""
    first, second = found[1], found[2] or ""
    if first == "record" and second and ("record", second) not in VERB_OF and f"record_{second}" not in served():
        if second in _NO_TABLES:
            return _TABLES, found.end(1)
        return f"{_TABLES}/{second}", found.end()
    both = VERB_OF.get((first, second), f"{first}_{second}")
    verb, at = (both, found.end()) if second and both in served() else (first, found.end(1))
    if verb not in served():
        return None
    form = verb_form(verb)
    return _with_arguments(text, at, f"{'GET' if form.by_address else 'POST'} /v1/{verb}", form, keyword_of)


def _with_arguments(text: str, at: int, said: str, form: VerbForm, keyword_of: KeywordOf) -> tuple[str, int] | None:
    """A request with what stands behind its command: arguments as they are, options as keywords with their values."""
    while True:
        if _OF_THE_MACHINE.match(text, at):
            return None
        if option := _OPTION.match(text, at):
            value = _VALUE.match(text, option.end())
            keyword = keyword_of(option[1], form)
            if (form.name, option[1]) == _DEMOS[:2] and value is None:
                return _DEMOS[2], option.end()
            if keyword is None and option[1] not in _OF_THE_ANSWER:
                return None
            is_yes = keyword is not None and form.fields[keyword].kind == YES
            at = option.end() if is_yes or value is None else value.end()
            if keyword is not None:
                said += f" {keyword}" + ("=true" if is_yes else f"={value[0].strip()}" if value else "")
        elif argument := _ARGUMENT.match(text, at):
            said, at = said + argument[0], argument.end()
        else:
            return said, at
