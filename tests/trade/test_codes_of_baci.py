"""Codes of BACI: six digits, whatever took their zero; of an edition before those on record the heading is judged."""

from __future__ import annotations

import pytest

HEAD = "t,i,j,k,v,q\n"


def read(write, codes, name="BACI_HS92_Y2019_V202501.csv"):
    return write(HEAD + "".join(f"2019,156,398,{code},1.000,2.000\n" for code in codes), name)


def held(loaded):
    return sorted(r["product"] for r in loaded.table.to_pylist())


@pytest.mark.parametrize("more", [[], ["851730", "100190"], ["854140", "847130", "30192", "90121"]])
def test_every_code_has_six_digits(write, faults, more):
    loaded = read(write, ["10111", "10119", "10210", *more])
    assert held(loaded) == sorted(c.zfill(6) for c in ("10111", "10119", "10210", *more))
    assert not faults(loaded, "not_hs")
    assert list(faults(loaded, "unreadable")) == ["converted"]


@pytest.mark.parametrize("code", ["851730", "100190", "854140", "010111"])
def test_a_code_of_an_older_edition_is_not_called_none(write, faults, code):
    loaded = read(write, [code])
    assert held(loaded) == [code]
    assert not faults(loaded, "not_hs")
    assert not faults(loaded, "unreadable")


@pytest.mark.parametrize("code", ["775730", "981230", "85173", "1234567"])
def test_what_has_no_heading_or_another_shape_is_named(write, faults, code):
    assert faults(read(write, [code]), "not_hs")  # 85173 is 085173, and 0851 is no heading


@pytest.mark.parametrize(
    ("code", "is_named"), [("851730", True), ("100190", True), ("851762", False), ("010121", False)]
)
def test_of_an_edition_on_record_the_whole_code_is_judged(write, faults, code, is_named):
    loaded = read(write, [code], "BACI_HS22_Y2023_V202501.csv")
    assert bool(faults(loaded, "not_hs")) == is_named
