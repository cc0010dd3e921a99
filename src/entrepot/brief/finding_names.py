"""Whom a finding is about and what it says of them, where a language is spoken: names and titles are data."""

from __future__ import annotations

from entrepot.core.words.translate import apart, retold, tr


def about(subject: str) -> str:
    """Whom or what a finding is about: a name, of two sides both.

    Args:
        subject: of a finding.
    """
    place, joint, partner = subject.partition(" with ")
    return tr("{place} with {partner}", place=apart(place), partner=apart(partner)) if joint else apart(subject)


def titled(quantity: str) -> str:
    """What a finding says of its subject; of an event its kind, told again, and its title, which is data.

    Args:
        quantity: of a finding.
    """
    kind, colon, title = quantity.partition(": ")
    if not colon or retold(title) != title:
        return retold(quantity)
    return f"{retold(kind)}: {apart(title)}"


def disagreeing(value: str) -> str:
    """Two figures that do not agree, each with who gave it.

    Args:
        value: of a finding of kind conflict.
    """
    one, against, other = value.partition(" against ")
    return tr("{one} against {other}", one=apart(one), other=apart(other)) if against else value
