"""What Entrepot rests on: release as locked, licence, who keeps it, and what replaces it if nobody does.

Releases come from the lock files, licences from the metadata of what is installed, the rest from dependencies.toml,
which is kept by hand. `scripts/reference.py` writes the page.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = Path(__file__).with_suffix(".toml")
_PINNED = re.compile(r"^([\w.-]+)==([\w.!+]+)(.*(?:\n .*)*)", re.MULTILINE)

_HEAD = """# Dependencies

What is installed with Entrepot, as `requirements.lock` pins it, each with its hashes. What replaces a dependency is
a judgement of ours, made so that no change of hands is a surprise; the licence is what the package says of itself.
[Security](../security.md) says what else holds of them.

"""


@dataclass(frozen=True, slots=True)
class Pinned:
    """A line of a lock file.

    Attributes:
        name: normalised.
        releases: as pinned; several where it depends on the Python.
        brought_by: what asks for it; empty for what the project itself names.
    """

    name: str
    releases: tuple[str, ...]
    brought_by: tuple[str, ...]


def normal(name: str) -> str:
    """A name as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str) -> dict[str, Pinned]:
    """Name -> what a lock file pins."""
    found: dict[str, Pinned] = {}
    for name, release, rest in _PINNED.findall((ROOT / lock).read_text(encoding="utf-8")):
        askers = set(re.findall(r"#\s+(?:via\s+)?([\w.-]+)", rest)) - {"entrepot", "via"}
        releases = (*(found[name].releases if name in found else ()), release)
        found[name] = Pinned(name, releases, tuple(sorted(askers)))
    return found


def named() -> dict[str, str]:
    """Each dependency that the project names for its users -> the extra that brings it; empty for a plain install."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = {_name(r): extra for extra, all_of in project["optional-dependencies"].items() for r in all_of}
    return found | {_name(r): "" for r in project["dependencies"]}


def _name(requirement: str) -> str:
    return normal(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])


def kept() -> dict[str, dict[str, str]]:
    """What is kept by hand: name -> its table."""
    return tomllib.loads(KEPT.read_text(encoding="utf-8"))


def licence(name: str) -> str:
    """The licence as the installed package says it."""
    said = metadata.metadata(name)
    if expression := said.get_all("License-Expression"):
        return str(expression[0])
    classified = [c.split(" :: ")[-1] for c in said.get_all("Classifier", []) if c.startswith("License")]
    field = "".join(said.get_all("License", [])).strip()
    return ", ".join(classified) or (field if field and "\n" not in field else "see its licence file")


def page() -> str:
    """The page of docs/reference."""
    plain, development, by_hand = pinned("requirements.lock"), pinned("requirements-dev.lock"), kept()
    lines = ["| package | release locked | licence | for | kept by | replaced by |", "|---|---|---|---|---|---|"]
    for name, extra in sorted(named().items()):
        of, told = development[name], by_hand[name]
        shown = f"`{name}`" + (f" (extra `{extra}`)" if extra else "")
        terms = told.get("licence") or licence(name)
        cells = (shown, ", ".join(of.releases), terms, told["for"], told["kept_by"], told["replaced_by"])
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", "These bring others with a plain install:", ""]
    lines += ["| package | release locked | licence | brought by |", "|---|---|---|---|"]
    for name, one in sorted(plain.items()):
        if name not in by_hand:
            askers = ", ".join(f"`{a}`" for a in one.brought_by)
            lines.append(f"| `{name}` | {', '.join(one.releases)} | {licence(name)} | {askers} |")
    return _HEAD + "\n".join(lines) + "\n"
