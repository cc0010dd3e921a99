"""The catalogue of every sentence for people, made from the code; what the code says past it.

    python scripts/words                     write locale/entrepot.pot
    python scripts/words --check             exit 1 when it is not what the code says
    python scripts/words --left [ROOM ...]   sentences that are in no catalogue, by room; all of a room that is named
    python scripts/words --compile kk.po     the catalogue of a language, compiled into the package

See docs/design/57-words.md.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from words.extraction import PACKAGE, POT, compiled, template
from words.unsaid import unsaid


def main() -> int:
    """Do what the arguments ask; the exit code."""
    parser = argparse.ArgumentParser(prog="scripts/words", description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where the catalogue is another")
    parser.add_argument("--left", nargs="*", metavar="ROOM", help="name what is in no catalogue")
    parser.add_argument("--compile", type=Path, metavar="PO", help="compile a language's catalogue")
    given = parser.parse_args()
    if given.compile:
        print(compiled(given.compile))
        return 0
    if given.left is not None:
        return _left(given.left)
    made = template()
    if given.check:
        if POT.read_text(encoding="utf-8") == made:
            return 0
        print(f"{POT.name} is not what the code says: run `make reference`, and commit it", file=sys.stderr)
        return 1
    POT.parent.mkdir(exist_ok=True)
    POT.write_text(made, encoding="utf-8")
    print(f"{POT}: {made.count(chr(10) + 'msgid ')} sentences")
    return 0


def _left(rooms: list[str]) -> int:
    found = [one for path in sorted(PACKAGE.rglob("*.py")) for one in unsaid(path)]
    for room, count in sorted(Counter(one.room for one in found).items()):
        print(f"{room}: {count}")
    for one in found:
        if one.room in rooms:
            print(f"{one.path}:{one.line}: {one.text[:100]}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
