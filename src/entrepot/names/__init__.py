"""Parties and their names: normalising, transliteration, similarity, retrieval.

The interface other rooms use: `similarity(a, b, kind)` and `Index(names).search(name, least=)`. Whatever replaces the
matcher keeps these two and `Similarity`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entrepot.names.index import Hit, Index
    from entrepot.names.score import Similarity
    from entrepot.names.similarity import similarity

__all__ = ["Hit", "Index", "Similarity", "similarity"]

_WHERE = {"Hit": "index", "Index": "index", "Similarity": "score", "similarity": "similarity"}


def __getattr__(name: str) -> Any:
    """Load on first use: `import entrepot` stays fast."""
    from importlib import import_module

    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
