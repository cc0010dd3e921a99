"""Which languages there are, and which of them somebody asks for.

`ENTREPOT_LANGUAGE` says the language of what is said, before `LC_ALL`, `LC_MESSAGES` and `LANG` do.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ENGLISH = "en"
PSEUDO = "en-XA"  # CLDR's name of English whose letters are changed: what is not changed is in no catalogue
ENVIRONMENT = ("ENTREPOT_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")  # the first that is set says the language
FOLDER = Path(__file__).parent / "languages"  # of .mo files, one a language


def first_held(tags: Iterable[str]) -> str:
    """The first language that there is a catalogue of; English where there is none.

    Args:
        tags: as a browser (`kk-KZ`) or a terminal (`kk_KZ.UTF-8`) names them, best first.
    """
    for tag in tags:
        named = tag.partition(".")[0].partition("@")[0].replace("_", "-")
        if named in {"", "C", "POSIX"} or (named.partition("-")[0] == ENGLISH and named != PSEUDO):
            return ENGLISH
        languages = held()
        for wanted in (named, named.partition("-")[0]):
            if wanted in languages:
                return wanted
    return ENGLISH


def held() -> list[str]:
    """The languages that there is a catalogue of, beside English."""
    found = sorted(p.stem for p in FOLDER.glob("*.mo")) if FOLDER.is_dir() else []
    return [PSEUDO, *found]


def of_environment(environment: Mapping[str, str]) -> str:
    """The language that the environment of a command asks for."""
    return first_held([next((v for name in ENVIRONMENT if (v := environment.get(name))), "")])
