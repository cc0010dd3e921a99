"""The report that Entrepot began with, held against the record statement by statement.

    python scripts/case [OUT]      writes case.html and case.csv into OUT; `make case` into out/case

Where the data shelf is at hand (../shared, or ENTREPOT_SHARED), its text is read by `entrepot check` too, and what that
says of a figure stands beside the statement. The text itself is written nowhere.
"""

from __future__ import annotations

import os
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "scripts")]

from case import page, rules  # noqa: E402
from entrepot.record.embedded import load  # noqa: E402
from entrepot.sources.register import by_id  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STATEMENTS = Path(__file__).with_name("statements.toml")


def statements() -> tuple[str, list[dict[str, Any]]]:
    """The day of the report and its statements."""
    said = tomllib.loads(STATEMENTS.read_text(encoding="utf-8"))
    return said["published"], said["statement"]


def reading(measure: str) -> str:
    """What the brief of a measure says over all its figures."""
    from entrepot.brief.compose import brief
    from entrepot.brief.report import plain_text

    report = brief(measure)
    return plain_text(report.head[0])


def text() -> Path | None:
    """The text of the report, where the shelf is at hand."""
    shelf = Path(os.environ.get("ENTREPOT_SHARED") or ROOT.parent / "shared")
    found = shelf / "seed" / "article.txt"
    return found if found.is_file() else None


def read(file: Path, published: str, said: Sequence[Mapping[str, Any]]) -> tuple[page.Claims, str]:
    """What `entrepot check` says of each figure of the statements, and of the text in one line."""
    from entrepot.desk.check import check

    with TemporaryDirectory() as store:
        checked = check(file, published=published, store=store)
    claims = checked.claims.to_pylist()
    by_statement: page.Claims = {
        str(one["id"]): [
            c
            for c in claims
            if any(f in c["text"] for f in one["figures"]) and one.get("comparison") in {None, c["comparison"]}
        ]
        for one in said
        if one.get("figures")
    }
    return by_statement, checked.summary


def main(out: Path) -> None:
    """Write the page and the table, and say how many statements have which verdict."""
    published, said = statements()
    record = load()
    lines = rules.hold(said, rules.Case(record, published, reading))
    notes = [
        "A verdict says what the record holds, not what is true: “not on record” is never “wrong”.",
        f"The report is taken as of {published}, the last day of print of what it repeats: inferred.",
    ]
    claims: page.Claims = {}
    if file := text():
        claims, summary = read(file, published, said)
        notes.append(f"The text as entrepot check reads it: {summary}")
    else:
        notes.append("The text is not at hand (../shared, or ENTREPOT_SHARED): the statements alone are held.")
    out.mkdir(parents=True, exist_ok=True)
    shown = page.page(lines, by_id(record.tables["sources"]), notes, claims)
    (out / "case.html").write_text(shown, encoding="utf-8")
    (out / "case.csv").write_text(page.table(lines), encoding="utf-8")
    for one, held in lines:
        print(f"{held.verdict:<14} {one['says']}")
    print(f"The page is {out / 'case.html'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "out" / "case")
