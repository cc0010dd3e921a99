"""A verb called for somebody: with the store of the server, in their name, and written down where it changes things."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from entrepot.core.store.access import refuse_read_only
from entrepot.desk.answer import Answer
from entrepot.desk.desk import verb
from entrepot.desk.noted_changes import noted_change
from entrepot.server.verbs.keywords_told import answer_in_keywords
from entrepot.server.verbs.verb_form import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from entrepot.server.people import Person
    from entrepot.server.verbs.verb_form import VerbForm


@dataclasses.dataclass(frozen=True, slots=True)
class Called:
    """A call of a verb.

    Attributes:
        form: the verb's.
        said: its keywords, as they were held to the form.
        person: who calls.
        store: the folder of the store.
    """

    form: VerbForm
    said: Mapping[str, Any]
    person: Person
    store: Path

    def answer(self, progress: Callable[..., Any] | None = None, *, workers: int = 1) -> Any:
        """What the verb gives back.

        Args:
            progress: told how far it has come, where the verb tells.
            workers: processes, where the verb takes several; 0 for one a core.
        """
        given = {**self.said, **ALWAYS.get(self.form.name, {})}
        if self.form.signed:
            given[self.form.signed] = self.person.name
        if self.form.has_store:
            given["store"] = self.store
        if self.form.alone:
            given["workers"] = workers
        if progress is not None and self.form.listens:
            given["progress"] = progress
        if self.form.writes:
            refuse_read_only(self.store)
        function = verb(self.form.name)
        if not self.form.noted:
            return answer_in_keywords(function(**given), self.form)
        with noted_change(self.store, self.form.name, self.person.name, self.person.role, self.said):
            return answer_in_keywords(function(**given), self.form)


def as_answer(given: Any) -> tuple[Answer | None, dict[str, Any]]:
    """What a verb gave back as a table, where it is one, and as an object for JSON."""
    if isinstance(given, Answer):
        told: dict[str, Any] = {"rows": given.to_pylist(), "notes": list(given.notes)}
        for name in given.beside:
            if (data := getattr(given, name)) is not None:
                # Of loaded flows the summary is a table, of a checked report a sentence.
                told[name] = data.to_pylist() if hasattr(data, "to_pylist") else _object(data)
        return given, told
    if isinstance(given, tuple) and given and dataclasses.is_dataclass(given[0]):
        return None, {"result": [_object(g) for g in given], "notes": []}
    return None, {"result": list(given) if isinstance(given, tuple) else given, "notes": []}


def _object(given: Any) -> Any:
    """A dataclass as an object, what it is made of too."""
    if dataclasses.is_dataclass(given) and not isinstance(given, type):
        return {f.name: _object(getattr(given, f.name)) for f in dataclasses.fields(given)}
    if isinstance(given, (list, tuple)):
        return [_object(g) for g in given]
    if isinstance(given, dict):
        return {str(k): _object(v) for k, v in given.items()}
    return given
