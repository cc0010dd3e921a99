"""Stages of the example's chains: who makes what of what, in which countries, how much of it, in which units."""

from __future__ import annotations

from typing import NamedTuple


class Stage(NamedTuple):
    """A stage of a chain. Figures are plausible and invented; what the rules of the balance hold is not read here.

    Attributes:
        good: what is made, as papers call it.
        trade: what stands behind the name of a maker.
        makers: how many there are.
        countries: where they stand.
        hs: code of the good.
        base: unit of the makers' own records.
        units: units of invoices, with how many of the base each is.
        price: of a unit of the base, USD.
        gives: of one unit of input; of nothing for a harvest, whose lots are of `lot` of the base.
        inputs: deliveries that a step of making takes.
        lot: between what a lot of a harvest is, in the base; how many lots a maker brings in.
    """

    good: str
    trade: str
    makers: int
    countries: tuple[str, ...]
    hs: str
    base: str
    units: tuple[tuple[str, float], ...]
    price: float
    gives: float = 0.0
    inputs: int = 3
    lot: tuple[float, float, int] = (0, 0, 0)


_WEIGHTS = (("kg", 1), ("t", 1000), ("t", 1000))  # two invoices in three are in tonnes
_POWER = (("kW", 1000), ("W", 1))  # either
_POUND, _TONNE = 0.45359237, 1000  # kilograms; a bale has 480 pounds

CHAINS: dict[str, tuple[Stage, ...]] = {
    "cotton": (
        Stage("seed cotton", "Growers Cooperative", 40, ("Uzbekistan", "Türkiye", "India", "Brazil", "Pakistan"),
              "5201.00", "kg", (("t", 1000), ("kg", 1)), 0.55, lot=(18 * _TONNE, 60 * _TONNE, 4)),
        Stage("cotton lint", "Ginning", 18, ("Uzbekistan", "Türkiye", "India", "Brazil", "Pakistan"), "5201.00", "kg",
              (*_WEIGHTS, ("lb", _POUND), ("bales", round(480 * _POUND))), 1.7, 0.36),
        Stage("ring-spun yarn", "Spinning Mills", 22, ("Türkiye", "India", "Pakistan", "Vietnam"), "5205.12", "kg",
              _WEIGHTS, 3.1, 0.85),
        Stage("poplin", "Weaving", 22, ("Türkiye", "India", "Pakistan", "Bangladesh"), "5208.32", "kg", _WEIGHTS,
              6.2, 0.95),
        Stage("cotton shirts", "Garments", 20, ("Bangladesh", "Türkiye", "Vietnam"), "6205.20", "pieces",
              (("pieces", 1), ("dozen", 12)), 4.4, 4.0),
    ),
    "solar": (
        Stage("quartz", "Quarries", 10, ("Norway", "Brazil", "Spain"), "2506.10", "kg", (("t", 1000),), 0.05,
              lot=(60 * _TONNE, 150 * _TONNE, 6)),
        Stage("metallurgical silicon", "Silicon Smelting", 10, ("Norway", "Brazil", "Malaysia"), "2804.69", "kg",
              _WEIGHTS, 2.2, 0.37),
        Stage("polysilicon", "Polysilicon", 8, ("Germany", "Malaysia"), "2804.61", "kg", _WEIGHTS, 18, 0.85),
        Stage("silicon wafers", "Wafer", 10, ("Malaysia", "Vietnam"), "3818.00", "W", _POWER, 0.06, 300),
        Stage("solar cells", "Cells", 12, ("Malaysia", "Vietnam", "India"), "8541.42", "W", _POWER, 0.11, 0.95),
        Stage("solar modules", "Modules", 12, ("Vietnam", "India", "Türkiye"), "8541.43", "W", _POWER, 0.19, 0.97),
    ),
    "tomatoes": (
        Stage("fresh tomatoes", "Farms", 45, ("Italy", "Spain", "Türkiye"), "0702.00", "kg", (("kg", 1),), 0.12,
              lot=(18 * _TONNE, 27 * _TONNE, 3)),
        Stage("tomato paste", "Canning", 12, ("Italy", "Spain", "Türkiye"), "2002.90", "kg", _WEIGHTS, 1.1, 0.165),
        Stage("tomato sauce", "Foods", 12, ("Italy", "Germany"), "2103.20", "pieces",
              (("pieces", 1), ("dozen", 12)), 0.9, 12.0),
    ),
}  # fmt: skip
# Chain -> what else its last makers buy, from whom, the unit, the price; none of it has lots.
BESIDE = {
    "cotton": ("buttons", "Buttons", ("Germany", "Italy"), "pieces", 0.03),
    "solar": ("solar glass", "Glass", ("Germany", "Malaysia"), "m2", 4.1),
    "tomatoes": ("jars", "Glassworks", ("Italy", "Germany"), "pieces", 0.11),
}
# Product -> the least that a piece of it takes, in the unit of the material.
RECIPES = {"cotton shirts": ("poplin", 0.245, "kg"), "tomato sauce": ("tomato paste", 0.0815, "kg")}
RANGES = {"cotton": "shirt range", "solar": "rooftop kit", "tomatoes": "sauce"}
PRODUCTS = "ABCDEF"  # of each chain
TRADERS = ("Kazakhstan", "Türkiye", "Germany", "India", "Malaysia")
# Open at the head of a stage in both twins: real names of the UFLPA Entity List, on invented papers.
OPEN_ANCHORS = {
    "metallurgical silicon": ("Hoshine Silicon Industry (Shanshan) Co., Ltd.", "Shanshan, Xinjiang"),
    "tomato paste": ("Tianjin Tianwei Food Co., Ltd.", "Tianjin"),
}
HIDDEN_GIN = ("Xinjiang Junggar Cotton and Linen Co., Ltd.", "Urumqi, Xinjiang")
HIDDEN_OWNER = "Xinjiang Production and Construction Corps"
OWN = "Modelhaus Retail GmbH"
