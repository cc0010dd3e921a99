"""Which measures touch which HS codes, against what is published of each."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.measures import measures as desk_measures
from entrepot.measures.goods_touched import not_known, touching
from entrepot.measures.measure import measure, measures
from entrepot.vocabulary.goods import nearest_codes


def met(code, day, *, state="in_force", touch=("whole", "partly")):
    rows = touching(code, day).to_pylist()
    return {(r["measure_id"], r["part_id"]) for r in rows if r["state"] == state and r["touch"] in touch}


def test_modules_in_2021():
    # Safeguard, section 301 list 2 and the orders on China; no UFLPA yet, Hoshine's order only from 24 June.
    found = {m for m, _ in met("8541.43", "2021-06-01")}
    assert found == {"us-section-201-solar", "us-section-301-china", "us-solar-adcvd-2012"}
    assert "cbp-wro" in {m for m, _ in met("8541.43", "2021-06-24")}


def test_modules_in_2023():
    found = met("8541.43", "2023-03-01")
    assert ("uflpa", "silica") in found
    assert ("us-solar-circumvention-2023", "waiver") in found
    assert ("us-section-201-solar", "second-term") in found
    assert not any(m == "us-solar-adcvd-2025" for m, _ in found)


def test_modules_in_2026():
    found = met("8541.43", "2026-11-24")
    assert ("us-solar-adcvd-2025", "anti-dumping") in found
    assert ("us-solar-petitions-2025", "preliminary-dumping") in found
    assert ("us-section-301-china", "solar-2024") in found
    assert not any(m == "us-section-201-solar" for m, _ in found)


def test_raw_cotton_in_2021_2023_and_2026():
    assert ("cbp-wro", "xinjiang-cotton-tomatoes") not in met("5201", "2021-01-12")
    assert ("cbp-wro", "xinjiang-cotton-tomatoes") in met("5201", "2021-01-13")
    assert "uflpa" not in {m for m, _ in met("5201", "2021-06-01")}
    assert ("uflpa", "cotton") in met("5201", "2023-03-01")
    assert ("uflpa", "cotton") in met("5201", "2026-11-24")


def test_the_presumption_touches_every_good_and_a_sector_does_not():
    toys = touching("9503", "2023-03-01").to_pylist()
    assert ("uflpa", "presumption", "all_goods") in {(r["measure_id"], r["part_id"], r["touch"]) for r in toys}
    assert not any(m == "uflpa" for m, _ in met("9503", "2023-03-01"))


def test_a_code_wider_than_the_prefix_is_touched_partly():
    rows = touching("39", "2024-07-09").to_pylist()
    assert {(r["part_id"], r["touch"]) for r in rows if r["part_id"] == "pvc"} == {("pvc", "partly")}


def test_the_code_of_2017_is_touched_through_the_codes_it_became():
    assert ("us-solar-adcvd-2025", "anti-dumping") in met("8541.40", "2025-07-01", touch=("partly",))


def test_the_eu_ban_is_shown_as_scheduled():
    assert ("eu-flr", "ban") in met("5201", "2026-11-24", state="scheduled", touch=("all_goods",))
    assert met("5201", "2023-03-01", state="scheduled", touch=("all_goods",)) == set()


def test_the_reader_sees_which_prefix_an_authority_named():
    basis = {r["part_id"]: r["basis"] for r in touching("8541.43", "2025-07-01").to_pylist()}
    assert basis["anti-dumping"] == "named"
    assert basis["silica"] == "read"


def test_cotton_of_turkmenistan_is_not_cotton_of_china():
    (row,) = (r for r in touching("5201", "2023-01-01").to_pylist() if r["part_id"] == "turkmenistan-cotton")
    assert (row["countries"], row["territory"]) == (["TM"], None)


@pytest.mark.parametrize("code", ["854143", "8541.43.00", "85 41 43 00", "8541-43"])
def test_a_code_may_be_written_in_many_ways(code):
    assert met(code, "2026-11-24") == met("8541.43", "2026-11-24")


@pytest.mark.parametrize(("code", "hint"), [("8541.99", "8541"), ("x", "digits"), ("", "no HS code"), ("854", "4, 6")])
def test_a_bad_code_is_refused_with_the_nearest(code, hint):
    with pytest.raises(BadInputError, match=hint) as caught:
        touching(code, "2024-01-01")
    assert caught.value.exit_code == 2


def test_what_touches_every_good_stands_once_whatever_the_number_of_codes():
    rows = touching("8541.43,5201,9503", "2026-11-27").to_pylist()
    every = [(r["measure_id"], r["part_id"]) for r in rows if r["touch"] == "all_goods"]
    assert len(every) == len(set(every))
    assert ("khorgos-allowance", "into-china") in every
    assert {r["code"] for r in rows if r["touch"] == "all_goods"} == {"854143, 5201, 9503"}


def test_semiconductors_and_batteries_under_section_301_by_their_days():
    # 89 FR 76581: semiconductors at 50 per cent from 2025, other lithium-ion batteries at 25 from 2026.
    assert ("us-section-301-china", "semiconductors-2025") not in met("8542", "2024-12-31")
    assert ("us-section-301-china", "semiconductors-2025") in met("8542", "2025-01-01")
    assert ("us-section-301-china", "batteries-other-2026") not in met("8507.60", "2025-12-31")
    assert ("us-section-301-china", "batteries-other-2026") in met("8507.60", "2026-01-01")


def test_what_is_not_known_of_a_code_is_said():
    def said(code, **more):
        return "\n".join(not_known(code, "2026-11-27", **more))

    toys = said("9503")
    assert "Not known of 9503: us-section-301-china" in toys
    assert "Not known of 9503: us-section-232" in toys
    assert "Orders on other Chinese firms" in toys  # no HS code of theirs is on record
    assert "us-section-301-china: whether" not in said("2804.61")
    assert "us-section-232: whether" not in said("7604")
    assert said("9503", jurisdictions=("DE",)) == ""
    assert "cbp-wro" not in said("9503", acts=(measure("us-section-232"),))


def test_measures_are_told_by_jurisdiction():
    rows = touching("5201", "2026-11-27", ("EU",)).to_pylist()
    assert {r["measure_id"] for r in rows} == {"eu-crimea", "eu-flr"}
    found = desk_measures(jurisdictions=["de", "EU"], as_of="2026-11-27").table.to_pylist()
    assert {r["jurisdiction"] for r in found} == {"DE", "EU"}
    with pytest.raises(UnknownNameError, match="US"):
        desk_measures(jurisdictions=["ZZ"])


PREFIXES = sorted({g.prefix for m in measures() for p in m.parts for g in p.hs})


@given(st.sampled_from(PREFIXES), st.dates(date(2010, 1, 1), date(2035, 1, 1)))
def test_whatever_covers_a_heading_covers_the_lines_beneath_it(prefix, day):
    lines = [c for c in nearest_codes(prefix.ljust(6, "0")) if c.startswith(prefix)]
    wide = met(prefix, day, touch=("whole",))
    for line in lines:
        assert wide <= met(line, day, touch=("whole",))
        assert met(line, day, touch=("whole",)) == met(f"{line}00", day, touch=("whole",))


def test_every_prefix_is_a_code_of_the_harmonized_system():
    for prefix in PREFIXES:
        assert touching(prefix, "2026-11-24").num_rows
