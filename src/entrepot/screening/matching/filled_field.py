"""What a reader must know of a party's name that is as long as the field it comes from: it may be cut there.

The score says how well two names agree; whether a legal form or a whole word was lost at the end it cannot say, for a
shorter name is no worse. See docs/design/38-vendor-files.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.names.comparing.align import FILLED
from entrepot.names.reading.prepare import prepare

if TYPE_CHECKING:
    from entrepot.lists.listed_name import ListedName


def cut_said(name: str | None, listed: ListedName) -> list[str]:
    """A sentence on a name that fills a field and is the beginning of what the list has; none for any other.

    Args:
        name: the party's, as given.
        listed: what it met: under the name that it met, or the first name of the list, it may go on.
    """
    if not name or len(name) not in FILLED:
        return []
    start = prepare(name).written
    for text in dict.fromkeys((listed.text, listed.listed_name)):
        whole = prepare(text).written
        if start and start != whole and whole.startswith(start):
            return [
                tr(
                    "The name is {length} characters long, as many as a field for names holds: it may be cut there; "
                    "“{text}” goes on with “{rest}”.",
                    length=len(name),
                    text=text,
                    rest=whole[len(start) :].strip(),
                )
            ]
    return []
