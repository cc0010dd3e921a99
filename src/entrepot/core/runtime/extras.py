"""Packages that a plain install leaves out: asked for in one line before the work that needs them begins."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from typing import TYPE_CHECKING, cast

from entrepot.core.errors import MissingExtraError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec
    from types import ModuleType

# As in pyproject.toml, by the names under which they are imported.
EXTRAS = {
    "gravity": ("fereg", "pandas", "scipy"),
    "ledger": ("sqlalchemy", "pg8000"),
    "print": ("typst", "noto_cjk_sans_otc", "pylopdf_fonts_ar"),
    "routes": ("highspy", "scipy"),
    "signing": ("cryptography",),
    "spark": ("pyspark", "pandas"),
    "web": ("fastapi", "uvicorn", "python_multipart", "starlette"),
}


def need(extra: str, thing: str) -> None:
    """Stop unless the packages of an extra are installed. None is imported.

    Args:
        extra: a key of `EXTRAS`.
        thing: what needs them, as the subject of a sentence.

    Raises:
        MissingExtraError: names the packages that are not there, and how to install them.
    """
    if "pandas" in EXTRAS[extra]:
        allow_pandas()
    if absent := missing(extra):
        raise MissingExtraError(thing, extra, absent)


def missing(extra: str) -> list[str]:
    """The packages of an extra that are not installed. None is imported."""
    from importlib.util import find_spec

    return [p for p in EXTRAS[extra] if find_spec(p) is None]


def bar_pandas() -> None:
    """Keep pandas out of this process until an extra is needed.

    pyarrow looks for pandas at the first array that it makes, and its import takes a second and 60 MB. Commands and
    their workers are given no table of pandas. A program that imports Entrepot may give one: there nothing is barred.
    """
    sys.meta_path.insert(0, _Bar())


def allow_pandas() -> None:
    """Let pandas in again."""
    sys.meta_path[:] = [f for f in sys.meta_path if not isinstance(f, _Bar)]


class _Bar:
    """Finds pandas where it is installed, and fails to load it."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """What Python finds, with this as its loader."""
        found = PathFinder.find_spec(fullname, path, target) if fullname == "pandas" else None
        if found is not None:
            found.loader = cast("Loader", self)
        return found

    def create_module(self, spec: ModuleSpec) -> None:
        """Leave it to Python."""

    def exec_module(self, module: ModuleType) -> None:
        """Fail as if it were not installed."""
        raise ImportError(tr("{name} is not needed here", name=module.__name__))
