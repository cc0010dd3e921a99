"""One firm under several names and numbers: what is joined, what is only proposed, and how a person undoes it."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.desk.desk import Desk
from entrepot.tracing.parties.joins import joins, ones, rows
from entrepot.tracing.parties.named_parties import mentions

LINKS = """supplier,buyer,material,product,supplier_country,quantity,unit,document,value,currency
Zarbdor Tekstil MChJ,Belirin Weaving Ltd,yarn,poplin,Uzbekistan,10,t,INV-1,100,USD
Belirin Weaving Limited,Shop GmbH,poplin,shirt,India,10,t,INV-2,200,USD
"""
PAID = """payer,payee,value,currency,invoice,document
BELIRIN WEAVING LTD.,ООО «Зарбдор Текстиль»,100,USD,INV-1,PAY-1
Shop GmbH,Belorin Weaving Ltd,200,USD,INV-2,PAY-2
"""


def party(name, *, number="", country="", address="", file="f"):
    return {"id": number or f"name:{name.casefold()}", "name": name, "address": address or None,
            "country": country or None, "file_id": file, "rows": 1}  # fmt: skip


def states(*told, search=False):
    return {(j.pair, j.state, j.way) for j in joins(mentions(told), {}, search=search)}


@pytest.mark.parametrize(
    ("one", "other", "state"),
    [
        (party("Belirin Weaving Ltd."), party("BELIRIN WEAVING LIMITED"), "joined"),
        (party("Belirin Weaving Ltd."), party("Belirin Weaving"), "joined"),
        (party("Zarbdor Tekstil MChJ"), party("ООО «Зарбдор Текстиль»"), "joined"),
        (party("Belirin Weaving", number="V-12"), party("Belirin Weaving"), "joined"),
        (party("Belirin Weaving", number="V-12"), party("Belirin Weaving", number="V-13"), "proposed"),
        (party("Belirin Weaving", number="V-12"), party("Belirin Weaving", number="K-9", file="g"), "joined"),
        (party("Merimont Foods GmbH"), party("Merimont Foods GmbH & Co. KG"), "proposed"),
        (party("Belirin Weaving", country="India"), party("Belirin Weaving Ltd", country="Vietnam"), "proposed"),
        (party("Belirin Weaving", country="India"), party("Belirin Weaving Ltd", country="IN"), "joined"),
        (party("Belirin Weaving", address="1 Mill Rd"), party("Belorin Weaving", address="1, Mill Rd."), "joined"),
        (party("Belirin Weaving", address="1 Mill Rd"), party("Fenoden Dyeing", address="1 Mill Rd"), None),
        (party("Lomirin Buttons S.p.A."), party("Lomirin Zippers S.p.A."), "proposed"),
        (party("Glory Industrial Co."), party("Glory Industrial Co., Ltd."), "joined"),
        (party("Ulfoden Garments Unit 1"), party("Ulfoden Garments Unit 2"), None),
        (party("Belirin Weaving"), party("Fenoden Weaving"), None),
        (party("华星纺织有限公司"), party("华兴纺织有限公司"), "proposed"),  # both are read Huaxing
        (party("華星紡織有限公司"), party("华星纺织有限公司"), "joined"),
        (party("Huaxing Textile Co., Ltd"), party("华星纺织有限公司"), "joined"),
        (party("Merimont & Sons GmbH"), party("Merimont und Sons GmbH"), "joined"),
        (party("M/S Belirin Weaving Ltd"), party("Belirin Weaving Ltd"), "joined"),
        (party("Belirin Weaving Sdn Bhd (123456-X)"), party("Belirin Weaving Sdn. Bhd."), "joined"),
        (party("Belirin Weaving Ltd c/o Example Forwarding Co"), party("BELIRIN WEAVING LTD."), "joined"),
        (party("Belirin Weaving Ltd, care of Example Forwarding"), party("Belirin Weaving Limited"), "joined"),
        (party("Belirin Weaving GmbH (c/o Fenoden GmbH)"), party("Belirin Weaving GmbH"), "joined"),
        (party("Belirin Weaving Ltd c/o Fenoden Dyeing Ltd"), party("Fenoden Dyeing Ltd"), None),
        (party("Belirin Weaving (2) Ltd"), party("Belirin Weaving (3) Ltd"), None),
        (party("Ostrava Yarn a.s.", address="1 Mill"), party("Ostrava Yarn s.r.o.", address="1 Mill"), "proposed"),
    ],
)
def test_what_joins_and_what_does_not(one, other, state):
    found = states(one, other)
    assert {s for _, s, _ in found} == ({state} if state else set())


def test_names_that_are_alike_and_no_more_are_proposed():
    one, other = party("Belirin Spinning Mills Ltd"), party("Belorin Spinning Mills Ltd")
    assert states(one, other) == set()
    assert {(s, w) for _, s, w in states(one, other, search=True)} == {("proposed", "alike")}


def test_a_name_without_a_form_joins_neither_of_two_firms():
    told = [party("Merimont Foods"), party("Merimont Foods GmbH"), party("Merimont Foods AG")]
    assert {s for _, s, _ in states(*told)} == {"proposed"}


def test_a_name_in_letters_joins_neither_of_two_firms_of_one_sound():
    told = [party("华星纺织有限公司"), party("华兴纺织有限公司"), party("Huaxing Textile Co., Ltd")]
    assert {s for _, s, _ in states(*told)} == {"proposed"}


def test_a_name_at_an_address_joins_neither_of_two_firms_that_one_file_tells_apart():
    told = [
        party("Belirin Yarn Mill Ltd", number="1", address="1 Mill Rd"),
        party("Belirin Yarn Mills Ltd", number="2", address="1 Mill Rd"),
        party("Belirin Yarn Mil Ltd", address="1 Mill Rd", file="g"),
    ]
    parties = mentions(told)
    assert ones(joins(parties, {}, search=False), parties) == {}


def test_a_split_holds_apart_whatever_leads_from_one_to_the_other():
    parties = mentions([party("Belirin Weaving"), party("Belirin Weaving Ltd"), party("BELIRIN WEAVING LIMITED")])
    whole = joins(parties, {}, search=False)
    assert len(set(ones(whole, parties).values())) == 1
    split = next(j for j in whole if j.pair == ("name:belirin weaving limited", "name:belirin weaving ltd"))
    stands = ones(joins(parties, {split.join_id: False}, search=False), parties)
    assert stands.get(split.pair[0], split.pair[0]) != stands.get(split.pair[1], split.pair[1])


def deal(one, other, paper="", rows=1):
    return {"one": one, "other": other, "paper": paper, "rows": rows}


SISTERS = [
    party("Belirin Yarn Mill", address="1 Mill Rd", country="India"),
    party("Belirin Yarn Mills", address="1 Mill Rd", country="India"),
]


@pytest.mark.parametrize(
    "told",
    [[party("Belirin Weaving Ltd"), party("BELIRIN WEAVING")], SISTERS],
    ids=["one name", "one address"],
)
def test_a_supply_between_two_parties_tells_them_apart(told):
    ids = sorted(p["id"] for p in told)
    assert [j.state for j in joins(mentions(told), {}, search=False)] == ["joined"]
    parties = mentions(told, [deal(*ids, "INV-7", 3)])
    (found,) = joins(parties, {}, search=False)
    assert found.state == "proposed"
    assert any("3 rows, such as INV-7" in r for r in found.reasons)
    assert ones([found], parties) == {}
    # A person who says that they are one is followed.
    decided = joins(parties, {found.join_id: True}, search=False)
    assert set(ones(decided, parties)) == set(ids)


def test_what_joins_with_both_of_two_that_deal_joins_neither_into_the_other():
    told = [
        party("Belirin Weaving Ltd"),
        party("BELIRIN WEAVING", address="1 Mill Rd"),
        party("Belirin Waeving Ltd", address="1 Mill Rd"),
    ]
    parties = mentions(told, [deal("name:belirin weaving ltd", "name:belirin waeving ltd")])
    stands = ones(joins(parties, {}, search=False), parties)
    assert stands.get("name:belirin weaving ltd", 1) != stands.get("name:belirin waeving ltd", 2)


@pytest.mark.parametrize(
    "number", ["Stock transfer 4711", "UMLAGERUNG-12", "накладная на перемещение 8", "调拨单20240131"]
)
def test_a_transfer_within_a_firm_tells_nobody_apart(tmp_path, number):
    desk = Desk(tmp_path / "store")
    for document, state in ((number, "joined"), ("INV-1", "proposed")):
        text = (
            f"supplier,buyer,material,quantity,unit,document\nBelirin Weaving Ltd,BELIRIN WEAVING,yarn,1,t,{document}\n"
        )
        (tmp_path / "l.csv").write_text(text, encoding="utf-8")
        held = desk.load_supply(tmp_path / "l.csv").to_pylist()
        assert [r["state"] for r in desk.supply_parties().to_pylist()] == [state]
        desk.remove_supply(held[0]["file_id"])


def test_a_pair_that_a_split_holds_apart_is_not_said_to_be_joined():
    parties = mentions([party("Belirin Weaving"), party("Belirin Weaving Ltd"), party("BELIRIN WEAVING LIMITED")])
    split = joins(parties, {}, search=False)[0]
    made = rows(joins(parties, {split.join_id: False}, search=False), parties)
    assert {r["state"] for r in made} == {"split", "joined", "proposed"}
    assert [bool(r["one_id"]) for r in made] == [r["state"] == "joined" for r in made]
    (apart,) = [r for r in made if r["state"] == "proposed"]
    assert any("holds apart" in r for r in apart["reasons"])


@pytest.fixture
def desk(tmp_path):
    held = Desk(tmp_path / "store")
    for name, text, form in (("l.csv", LINKS, "links"), ("p.csv", PAID, "payments")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        held.load_supply(tmp_path / name, form=form)
    return held


def kinds(desk):
    return [r["kind"] for r in desk.supply_balance().to_pylist()]


def test_a_decision_is_followed_by_every_answer_and_taken_back(desk):
    # Paid under another spelling is paid; Belorin is another firm until a person joins it.
    assert kinds(desk) == ["paid_to_another"]
    (link,) = [r for r in desk.supply_links("shirt").to_pylist() if r["tier"] == 2]
    assert link["supplier"] == "Zarbdor Tekstil MChJ"
    rows = {r["join_id"]: r for r in desk.supply_parties().to_pylist()}
    alike = next(r for r in rows.values() if r["state"] == "proposed" and "Belorin" in r["party"] + r["other"])
    desk.supply_parties(join=[alike["join_id"]], by="A. Clerk", why="the bank misspells it")
    assert kinds(desk) == []
    (cyrillic,) = [r for r in rows.values() if "Зарбдор" in r["party"] + r["other"]]
    desk.supply_parties(split=[cyrillic["join_id"]], by="A. Clerk", why="two firms")
    assert kinds(desk) == ["paid_to_another"]
    decided = [r for r in desk.ledger_decisions().to_pylist() if r["kind"] == "decided"]
    assert [(r["verdict"], r["why"]) for r in decided] == [("true", "the bank misspells it"), ("false", "two firms")]
    desk.supply_parties(undo=[cyrillic["join_id"], alike["join_id"]], by="A. Clerk", why="asked again")
    assert kinds(desk) == ["paid_to_another"]
    assert {r["state"] for r in desk.supply_parties().to_pylist()} == {"joined", "proposed"}


def test_a_file_that_goes_takes_its_joins_along(desk):
    for row in desk.supply_files().to_pylist():
        desk.remove_supply(row["file_id"])
    with pytest.raises(BadInputError, match="no files of supply"):
        desk.supply_parties()


def test_a_decision_needs_a_person_and_a_reason(desk):
    found = desk.supply_parties().to_pylist()[0]["join_id"]
    with pytest.raises(BadInputError, match="who decides"):
        desk.supply_parties(split=[found])
    with pytest.raises(UnknownNameError):
        desk.supply_parties(split=["join-000000000000"], by="A", why="b")
    with pytest.raises(BadInputError, match="decided twice"):
        desk.supply_parties(split=[found], join=[found], by="A", why="b")


def test_one_name_in_two_countries_is_said_to_be_one_party(tmp_path):
    told = "".join(f"Sunrise Mills,Shop GmbH,yarn,{where}\n" for where in ("India", "Vietnam"))
    text = f"supplier,buyer,material,supplier_country\n{told}"
    (tmp_path / "l.csv").write_text(text, encoding="utf-8")
    desk = Desk(tmp_path / "store")
    desk.load_supply(tmp_path / "l.csv")
    assert any("1 name is in several countries" in n and "Sunrise Mills" in n for n in desk.supply_parties().notes)


def test_too_many_parties_are_told_and_what_a_person_joined_stays(tmp_path, monkeypatch):
    """Joins that were there went without a word when a large file brought the parties over the bound."""
    monkeypatch.setattr("entrepot.tracing.parties.kept_joins.MOST_NAMES", 5)
    monkeypatch.setattr("entrepot.desk.supply_parties.MOST_NAMES", 5)
    desk = Desk(tmp_path / "store")
    head = "supplier,buyer,material,product"
    (tmp_path / "few.csv").write_text(f"{head}\nMine,Hold Ltd,ore,bar\nOther Hold,Shop,bar,ring\n", encoding="utf-8")
    desk.load_supply(tmp_path / "few.csv")
    desk.supply_parties(join=["name:hold ltd=name:other hold"], by="N. N.", why="one firm")
    rows = "".join(f"Firm {n}A,Firm {n}B,x,y\n" for n in "PQRS")
    (tmp_path / "many.csv").write_text(f"{head}\n{rows}", encoding="utf-8")
    answer = desk.load_supply(tmp_path / "many.csv")
    assert any(n.startswith("No parties are joined but those that a person joined") for n in answer.notes)
    ids = {r["buyer"]: r["buyer_id"] for r in desk.supply_links().table.to_pylist()}
    suppliers = {r["supplier"]: r["supplier_id"] for r in desk.supply_links().table.to_pylist()}
    assert ids["Hold Ltd"] == suppliers["Other Hold"]
    assert any(n.startswith("No parties are joined but") for n in desk.trace(everything=True).notes)
