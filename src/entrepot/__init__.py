"""Entrepot follows trade around a sanction, with a source for every figure.

The names below are loaded when they are first used, so that `import entrepot` stays fast. Verbs whose names are rooms
of the package (brief, lists, measures, record) are those of a `Desk`.
"""

from __future__ import annotations

from importlib import import_module
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entrepot.desk.answer import Answer
    from entrepot.desk.check import check
    from entrepot.desk.desk import Desk
    from entrepot.desk.divert import divert, event_study
    from entrepot.desk.duties import duties
    from entrepot.desk.explain import explain
    from entrepot.desk.lists import fetch
    from entrepot.desk.load import load
    from entrepot.desk.measures import clock
    from entrepot.desk.mirror import mirror
    from entrepot.desk.replicate import replicate
    from entrepot.desk.rescreen import rescreen
    from entrepot.desk.screen import screen
    from entrepot.desk.search import search
    from entrepot.desk.simulate import simulate
    from entrepot.names.similarity import similarity

__version__ = "0.1.0"

_HOME = {
    "Answer": "entrepot.desk.answer",
    "Desk": "entrepot.desk.desk",
    "check": "entrepot.desk.check",
    "clock": "entrepot.desk.measures",
    "divert": "entrepot.desk.divert",
    "duties": "entrepot.desk.duties",
    "event_study": "entrepot.desk.divert",
    "explain": "entrepot.desk.explain",
    "fetch": "entrepot.desk.lists",
    "load": "entrepot.desk.load",
    "mirror": "entrepot.desk.mirror",
    "replicate": "entrepot.desk.replicate",
    "rescreen": "entrepot.desk.rescreen",
    "screen": "entrepot.desk.screen",
    "search": "entrepot.desk.search",
    "similarity": "entrepot.names.similarity",
    "simulate": "entrepot.desk.simulate",
}
__all__ = [
    "Answer",
    "Desk",
    "__version__",
    "check",
    "clock",
    "divert",
    "duties",
    "event_study",
    "explain",
    "fetch",
    "load",
    "mirror",
    "replicate",
    "rescreen",
    "screen",
    "search",
    "similarity",
    "simulate",
]


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in _HOME:
        raise AttributeError(f"module 'entrepot' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(_HOME[name]), name)
    if isinstance(value, FunctionType) and _HOME[name].startswith("entrepot.desk."):
        value = import_module("entrepot.desk.given_values").as_taken(value)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
