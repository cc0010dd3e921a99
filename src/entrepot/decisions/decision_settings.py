"""How a desk decides, from the table `decisions` in `settings.toml` of its store.

    [decisions]
    four_eyes = true
    keep_years = 10
    ledger = "postgresql+pg8000://desk@db.example/compliance"

See docs/design/36-decisions.md.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError
from entrepot.core.runtime import rights
from entrepot.core.toml_block import toml_of
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "settings.toml"
_TABLE = "decisions"
KEEP_YEARS = 10  # as the next line says; a desk under other law sets its own
KEPT_BECAUSE = "31 CFR 501.601 asks ten years since 2025-03-12 (89 FR 74832; adopted, 90 FR 13286)"
_KINDS: dict[str, type] = {"four_eyes": bool, "keep_years": int, "ledger": str}
_ALLOWED = "four_eyes = true or false, keep_years = a number of years, ledger = a URL"


@dataclass(frozen=True, slots=True)
class DecisionSettings:
    """How a desk decides.

    Attributes:
        four_eyes: whether two people must decide false before a case is quiet.
        keep_years: how long the personal fields of a decision are kept at least.
        ledger: URL of the database that holds the ledger; empty for the file in the store.
    """

    four_eyes: bool = False
    keep_years: int = KEEP_YEARS
    ledger: str = ""


def decision_settings(folder: Path) -> DecisionSettings:
    """The settings of a store; the URL in ENTREPOT_LEDGER goes before the one in the file.

    Raises:
        UnreadableFileError: the file cannot be read, or holds what is no such setting.
    """
    said = _said(folder / SETTINGS)
    url = os.environ.get("ENTREPOT_LEDGER", "").strip() or said.get("ledger", "")
    return DecisionSettings(said.get("four_eyes", False), said.get("keep_years", KEEP_YEARS), url)


def _said(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8") if path.exists() else ""
    except (OSError, ValueError) as exc:
        remedy = rights.remedy(exc, path, "", writing=False)
        raise UnreadableFileError(path, tr("cannot be read ({exc})", exc=exc), allowed=_ALLOWED, remedy=remedy) from exc
    found = toml_of(text, path, allowed=_ALLOWED).get(_TABLE, {})
    if not isinstance(found, dict) or any(type(v) is not _KINDS.get(k) for k, v in found.items()):
        raise UnreadableFileError(path, tr("{table} holds what is no setting", table=_TABLE), allowed=_ALLOWED)
    if found.get("keep_years", 0) < 0:
        raise UnreadableFileError(
            path, tr("keep_years is {keep_years}", keep_years=found["keep_years"]), allowed=tr("0 or more")
        )
    return found
