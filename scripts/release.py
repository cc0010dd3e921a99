"""Make a release of what lies here: `make release VERSION=0.2.0`.

The sentences of changelog.d move to the head of CHANGELOG.md, the version is written where it stands (the package, from
which the wheel takes it, and CITATION.cff), and docs/reference is written anew. Nothing is committed, tagged or sent:
the script says how. Before anything is written it refuses a tree with changes that are not committed, a version that
does not follow the last one, and places that do not agree on today's.
"""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHANGELOG = "CHANGELOG.md"
HEAD = "# Changes\n\nWhat each release changed, the newest first. What has changed since lies in changelog.d.\n"
# The one place, and those that repeat it -> how it stands there.
PLACES = {
    "src/entrepot/__init__.py": re.compile(r'^(__version__ = ")([^"]*)(")$', re.MULTILINE),
    "CITATION.cff": re.compile(r"^(version: )(\S+)()$", re.MULTILINE),
}
VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
RELEASED = re.compile(r"^## (\d+\.\d+\.\d+)\b", re.MULTILINE)


def standing(root: Path) -> dict[str, str]:
    """File -> the version that stands in it; empty where none or several do."""
    found = {name: pattern.findall((root / name).read_text(encoding="utf-8")) for name, pattern in PLACES.items()}
    return {name: match[0][1] if len(match) == 1 else "" for name, match in found.items()}


def entries(root: Path) -> list[Path]:
    """The files of changelog.d, in order of their issues."""
    return sorted(f for f in (root / "changelog.d").glob("*.md") if f.name != "README.md")


def refusals(root: Path, version: str) -> list[str]:
    """Why this cannot be released as that version, a sentence each; none where it can."""
    if not VERSION.fullmatch(version):
        return [f"{version or 'No version'!r} is not a version: make release VERSION=0.2.0"]
    found = []
    command = ["git", "status", "--porcelain"]
    changed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.splitlines()
    if changed:
        found.append(f"Not committed: {', '.join(line[3:] for line in changed[:3])}: commit it or put it away first.")
    places = standing(root)
    if len(set(places.values())) != 1 or "" in places.values():
        said = ", ".join(f"{name} {version or 'none'}" for name, version in places.items())
        found.append(f"The places of the version do not agree: {said}.")
    found += [f"{version} does not follow {late}." for late in _not_before(root, version, places)]
    if not entries(root):
        found.append("changelog.d is empty: there is nothing to release.")
    return found


def _not_before(root: Path, version: str, places: dict[str, str]) -> list[str]:
    """The versions that are not below the new one: those released, and one that stands here unless unreleased."""
    file = root / CHANGELOG
    released = RELEASED.findall(file.read_text(encoding="utf-8")) if file.exists() else []
    late = [old for old in released if _numbers(old) >= _numbers(version)]
    here = places["src/entrepot/__init__.py"]
    return late or ([here] if VERSION.fullmatch(here) and _numbers(here) > _numbers(version) else [])


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def release(root: Path, version: str, day: date) -> None:
    """Write the version, and move the sentences of changelog.d into CHANGELOG.md.

    Args:
        root: the repository.
        version: "0.2.0".
        day: of the release.
    """
    for name, pattern in PLACES.items():
        text = (root / name).read_text(encoding="utf-8")
        (root / name).write_text(pattern.sub(rf"\g<1>{version}\g<3>", text), encoding="utf-8")
    moving = entries(root)
    sentences = "\n".join(f"- {f.read_text(encoding='utf-8').strip()}" for f in moving)
    file = root / CHANGELOG
    before = file.read_text(encoding="utf-8").removeprefix(HEAD) if file.exists() else ""
    file.write_text(f"{HEAD}\n## {version}, {day.isoformat()}\n\n{sentences}\n{before}", encoding="utf-8")
    for entry in moving:
        entry.unlink()


def main(arguments: list[str]) -> int:
    """Make the release, or say why not."""
    version = arguments[0] if arguments else ""
    if found := refusals(ROOT, version):
        print("\n".join(found), file=sys.stderr)
        return 2
    release(ROOT, version, datetime.now(UTC).date())
    done = subprocess.run([sys.executable, str(ROOT / "scripts" / "reference.py")], check=False)
    print(f"{version} is written. Look at it (git diff), run make test and make test-slow, then:")
    print(f"  git add -A && git commit -m 'Release {version}' && git tag v{version} && make dist")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
