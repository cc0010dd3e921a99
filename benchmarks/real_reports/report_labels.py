"""Sets of labelled reports, their texts, and what the reader makes of one."""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_REACH = 24  # characters that a reader may have left out in a row: blanks, the mark of an item
LABELS = Path(__file__).resolve().parents[2] / "tests" / "claims" / "reports"
SETS = {
    "seen": "first set, the half that a reader may be mended on",
    "unseen": "first set, the half set aside",
    "second": "second set, set aside as a whole",
    "third": "third set, set aside as a whole and kept out of training",
    "fourth-seen": "fourth set, the half that a reader may be mended on",
    "fourth": "fourth set, the half set aside and kept out of training",
    "fifth-seen": "fifth set, mostly Russian, the half that a reader may be mended on",
    "fifth": "fifth set, mostly Russian, the half set aside and kept out of training",
    "sixth-seen": "sixth set, with many errors, the half that a reader may be mended on",
    "sixth": "sixth set, with many errors, the half set aside and kept out of training",
    "seventh-seen": "seventh set, as it came, the half that a reader may be mended on",
    "seventh": "seventh set, as it came, the half set aside and kept out of training",
    "eighth-seen": "eighth set, with many alerts and errors, the half that a reader may be mended on",
    "eighth": "eighth set, with many alerts and errors, the half set aside and kept out of training",
    "ninth-seen": "ninth set, as it came, the half that a reader may be mended on",
    "ninth": "ninth set, as it came, the half set aside and kept out of training",
    "tenth-seen": "tenth set, a third with doubtful figures, the half that a reader may be mended on",
    "tenth": "tenth set, a third with doubtful figures, the half set aside and kept out of training",
    "eleventh-seen": "eleventh set, by other words again, the half that a reader may be mended on",
    "eleventh-later-seen": "eleventh set, the half that was set aside until it had been read once, and then opened",
    "twelfth": "twelfth set, set aside as a whole and kept out of training",
    "thirteenth-seen": "thirteenth set, mostly alerts and their like, open as a whole",
    "fourteenth-seen": "fourteenth set, as it came, open as a whole",
    "fifteenth": "fifteenth set, as it came, set aside as a whole and kept out of training",
    "sixteenth-seen": "sixteenth set, by other words again, the half that a reader may be mended on",
    "sixteenth-later-seen": "sixteenth set, the half that was set aside until it had been read, and then opened",
    "seventeenth-seen": "seventeenth set, of what the record has rows of, open as a whole",
    "eighteenth": "eighteenth set, as it came, set aside as a whole and kept out of training",
    "nineteenth-seen": "nineteenth set, as it came, open as a whole",
    "twentieth-later-seen": "twentieth set, as it came, set aside until it had been read, and then opened",
    "twentyfirst-later-seen": "twenty-first set, half of its claims with rows, opened when it had been read",
    "twentysecond-later-seen": "twenty-second set, of the record's themes, opened when it had been read",
    "twentythird-later-seen": "twenty-third set, half of its claims with rows, opened when it had been read",
    "twentyfourth": "twenty-fourth set, half of its claims with rows, set aside as a whole and kept out of training",
    "twentyfifth-seen": "twenty-fifth set, on single firms, open as a whole",
    "twentysixth-later-seen": "twenty-sixth set, as it came, set aside until it had been read once, and then opened",
    "twentyseventh": "twenty-seventh set, a third of it alerts, set aside as a whole and kept out of training",
    "twentyeighth": "twenty-eighth set, as it came, set aside as a whole and kept out of training",
    "twentyninth-later-seen": "twenty-ninth set, a third of it alerts, opened when it had been read once",
    "thirtieth-later-seen": "thirtieth set, of trade and trains, some in error, opened when it had been read once",
    "thirtyfirst": "thirty-first set, of the record's themes, set aside as a whole and kept out of training",
    "thirtysecond-later-seen": "thirty-second set, a tenth of it in error, opened when it had been read once",
    "thirtythird-later-seen": "thirty-third set, second-hand texts, some in error, opened when it had been read once",
}
OPEN = tuple(name for name in SETS if name.endswith("seen") and name != "unseen")  # what may be looked at
HALVED = tuple(name for name in SETS if f"{name}-seen" in SETS)  # sets of which one half is open
# What nothing is fitted on, for it is run once.
SEALED = (
    *("third", "twelfth", "fifteenth", "eighteenth", "twentyfourth", "twentyseventh", "twentyeighth", "thirtyfirst"),
    *HALVED,
)
NO_CLAIM = "no_claim"  # a number that numbers or names: page, section, telephone, item of a list

Row = dict[str, str]


def rows_of(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def labels_of(name: str) -> dict[str, list[Row]]:
    """The labels of a set by report."""
    out: dict[str, list[Row]] = {}
    for row in rows_of(LABELS / f"{name}-labels.csv"):
        out.setdefault(row["report"], []).append(row)
    return out


def reports_of(name: str) -> list[Row]:
    """The reports of a set, each with whether it is a source of the record."""
    return [
        row | {"source": "source" if row["source_of_record"] else "no source"}
        for row in rows_of(LABELS / "reports.csv")
        if row["half"] == name
    ]


def in_training(report: Row) -> bool:
    """Whether a reader may be mended and fitted on a report: open halves, and of the sets that were read by now half.

    The other halves are measured only, and so is what is sealed: the third set, the twelfth, the fifteenth, and of
    the others since the fourth the half set aside; of the eleventh it was opened.
    Of the sets that were read a report is in the training half where the SHA-256 of its id begins even.
    """
    if report["half"] in OPEN + SEALED:
        return report["half"] in OPEN
    return int(hashlib.sha256(report["report"].encode()).hexdigest()[0], 16) % 2 == 0


def text_of(folder: Path, report: Row) -> Path | None:
    """Where the text of a report lies; None: it is absent or not the one that was labelled."""
    path = next(iter(sorted(folder.rglob(f"{report['report']}.txt"))), None)
    if path is None or hashlib.sha256(path.read_bytes()).hexdigest() != report["text_sha256"]:
        return None
    return path


def read(path: Path, report: Row) -> tuple[list[Mapping[str, object]], int, Mapping[int, int]]:
    """The reader's claims of a report, its mentions, and where characters of the file stand in the text as read.

    A reader joins lines and leaves out blanks, so that offsets move.
    """
    from entrepot.claims.check import check

    checked = check(path, published=report["published"] or None)
    mentions: Mapping[str, int] = getattr(checked, "mentions", {})
    moved = moved_in(path.read_text(encoding="utf-8"), checked.report.text)
    return checked.claims.to_pylist(), sum(mentions.values()) or len(checked.found), moved


def moved_in(printed: str, text: str) -> dict[int, int]:
    """Of each character of a file that is no blank, where it stands in the text as read."""
    moved, at = {}, 0
    for i, char in enumerate(printed):
        if not char.isspace():
            found = text.find(char, at, at + _REACH)
            if found >= 0:
                moved[i], at = found, found + 1
    return moved


def placed(label: Row, moved: Mapping[int, int]) -> Row:
    """A label with the offsets that its figure has in the text as read."""
    start, end = int(label["start"]), int(label["end"])
    first, last = moved.get(start, start), moved.get(end - 1, end - 1)
    return label | {"start": str(first), "end": str(last + 1)}
