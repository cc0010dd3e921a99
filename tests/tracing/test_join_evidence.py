"""What speaks for two names as one beside the names, each against what it must not take for one."""

from __future__ import annotations

import pytest

from entrepot.names.reading.prepare import prepare
from entrepot.tracing.parties.join_evidence import (
    formerly,
    is_one_in_translation,
    more_of_place,
    one_address,
    spelt_apart,
)
from entrepot.tracing.parties.joins import joins, ones
from entrepot.tracing.parties.named_parties import mentions


def party(name, id_=None, **more):
    return {"id": id_ or f"name:{name.casefold()}", "name": name, "address": None, "country": None, "file_id": "f",
            "rows": 1, **more}  # fmt: skip


def states(told, deals=()):
    return {j.pair: j.state for j in joins(mentions(told, deals), {}, search=False)}


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("industries", "inds", set()),
        ("international", "intl", set()),
        ("metall", "metal", set()),
        ("button", "zipper", {"button", "zipper"}),
        ("spinning", "weaving", {"spinning", "weaving"}),
        ("cotton", "carton", {"cotton", "carton"}),
    ],
)
def test_words_cut_short_are_ways_of_writing_one(one, other, apart):
    assert spelt_apart([one], [other]) == apart


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("Nordimar Ltd (formerly Basrik Ltd)", ("Nordimar Ltd", "Basrik Ltd")),
        ("Nordimar GmbH (vormals: Basrik AG)", ("Nordimar GmbH", "Basrik AG")),
        ("融辉纺织有限公司（原名：金沙棉业有限公司）", ("融辉纺织有限公司", "金沙棉业有限公司")),
        ("Nordimar (India) Ltd", ("Nordimar (India) Ltd",)),
    ],
)
def test_a_former_name_is_read_from_its_brackets(name, names):
    assert formerly(name) == names


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("浙江星澜光伏科技有限公司", "Zhejiang Xinglan Photovoltaic Technology Co., Ltd.", True),
        ("浙江星澜光伏科技有限公司", "Zhejiang Xinglan Trading Co., Ltd.", False),
        ("浙江星澜光伏科技有限公司", "Jiangsu Xinglan Photovoltaic Technology Co., Ltd.", False),
        ("Zhejiang Xinglan Solar Ltd", "Zhejiang Xinglan Solar Technology Ltd", False),  # one script
    ],
)
def test_two_scripts_say_one_name(one, other, is_one):
    assert is_one_in_translation(*(prepare(n, "company") for n in (one, other))) is is_one


def test_an_address_written_otherwise_is_one_and_its_neighbour_another():
    told = one_address([
        "hauptstraße 17 58636 iserlohn", "hauptstr 17 iserlohn", "hauptstraße 71 58636 iserlohn",
        "plot 9 sidco coimbatore", "plot 9 sidco erode",
    ])  # fmt: skip
    assert told["hauptstraße 17 58636 iserlohn"] == told["hauptstr 17 iserlohn"]
    assert len(set(told.values())) == 4


def test_a_town_more_is_told_from_a_word_that_may_be_another_firm():
    base = prepare("Helvasun Modules GmbH", "company")
    assert more_of_place(base, prepare("Helvasun Modules GmbH Leipzig", "company"), "") == ({"leipzig"}, False)
    assert more_of_place(base, prepare("Helvasun Modules GmbH Leipzig", "company"), "ring 4 leipzig")[1]
    assert not more_of_place(base, prepare("Helvasun Modules Trading GmbH", "company"), "")[0]


def test_a_name_with_a_town_more_joins_only_where_both_deal_with_one_firm_and_no_third_has_it():
    told = [party("Yinglei Dyeing Co., Ltd."), party("Suzhou Yinglei Dyeing Co., Ltd.")]
    pair = tuple(sorted(p["id"] for p in told))
    assert states(told) == {pair: "proposed"}
    shop = party("Merimont")
    deals = [{"one": i, "other": shop["id"], "paper": "", "rows": 1} for i in pair]
    assert states([*told, shop], deals) == {pair: "joined"}
    third = party("Hangzhou Yinglei Dyeing Co., Ltd.")
    assert "joined" not in states([*told, shop, third], deals).values()


def test_a_name_in_letters_that_could_be_either_of_two_in_characters_joins_neither():
    told = [party("Huaxing Textile Co., Ltd."), party("华星纺织有限公司"), party("华兴纺织有限公司")]
    assert "joined" not in states(told).values()
    one = ones(joins(mentions(told[:2]), {}, search=False), mentions(told[:2]))
    assert len(set(one.values())) == 1


LINK, URN = "https://id.gs1.org/417/950600010000", "urn:epc:id:pgln:6901234.00000"


@pytest.mark.parametrize(
    ("one", "other", "is_proposed"),
    [
        (f"{LINK}1", f"{LINK}2", False),
        (f"{LINK}2", "https://id.gs1.org/414/9506000100002", True),  # a place under the firm's own number
        (URN, "urn:epc:id:pgln:6901999.00000", False),
    ],
)
def test_parties_of_events_are_alike_by_their_numbers_and_not_by_the_letters_of_an_address(one, other, is_proposed):
    found = joins(mentions([party(one, one), party(other, other)], ()), {}, search=True)
    assert bool(found) == is_proposed
