"""Invented episodes: what leaves the direct flow is what passes the hub, and the same seed is the same trade."""

from dataclasses import replace

import polars as pl
import pytest

from episodes.episode import episode
from episodes.kinds import KINDS, USUAL

SMALL = replace(USUAL, places=8, products=4, before=8, after=4, diverted=2)
SEED = 3  # below those that are reported


def sums(of, exporter, importer, product):
    rows = pl.DataFrame(of.flows).filter(
        pl.col("exporter") == exporter,
        pl.col("importer") == importer,
        pl.col("product") == product,
        pl.col("period") >= of.since,
    )
    return rows["value_usd"].sum()


def test_what_leaves_the_direct_flow_enters_and_leaves_the_hub():
    half, fifth = (episode(replace(SMALL, share=s), SEED) for s in (0.5, 0.2))
    for product, hub, _, amount in half.truth.rows():
        into, out, direct = (
            sums(half, a, b, product) - sums(fifth, a, b, product)
            for a, b in (
                (half.origin, hub),
                (hub, half.destination),
                (half.origin, half.destination),
            )
        )
        assert into == pytest.approx(0.6 * amount, rel=1e-4)  # half less a fifth, of half
        assert out == pytest.approx(into, rel=1e-4)
        assert direct == pytest.approx(-into, rel=1e-4)


def test_where_only_the_origin_reports_there_is_no_second_leg():
    found = episode(replace(SMALL, buyers=1, only_origin=True), SEED)
    assert set(found.flows["exporter"].to_pylist()) == {found.origin}
    assert set(found.truth["kind"]) == {"hub", "buyer"}


def test_hubs_are_as_large_as_their_kind_says():
    for name in ("small hubs", "large hubs"):
        kind = replace(SMALL, hubs=KINDS[name].hubs)
        of = episode(kind, SEED)
        before = pl.DataFrame(of.flows).filter(pl.col("period") < of.since)
        mean = before.group_by("exporter", "importer", "product").agg(pl.col("value_usd").mean()).rows()
        legs = {(a, b, p): v for a, b, p, v in mean}
        for product, hub, *_ in of.truth.rows():
            direct = legs[of.origin, of.destination, product]
            for leg in ((of.origin, hub, product), (hub, of.destination, product)):
                assert kind.hubs[0] * 0.99 <= legs[leg] / direct <= kind.hubs[1] * 1.01
