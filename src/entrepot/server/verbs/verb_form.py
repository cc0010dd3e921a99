"""What a verb takes over HTTP, read from its signature and docstring.

Options that name a file to read take an upload; those that name a file to write, a key or a folder of the machine are
not there; who decides or signs is who asks.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.desk.desk import VERBS, verb
from entrepot.server.people import ADMIN, READER, REVIEWER

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT, WHOLE, NUMBER, YES, TEXTS, PAIR, WORDS, COUNTS, FILE, FILES, KIND, BELOW, NUMBER_OR_TEXT, TEXT_OR_TEXTS = (
    "text", "whole", "number", "yes", "texts", "pair", "words", "counts", "file", "files", "kind", "below",
    "number_or_text", "text_or_texts",
)  # fmt: skip
NEGATIVE_FINAL = ("refuse", "zero")  # as scenarios.asked.own_unsure_world has them
PARTY_KINDS = ("person", "company", "vessel")  # as desk.screen.Kind has them
# How a keyword is annotated in the desk -> what is sent for it. What is not here is a fault that a test finds.
KINDS: Mapping[str, str] = {
    "str": TEXT,
    "str | None": TEXT,
    "str | date": TEXT,
    "str | date | None": TEXT,
    "Kind | None": KIND,
    "NegativeFinal": BELOW,
    "float | str | None": NUMBER_OR_TEXT,
    "str | Sequence[str] | None": TEXT_OR_TEXTS,
    "str | Sequence[str]": TEXT_OR_TEXTS,
    "Sequence[str]": TEXTS,
    "Iterable[str | date]": TEXTS,
    "int": WHOLE,
    "int | None": WHOLE,
    "float": NUMBER,
    "float | None": NUMBER,
    "bool": YES,
    "tuple[str, str] | None": PAIR,
    "Mapping[str, Verdict]": WORDS,
    "Mapping[str, str] | None": WORDS,
    "Mapping[str, int] | None": COUNTS,
    "Any": FILE,
    "Flows": FILE,
    "Path": FILE,
    "Path | None": FILE,
    "str | Path": FILE,
    "str | Path | None": FILE,
    "str | Path | Mapping[str, str] | Sequence[str]": FILE,
    "Where": FILE,
    "str | Path | Sequence[str | Path]": FILES,
    "Sequence[str | Path]": FILES,
}
# Who listens, tables in memory, files that a verb writes, keys of the machine, and how many of its cores it takes.
_HIDDEN = {
    "store", "progress", "ask", "listings", "out", "fmt", "html", "matches", "pdf", "sign_with", "request", "resume",
    "workers",
}  # fmt: skip
# Verb -> what it does not take here: files written beside others, a cluster of the machine's own network, rows added
# while a report is only checked, an address that the server would be made to ask.
_HIDDEN_OF: Mapping[str, set[str]] = {
    "screen": {"record", "on", "part", "join"},
    "rescreen": {"record"},
    "check": {"add", "add_rows", "yes", "reader", "reader_model", "sends"},
    "review": {"only_by"},
}
# Verb -> what it is always told here: a file of decisions is in the name of who sends it, whatever its rows say.
ALWAYS: Mapping[str, Mapping[str, Any]] = {"review": {"only_by": True}}
# Verb -> the keyword that is filled with the name of who asks.
SIGNED: Mapping[str, str] = {
    "decide": "by",
    "supply_parties": "by",
    "withdraw": "by",
    "review": "by",
    "ledger_redact": "by",
    "screen": "operator",
    "rescreen": "operator",
}
# Of a folder of the machine; and what files a stamp beside the record, which lies with the one who asks.
NOT_SERVED = {"replicate", "supply_example", "timestamp_clearance"}
# What changes what is kept needs a role above a reader's. Lists and ownership decide for everybody what is met; to ask
# for the store's key makes it where there is none.
ROLE_OF: Mapping[str, str] = {
    "decide": REVIEWER,
    "withdraw": REVIEWER,
    "review": REVIEWER,
    "add_rows": REVIEWER,
    "clearance_key": REVIEWER,
    "forget": REVIEWER,
    "ledger_redact": ADMIN,
    "load_list": ADMIN,
    "remove_list": ADMIN,
    "load_ownership": ADMIN,
    "remove_ownership": ADMIN,
    "load_supply": REVIEWER,
    "remove_supply": REVIEWER,
    "supply_parties": REVIEWER,
    "fetch": ADMIN,
    "refresh": ADMIN,
}
# Verbs that write into the ledger themselves, in the name of who asks.
_IN_LEDGER = {"decide", "withdraw", "review", "ledger_redact", "supply_parties"}
_ARGUMENT = re.compile(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Field:
    """One keyword of a verb.

    Attributes:
        name: the keyword.
        kind: what is sent for it.
        needed: whether the verb does without it.
        meaning: its line in the docstring.
        default: what holds without it.
    """

    name: str
    kind: str
    needed: bool
    meaning: str
    default: Any = None


@dataclass(frozen=True, slots=True)
class VerbForm:
    """What a verb takes over HTTP.

    Attributes:
        name: the verb.
        fields: by keyword.
        signed: the keyword that is filled with who asks; empty for none.
        alone: whether it takes one core unless it is told otherwise (`workers`).
        has_store: whether it takes a store.
        listens: what its `progress` is told; empty for nothing.
        said: its docstring before Args, and what it gives back.
    """

    name: str
    fields: Mapping[str, Field]
    signed: str
    alone: bool
    has_store: bool
    listens: str
    said: tuple[str, str]

    @property
    def role(self) -> str:
        """The role that it needs."""
        return ROLE_OF.get(self.name, READER)

    @property
    def writes(self) -> bool:
        """Whether it changes what is kept, beyond keeping what was shown."""
        return self.name in ROLE_OF

    @property
    def noted(self) -> bool:
        """Whether the server has the ledger say who asked for it: it changes something, and writes no entry."""
        return self.writes and self.name not in _IN_LEDGER

    @property
    def files(self) -> dict[str, Field]:
        """The fields that take files."""
        return {n: f for n, f in self.fields.items() if f.kind in {FILE, FILES}}

    @property
    def by_address(self) -> bool:
        """Whether an address says all that it needs, so that a table can be read from one."""
        return not self.writes and not any(f.needed for f in self.files.values())


def served() -> list[str]:
    """The verbs that are served."""
    return [name for name in VERBS if name not in NOT_SERVED]


@cache
def verb_form(name: str) -> VerbForm:
    """What a verb takes over HTTP; its module is imported when it is first asked for.

    Args:
        name: one of `served()`.
    """
    function = verb(name)
    parameters = inspect.signature(function).parameters
    text = inspect.getdoc(function) or ""
    head, _, rest = text.partition("\nArgs:")
    meant = {n: " ".join(t.split()) for n, t in _ARGUMENT.findall(rest)}
    back = " ".join(rest.partition("Returns:")[2].partition("Raises:")[0].split())
    hidden = _HIDDEN | _HIDDEN_OF.get(name, set())
    fields = {
        n: Field(n, KINDS[p.annotation], p.default is p.empty, meant.get(n, ""), _default(p))
        for n, p in parameters.items()
        if n not in hidden and n != SIGNED.get(name)
    }
    heard = parameters.get("progress")
    return VerbForm(
        name,
        fields,
        SIGNED.get(name, ""),
        "workers" in parameters,
        "store" in parameters,
        str(heard.annotation) if heard else "",
        (head.strip(), back),
    )


def _default(parameter: inspect.Parameter) -> Any:
    value = parameter.default
    return value if isinstance(value, (str, int, float, bool)) and value != "" else None
