"""Damage done to a file: blindly to its bytes, and by what it is made of. All of it drawn from one seeded source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fuzz.damage import blind, columns, drawn, lines, markup, objects, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    Act = Callable[[Random, bytes], bytes]

LARGEST = 400_000  # bytes of a damaged file: enough to tell what takes time by the square of its size
_TIMES = (1, 1, 1, 2, 2, 3, 5)  # how often a file is damaged: mostly once, so that it is still read far
_BLINDLY = 0.3  # of the damage to a file that has a structure
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
_MARKED = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml|<[A-Za-z!])")


def damaged(draw: Random, data: bytes, others: Sequence[bytes]) -> tuple[bytes, list[str]]:
    """A damaged file, and the names of what was done to it.

    Args:
        draw: where chance comes from.
        data: the file.
        others: files of which pieces may be taken.
    """
    done: list[str] = []
    for _ in range(draw.choice(_TIMES)):
        if others and draw.random() < 0.03:
            data, name = blind.splice(draw, data, draw.choice(others)), "blind.splice"
        else:
            act = draw.choice(_acts(draw, data))
            data, name = act(draw, data), f"{act.__module__.rpartition('.')[2]}.{act.__name__}"
        done.append(name)
        data = data[:LARGEST]
    return data, done


def _acts(draw: Random, data: bytes) -> Sequence[Act]:
    """What may be done to a file, by what it is."""
    if not data or draw.random() < _BLINDLY:
        return blind.ACTS
    kinds: tuple[tuple[bool, Sequence[Act]], ...] = (
        (data.startswith(b"PK"), _packed(packed.ZIP, damaged)),
        (data.startswith(b"\x1f\x8b"), _packed(packed.GZIP, damaged)),
        (data.startswith(b"PAR1"), columns.ACTS),
        (b"%PDF-" in data[:1024], drawn.ACTS),
        (_MARKED.match(data) is not None, (*markup.ACTS, *markup.ACTS, *lines.TEXTS)),
        (_JSON.match(data) is not None, (*objects.ACTS, *objects.ACTS, *lines.TEXTS)),
    )
    return next((acts for fits, acts in kinds if fits), (*lines.TABLES, *lines.TEXTS))


def _packed(acts: Sequence[packed.Act], inside: packed.Inside) -> Sequence[Act]:
    """Damage to an archive, which goes on to what is packed in it."""

    def bound(act: packed.Act) -> Act:
        def done(draw: Random, data: bytes) -> bytes:
            return act(draw, data, inside)

        done.__name__, done.__module__ = act.__name__, act.__module__
        return done

    return [bound(act) for act in acts]
