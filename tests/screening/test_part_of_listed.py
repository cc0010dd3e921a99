"""Parts of a listed party by their name: divisions and regiments of a corps that three lists name."""

from __future__ import annotations

import csv
import json

import pytest

from entrepot.names.similarity import similarity
from entrepot.screening.runs.run import ScreenOptions, screen

# How the bodies are written on lists, in registers and by romanisers; who is meant is read off the words by hand.
CERTAIN = {
    "XPCC 8th Division": "xpcc-8",
    "XPCC Division 4": "xpcc-4",
    "The First Division of XPCC": "xpcc-1",
    "Bingtuan Third Division": "xpcc-3",
    "Shinjang Ishlepchiqirish Qurulush Bingtüeni Soda Shirkiti": "xpcc",
    "Xinjiang Bingtuan Seventh Division Cotton Co": "xpcc-7",
    "Xinjiang Corps 5th Division": "xpcc-5",
    "Xinjiang Production & Construction Corps 10th Agricultural Division": "xpcc-10",
    "Xinjiang Production and Construction Corps Fourth Division State-owned Assets Management Co Ltd": "xpcc-4",
    "XPCC Eighth Division 121 Regiment Cotton Gin": "xpcc-8-121",
    "Eighth Agricultural Division": "xpcc-8",
    "Nong Ba Shi": "xpcc-8",
    "农八师": "xpcc-8",
    "农二师三十团": "xpcc-2-30",
    "兵团一师": "xpcc-1",
    "兵团第八师": "xpcc-8",
    "兵团农业第九师": "xpcc-9",
    "新疆兵团第六师": "xpcc-6",
    "生产建设兵团第十三师": "xpcc-13",
    "新疆生产建设兵团第八师石河子市": "xpcc-8",
    "新疆生产建设兵团第四师国有资产监督管理委员会": "xpcc-4",
    "Синьцзянский производственно-строительный корпус 8 дивизия": "xpcc-8",
    "XPCC Construction Engineering Group": "xpcc",
}
# The corps itself, in languages in which no list names it; with more behind it who bears its name may be a part.
ITSELF = (
    "Shinjang Ishlepchiqirish Qurulush Bingtüeni",
    "SHINJANG ISHLEPCHIQIRISH-QURULUSH BINGTUENI",
    "شىنجاڭ ئىشلەپچىقىرىش قۇرۇلۇش بىڭتۇەنى",
    "СИНЬЦЗЯНСКИЙ ПРОИЗВОДСТВЕННО-СТРОИТЕЛЬНЫЙ КОРПУС",
)
POSSIBLE = {"第八师": "xpcc-8", "8th Division Cotton Co": "xpcc-8"}
NONE = {
    "Third Division Logistics": "US",
    "Agri Division 3 Ltd": "GB",
    "121st Regiment Farm": "CN",
    "第一师范学院附属印刷厂": "CN",
    "第一师傅餐饮有限公司": "CN",
    "Sales Division 3, Ningbo Tools": "CN",
    "内蒙古生产建设兵团": "CN",
    "XPCC": "CN",  # the corps itself is met by its name
}
LISTS = ["cbp-wro", "ofac-xinjiang", "uflpa"]


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    file = tmp_path_factory.mktemp("parts") / "vendors.csv"
    rows = [*((n, "CN") for n in (*CERTAIN, *POSSIBLE)), *NONE.items()]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([("supplier", "country"), *rows])
    found = {}
    for m in screen(file, as_of="2026-11-26", options=ScreenOptions(lists=tuple(LISTS), workers=1)).to_pylist():
        if m["kind"] == "part":
            found.setdefault(m["party"], []).append(m)
    return found


@pytest.mark.parametrize(("name", "place"), [*CERTAIN.items(), *POSSIBLE.items()])
def test_a_body_meets_every_listing_of_the_whole(parts, name, place):
    rows = parts[name]
    assert [r["list_id"] for r in rows] == LISTS
    assert {r["place_id"] for r in rows} == {place}
    assert {r["strength"] for r in rows} == {"certain" if name in CERTAIN else "possible"}
    assert all(r["score"] is None and r["span"] in name for r in rows)
    assert all("whether the listing reaches its parts" in r["reasons"][1] for r in rows)


def test_the_whole_in_another_language_is_met_or_told_as_itself(tmp_path):
    file = tmp_path / "vendors.csv"
    file.write_text("\n".join(["supplier", *ITSELF, ""]), encoding="utf-8")
    rows = screen(file, as_of="2026-11-26", options=ScreenOptions(lists=tuple(LISTS), workers=1)).to_pylist()
    for name in ITSELF:
        found = [r for r in rows if r["party"] == name and r["kind"] != "region"]
        assert sorted(r["list_id"] for r in found) == LISTS, name
        told = " ".join(reason for r in found if r["kind"] == "part" for reason in r["reasons"])
        assert "may be a part" not in told
        assert "not this party" not in told
        assert not told or "itself" in told


def test_others_are_no_parts(parts):
    assert set(parts) & set(NONE) == set()


def test_only_the_listings_of_the_day_are_met(tmp_path, run_cli):
    """The corps stood on OFAC's list from 2020-07-31, and on that of the order of 2020-11-30."""
    file = tmp_path / "vendors.csv"
    file.write_text("supplier,country\nXPCC 8th Division,CN\n", encoding="utf-8")
    done = run_cli("screen", file, "--as-of", "2020-08-15", "--format", "json")
    assert [m["list_id"] for m in json.loads(done.stdout) if m["kind"] == "part"] == ["ofac-xinjiang"]


def test_a_clearance_record_shows_parts_beside_the_listings(tmp_path, run_cli):
    file, page = tmp_path / "vendors.csv", tmp_path / "record.html"
    file.write_text("supplier,country\n农八师,CN\n", encoding="utf-8")
    done = run_cli("screen", file, "--as-of", "2026-11-26", "--record", page)
    assert "3 parts of listed parties" in done.stderr
    text = page.read_text(encoding="utf-8")
    assert "3 as a part of a listed party" in text
    assert "a part, certain" in text


# The lowest score of a match is between them unless another is asked for.
_SURE, _UNLIKE = 0.85, 0.5
CORPS = "Xinjiang Production and Construction Corps"


@pytest.mark.parametrize(
    "said",
    [
        # As systems cut it at 30, 35 and 40 letters; in Chinese without its last character; with another form behind.
        *(CORPS[:30], CORPS[:35], CORPS[:40], "新疆生产建设兵"),
        *("Xinjiang Production & Construction Co", "XINJIANG PRODUCTION CONSTRUCTION CO LTD"),
    ],
)
def test_the_corps_is_met_by_its_name_where_the_end_is_cut_off_or_another_form(said):
    assert similarity(said, CORPS, "company").score > _SURE


@pytest.mark.parametrize(
    "said",
    [
        *("Xinjiang Production and Building Materials Co", "Xinjiang Construction Co", "Xinjiang Productions Ltd"),
        *("新疆生产建设有限公司", "新疆建设兵器厂"),
    ],
)
def test_a_firm_with_fewer_of_its_words_does_not_meet_the_corps(said):
    assert similarity(said, CORPS, "company").score < _UNLIKE
