"""Parties against listings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from entrepot.screening.listings import Listings
    from entrepot.screening.screen import Run, ScreenOptions, run_screening, screen

__all__ = ["Listings", "Run", "ScreenOptions", "run_screening", "screen"]


def __getattr__(name: str) -> Any:
    """Load on first use: `import entrepot` stays fast."""
    from importlib import import_module

    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    where = "listings" if name == "Listings" else "screen"
    return getattr(import_module(f"{__name__}.{where}"), name)
