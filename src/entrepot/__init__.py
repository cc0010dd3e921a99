"""Entrepot follows trade around a sanction, with a source for every figure.

The names below are loaded when they are first used, so that `import entrepot` stays fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entrepot.claims.check import check
    from entrepot.names.similarity import similarity
    from entrepot.screening.runs.run import screen

__version__ = "0.1.0"
__all__ = ["__version__", "check", "screen", "similarity"]

_HOME = {
    "check": "entrepot.claims.check",
    "screen": "entrepot.screening.runs.run",
    "similarity": "entrepot.names.similarity",
}


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in _HOME:
        raise AttributeError(f"module 'entrepot' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
