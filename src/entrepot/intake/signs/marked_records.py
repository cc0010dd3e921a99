"""Files of records of several kinds, each line begun with its kind: QuickBooks' IIF, where !VEND heads the vendors.

A line that begins with a mark names the columns of all lines of its kind. The kind that is asked for is read; lines of
the others are left blank, so that a row keeps the number of its line, and they are counted in a note.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.intake.decode import examine

if TYPE_CHECKING:
    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.unpack import Content

_MARK = "!"
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?!([A-Z]{2,12})\t[^\r\n]*\r?\n(?:[^\r\n]*\r?\n)*?\1\t"
)  # a head, then a record of it


def is_marked(begins: bytes) -> bool:
    r"""Whether a file begins with the head of a kind of records, and one of that kind follows.

    >>> is_marked(b"!VEND\tNAME\r\nVEND\tAlfa\r\n"), is_marked(b"!important\tnote\r\n")
    (True, False)
    """
    return _HEAD.match(begins) is not None


def records_of_one_kind(content: Content, options: ReadingOptions) -> tuple[Content, str]:
    """The records of one kind as a table, and a note on those of the others.

    Args:
        content: the file.
        options: by whose words the head of the kind is known that is asked for; where none is, most records decide.

    Raises:
        UnreadableFileError: the text is mis-encoded or empty.
    """
    with examine(content, options.encoding).open() as text:
        lines = list(csv.reader(text, delimiter="\t", quoting=csv.QUOTE_NONE))
    heads = {row[0][1:]: row[1:] for row in lines if row and row[0].startswith(_MARK)}
    counts = Counter(row[0] for row in lines if row and row[0] in heads)
    known = [kind for kind in counts if options.words and options.words.is_telling(heads[kind])]
    kind = max(known or counts, key=lambda one: counts[one])
    made = io.StringIO()
    write = csv.writer(made, delimiter="\t", lineterminator="\n")
    for row in lines:
        mine = row and row[0] in {kind, _MARK + kind}
        write.writerow(row[1 : len(heads[kind]) + 1] if mine else [])
    others = {one: n for one, n in counts.items() if one != kind}
    left = ", ".join(f"{one}: {n}" for one, n in others.items())
    note = tr("Records of {kind} are read: {count}.", kind=kind, count=counts[kind])
    note += tr(" Not read are those of other kinds, {left}.", left=left) if left else ""
    return replace(content, source=made.getvalue().encode(), is_gzip=False, member="", name="table.tsv"), note
