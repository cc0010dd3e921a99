"""A row of the record as it was printed."""

from __future__ import annotations

from typing import NamedTuple


class Print(NamedTuple):
    """A row as it was printed.

    Attributes:
        text: figure, office, day and quality.
        figure: as it was printed.
        office: who counted; empty where not recorded.
        day: of print in words; empty where not recorded.
        quality: of the source; empty for a notice.
    """

    text: str
    figure: str = ""
    office: str = ""
    day: str = ""
    quality: str = ""
