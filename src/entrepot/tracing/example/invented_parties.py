"""Parties of the example: invented names, each with a country, a town and what it makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.tracing.example.example_chance import Drawn


class Party(NamedTuple):
    """A party: what files call it, where it stands, what it makes; whether it is invented or stands on a list."""

    name: str
    country: str
    town: str
    makes: str
    address: str
    is_invented: bool = True


# Country -> legal form behind the name, and towns.
_PLACES = {
    "Uzbekistan": ("MChJ", ("Tashkent", "Fergana", "Bukhara")),
    "Türkiye": ("A.S.", ("Izmir", "Denizli", "Gaziantep")),
    "India": ("Pvt. Ltd.", ("Ahmedabad", "Coimbatore", "Surat")),
    "Pakistan": ("(Pvt) Ltd", ("Faisalabad", "Lahore", "Multan")),
    "Bangladesh": ("Ltd.", ("Dhaka", "Gazipur", "Chattogram")),
    "Vietnam": ("JSC", ("Haiphong", "Bac Giang", "Hanoi")),
    "Malaysia": ("Sdn. Bhd.", ("Penang", "Kuching", "Ipoh")),
    "Brazil": ("Ltda.", ("Cuiaba", "Goiania", "Uberlandia")),
    "Norway": ("AS", ("Bergen", "Trondheim", "Kristiansand")),
    "Germany": ("GmbH", ("Hamburg", "Leipzig", "Ulm")),
    "Italy": ("S.p.A.", ("Parma", "Foggia", "Salerno")),
    "Spain": ("S.L.", ("Badajoz", "Murcia", "Sevilla")),
    "Kazakhstan": ("LLP", ("Almaty", "Shymkent", "Zharkent")),
    "China": ("Co., Ltd.", ("Yinchuan", "Xuzhou", "Kunming")),
}
# Of two halves that are no words of a firm on any list held: 24 x 16 names, each used once.
_BEGINS = (
    "Bel", "Cor", "Dra", "Fen", "Gal", "Hul", "Jor", "Kas", "Lom", "Mer", "Nov", "Ost", "Pal", "Quil", "Rud",
    "Sim", "Tor", "Ulf", "Ves", "Wim", "Yar", "Zan", "Ebr", "Ivo",
)  # fmt: skip
_ENDS = (
    "avik", "oden", "umbra", "estal", "irin", "ogath", "alune", "eskar", "upor", "imont", "andil", "orix",
    "uveny", "atelo", "ibrun", "olsky",
)  # fmt: skip
_ACROSS = 7  # steps between names that follow one another: parties of one trade do not begin alike; no part of 384


def invented(drawn: Drawn) -> Iterator[str]:
    """Names, each once."""
    names = [b + e for e in _ENDS for b in _BEGINS]
    begin = drawn.whole(0, len(names) - 1)
    for i in range(len(names)):
        yield names[(begin + i * _ACROSS) % len(names)]


def party(drawn: Drawn, names: Iterator[str], trade: str, country: str) -> Party:
    """An invented party of a trade.

    Args:
        drawn: chance.
        names: those that are left.
        trade: what stands behind the name, and what it makes.
        country: where it stands.
    """
    form, towns = _PLACES[country]
    town, name = drawn.one(towns), next(names)
    # A street of its own: two parties at one address are one thing that rules look for.
    return Party(f"{name} {trade} {form}", country, town, trade.casefold(), f"{name} Street 1, {town}, {country}")
