"""Readers of ownership data: what their publishers' texts say of a file is what its links are."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.ownership.contract import BODS_INTERESTS
from entrepot.ownership.formats.bods_history import Said, Told, history
from entrepot.ownership.formats.links_draft import LinkDraft
from entrepot.ownership.formats.uk_psc import _held
from entrepot.ownership.read_links import read_links
from entrepot.ownership.stake import PERCENT, WHOLE, Stake, read_stake, said

TODAY = date(2026, 11, 1)


def links_of(path, form=""):
    """Links of a file by names: (owner, owned) -> (interest, low, high)."""
    found = read_links(path, form, today=TODAY)
    names = {r["party_id"]: r["name"] for r in found.parties.to_pylist()}
    rows = found.links.to_pylist()
    return found, [(names[r["owner_id"]], names[r["owned_id"]], r) for r in rows]


def written(folder, name, text):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# --- a share as people write it


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("50", 50, 50),
        ("33,3 %", Decimal("33.3"), Decimal("33.3")),
        ("25-50", 25, 50),
        ("25 to 50 %", 25, 50),
        ("25 % – 50 %", 25, 50),
        ("at least 75", 75, 100),
        ("<= 20", 0, 20),
        ("", 0, 100),
        ("Unknown", 0, 100),
        ("75% or more", 75, 100),
        ("５１％", 51, 51),
        ("50 Prozent", 50, 50),
        ("mindestens 25 %", 25, 100),
        (">= 25% but <= 50%", 25, 50),
        ("at least 25% but not more than 50%", 25, 50),
    ],
)
def test_a_share_is_read(text, low, high):
    assert read_stake(text) == Stake(int(low * PERCENT), int(high * PERCENT))


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        (">50", 50 * PERCENT + 1, 50 * PERCENT),
        ("<25", 0, 25 * PERCENT),
        ("mehr als 50 %", 50 * PERCENT + 1, 50 * PERCENT),
        ("more than 25% but not more than 50%", 50 * PERCENT, 25 * PERCENT),
        ("> 25% but < 50%", 25 * PERCENT + 1, 50 * PERCENT),
    ],
)
def test_an_end_that_is_left_out_is_left_out(text, inside, outside):
    stake = read_stake(text)
    assert stake.low <= inside <= stake.high
    assert not stake.low <= outside <= stake.high


@pytest.mark.parametrize("text", ["101", "-5", "50-25", "half", "1e2", "nan", ">100", "<0", "> 50 but < 25"])
def test_what_is_no_share_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        read_stake(text)


@given(st.decimals(0, 100, places=10))
def test_ten_decimals_are_exact(number):
    stake = read_stake(f"{number:f}")
    assert stake.is_exact
    assert Decimal(stake.low) / PERCENT == number
    assert read_stake(said(stake)) == stake


# --- the UK's register: Companies Act 2006, schedule 1A, and the register's descriptions of its bands


@pytest.mark.parametrize(
    ("band", "inside", "outside"),
    [
        ("ownership-of-shares-25-to-50-percent", [26, 50], [25, 51]),
        ("ownership-of-shares-50-to-75-percent", [51, 74], [50, 75]),
        ("ownership-of-shares-75-to-100-percent", [75, 100], [74]),
        ("ownership-of-shares-25-to-50-percent-as-trust", [0, 50], [51]),
        ("ownership-of-shares-more-than-25-percent-registered-overseas-entity", [26, 100], [25]),
        ("right-to-share-surplus-assets-25-to-50-percent-limited-liability-partnership", [26, 50], [25, 51]),
    ],
)
def test_a_band_holds_what_the_act_says(tmp_path, band, inside, outside):
    record = {"company_number": "1234567", "data": {"kind": "individual-person-with-significant-control"}}
    record["data"] |= {"name": "Ms Gulmira Otarbay", "natures_of_control": [band]}
    _, ((_, owned, row),) = links_of(written(tmp_path, "psc.jsonl", json.dumps(record)))
    assert (owned, row["interest"]) == ("GB-COH:01234567", "shares")
    assert all(row["low_percent"] <= x <= row["high_percent"] for x in inside)
    assert not any(row["low_percent"] <= x <= row["high_percent"] for x in outside)


# Every nature of control of the register's own table (psc_descriptions.yml in companieshouse/api-enumerations, commit
# 08ef985, read 2026-11-27): stem, the bands it comes in, and in which bodies and ways.
WAYS = ("", "-as-trust", "-as-firm")
THREE = ("-25-to-50-percent", "-50-to-75-percent", "-75-to-100-percent")
OVERSEAS = ("", "-as-trust", "-as-firm", "-as-control-over-trust", "-as-control-over-firm")
LANDS = ("england-wales", "scotland", "northern-ireland")
LLP, OE = "-limited-liability-partnership", "-registered-overseas-entity"
SHARES = [
    *(f"ownership-of-shares{b}{w}" for b in THREE for w in WAYS),
    *(f"ownership-of-shares-more-than-25-percent{w}{OE}" for w in OVERSEAS),
    *(f"right-to-share-surplus-assets{b}{w}{LLP}" for b in THREE for w in WAYS),
    *(f"part-right-to-share-surplus-assets{b}{w}" for b in THREE for w in WAYS),
]
VOTES = [
    *(f"voting-rights{b}{w}{body}" for b in THREE for w in WAYS for body in ("", LLP)),
    *(f"voting-rights-more-than-25-percent{w}{OE}" for w in OVERSEAS),
]
CONTROL = [
    *(f"right-to-appoint-and-remove-directors{w}" for w in WAYS),
    *(f"right-to-appoint-and-remove-directors{w}{OE}" for w in OVERSEAS),
    *(f"right-to-appoint-and-remove-members{w}{LLP}" for w in WAYS),
    *(f"right-to-appoint-and-remove-person{w}" for w in WAYS),
    *(f"significant-influence-or-control{w}{body}" for w in WAYS for body in ("", LLP)),
    *(f"significant-influence-or-control{w}{OE}" for w in OVERSEAS),
]
NOMINEES = [f"registered-owner-as-nominee-{who}-{land}{OE}" for who in ("person", "another-entity") for land in LANDS]


def test_every_nature_of_control_of_the_registers_table_is_read():
    assert len({*SHARES, *VOTES, *CONTROL, *NOMINEES}) == 86
    for interest, natures in (("shares", SHARES), ("votes", VOTES), ("control", CONTROL)):
        for nature in natures:
            draft = LinkDraft("a file")
            ((kind, (stake, _)),) = _held(draft, [nature]).items()
            assert kind == interest, nature
            assert not draft.counts, nature
            if interest != "control":
                low, high = nature.split("percent")[0].rstrip("-").rsplit("-to-", 1) if "-to-" in nature else (25, 100)
                least, most = int(str(low).rsplit("-", 1)[-1]), int(high)
                assert stake.high in {most * PERCENT, most * PERCENT - 1}
                is_own = not any(w in nature for w in WAYS[1:] + OVERSEAS[3:])
                assert stake.low in ({least * PERCENT, least * PERCENT + 1} if is_own else {0}), nature
    for nature in NOMINEES:  # for whom land is held: no part of the entity
        draft = LinkDraft("a file")
        assert _held(draft, [nature]) == {}
        assert draft.counts.total() == 1


def test_the_register_keeps_no_birth_date_and_knows_a_person_again(tmp_path):
    data = {"kind": "individual-person-with-significant-control", "name": "Ms Gulmira Otarbay"}
    data |= {"date_of_birth": {"month": 2, "year": 1971}, "natures_of_control": ["significant-influence-or-control"]}
    lines = [json.dumps({"company_number": n, "data": data}) for n in ("01234567", "07654321")]
    found, links = links_of(written(tmp_path, "psc.jsonl", "\n".join(lines)))
    assert len({r["owner_id"] for _, _, r in links}) == 1
    assert {r["interest"] for _, _, r in links} == {"control"}
    assert "1971" not in str(found.parties.to_pylist())


def test_bands_held_together_are_no_error_of_the_register(tmp_path):
    """Two persons of one company may each hold 75 % or more, where they hold them jointly."""
    base = {"kind": "individual-person-with-significant-control"}
    band = {"natures_of_control": ["ownership-of-shares-75-to-100-percent"]}
    lines = [
        json.dumps({"company_number": "01234567", "data": base | band | {"name": n}}) for n in ("Ms A B", "Mr C D")
    ]
    found, links = links_of(written(tmp_path, "psc.jsonl", "\n".join(lines)))
    assert {(r["low_percent"], r["high_percent"]) for _, _, r in links} == {(0, 100)}
    assert any("held together" in n for n in found.row["notes"])


# --- GLEIF

HEAD = "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType," + ",".join(
    f"Relationship.{n}" for n in ("RelationshipStatus", "Period.1.startDate", "Period.1.endDate", "Period.1.periodType")
)
RECORDS = [
    ("A", "B", "IS_DIRECTLY_CONSOLIDATED_BY", "ACTIVE", "2019-01-01T00:00:00Z", "", "RELATIONSHIP_PERIOD"),
    ("C", "B", "IS_INTERNATIONAL_BRANCH_OF", "ACTIVE", "", "", ""),
    ("D", "B", "IS_FUND-MANAGED_BY", "ACTIVE", "", "", ""),
    ("E", "B", "IS_DIRECTLY_CONSOLIDATED_BY", "NULL", "", "", ""),
    (
        "F",
        "B",
        "IS_DIRECTLY_CONSOLIDATED_BY",
        "INACTIVE",
        "2010-01-01T00:00:00Z",
        "2020-01-01T00:00:00Z",
        "RELATIONSHIP_PERIOD",
    ),
]


def gleif_xml():
    records = "".join(
        f"<rr:RelationshipRecord><rr:Relationship><rr:StartNode><rr:NodeID>{a}</rr:NodeID></rr:StartNode><rr:EndNode>"
        f"<rr:NodeID>{b}</rr:NodeID></rr:EndNode><rr:RelationshipType>{kind}</rr:RelationshipType>"
        "<rr:RelationshipPeriods><rr:RelationshipPeriod>"
        f"<rr:StartDate>{start}</rr:StartDate><rr:EndDate>{end}</rr:EndDate><rr:PeriodType>{period}</rr:PeriodType>"
        f"</rr:RelationshipPeriod></rr:RelationshipPeriods><rr:RelationshipStatus>{status}</rr:RelationshipStatus>"
        "</rr:Relationship></rr:RelationshipRecord>"
        for a, b, kind, status, start, end, period in RECORDS
    )
    return (
        '<rr:RelationshipData xmlns:rr="http://www.gleif.org/data/schema/rr/2016"><rr:RelationshipRecords>'
        f"{records}</rr:RelationshipRecords></rr:RelationshipData>"
    )


def test_consolidation_says_no_share_and_a_branch_goes_whole(tmp_path):
    text = "\n".join([HEAD, *(",".join(r) for r in RECORDS)])
    _, links = links_of(written(tmp_path, "rr.csv", text))
    told = {owned: (r["interest"], r["low_percent"], r["high_percent"]) for _, owned, r in links}
    assert told == {
        "LEI:A": ("linked", 0, 100),
        "LEI:C": ("shares", 100, 100),
        "LEI:D": ("control", 0, 100),
        "LEI:F": ("linked", 0, 100),
    }
    assert next(r["valid_to"] for _, owned, r in links if owned == "LEI:F") == "2020-01-01"
    _, again = links_of(written(tmp_path, "rr.xml", gleif_xml()))
    keys = ("owner_id", "owned_id", "interest", "low_percent", "valid_from", "valid_to")
    assert [[r[k] for k in keys] for _, _, r in again] == [[r[k] for k in keys] for _, _, r in links]


# --- OFAC's Linked To


def test_linked_to_is_a_tie_of_no_known_size(tmp_path):
    row = '{},"{}",{},"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"{}"\r\n'
    text = row.format(101, "GULMIRA TRADING LLC", "-0- ", "Additional Information; Linked To: OTARBAY, Serik.")
    text += row.format(102, "OTARBAY, Serik", '"individual"', "(Linked To: TARIM GROUP (TG) - NORTH)") + "\x1a"
    _, links = links_of(written(tmp_path, "sdn.csv", text))
    assert [(a, r["owner_id"], r["owned_id"], r["interest"]) for a, _, r in links] == [
        ("OTARBAY, Serik", "ofac-sdn-102", "ofac-sdn-101", "linked"),
        ("TARIM GROUP (TG) - NORTH", "name:tarim group tg north", "ofac-sdn-102", "linked"),
    ]


@pytest.mark.shared
def test_every_linked_to_of_a_true_file_is_read(shared):
    """OFAC's sdn.csv of July 2021: as many links as the words stand in it, and nearly all name an entry of the file."""
    path = shared / "data" / "lists" / "ofac_official_2021-07" / "sdn.csv"
    found = read_links(path, today=TODAY)
    assert found.row["format"] == "ofac-linked-to"
    assert found.links.num_rows == path.read_bytes().count(b"Linked To:")
    known = [o for o in found.links.column("owner_id").to_pylist() if o.startswith("ofac-sdn-")]
    assert len(known) / found.links.num_rows > 0.99  # the others are spelt otherwise in their own entry


# --- BODS: the examples that the standard publishes

# interestType of the standard's schema, version 0.4 (schema/relationship-record.json, commit 2f03319, read 2026-11-27).
TYPES = """shareholding votingRights appointmentOfBoard otherInfluenceOrControl seniorManagingOfficial settlor trustee
protector beneficiaryOfLegalArrangement rightsToSurplusAssetsOnDissolution rightsToProfitOrIncome
rightsGrantedByContract conditionalRightsGrantedByContract controlViaCompanyRulesOrArticles controlByLegalFramework
boardMember boardChair
unknownInterest unpublishedInterest enjoymentAndUseOfAssets rightToProfitOrIncomeFromAssets nominee nominator"""


def test_every_type_of_interest_of_the_standard_is_known():
    assert {r["type"] for r in packaged_rows(BODS_INTERESTS)} == set(TYPES.split())


@pytest.mark.shared
def test_the_examples_of_the_standard(shared):
    folder = shared / "data" / "ownership" / "bods_0.4_examples"
    files = sorted(folder.glob("*.json"))
    assert len(files) == 19
    without = {"listed-company-exempt-from-disclosure.json", "plc-entity-statement.json"}  # no two parties in them
    for file in files:
        if file.name in without:
            with pytest.raises(BadInputError, match="no link between two parties"):
                read_links(file, today=TODAY)
        else:
            assert read_links(file, today=TODAY).row["format"] == "bods"


@pytest.mark.shared
def test_an_indirect_statement_is_not_added_to_its_components(shared):
    """Company B is owned by C and D alone, 50 % each; the person's 60 % through both is the same shares again."""
    folder = shared / "data" / "ownership" / "bods_0.4_examples"
    found, links = links_of(folder / "multiple-indirect-ownership.json")
    into_b = sorted((owner, r["low_percent"], r["high_percent"]) for owner, owned, r in links if owned == "Company B")
    assert into_b == [("Company C", 50, 50), ("Company D", 50, 50)]
    assert any(n.startswith("indirect interests repeat their component records") for n in found.row["notes"])
    unknown = {(owner, owned) for owner, owned, r in links if (r["low_percent"], r["high_percent"]) == (0, 100)}
    assert unknown == {("Person 1", "Company C"), ("Person 1", "Company D")}
    _, mixed = links_of(folder / "mixed-direct-and-indirect-ownership.json")
    assert {(a, r["low_percent"]) for a, b, r in mixed if b == "Company A"} == {("Company B", 50), ("Person 1", 50)}


@pytest.mark.shared
def test_a_record_has_a_history(shared):
    """Fermcat: 50 to 100 % at a statement that gives no day; Tecido: sold in steps, closed without a day."""
    folder = shared / "data" / "ownership" / "bods_0.4_examples"
    for name, owner, on in (
        (
            "fermcat.json",
            "Patrick O'Donohue",
            {"2020-01-01": (50, 50), "2021-12-01": (50, 100), "2022-02-01": (100, 100)},
        ),
        ("tecido.json", "Maria Esteves", {"2010-01-01": (100, 100), "2022-01-01": (40, 40), "2023-01-01": (0, 30)}),
    ):
        _, links = links_of(folder / name)
        shares = [r for a, _, r in links if a == owner and r["interest"] == "shares"]
        for day, ends in on.items():
            held = [r for r in shares if r["valid_from"] <= day and (r["valid_to"] is None or day < r["valid_to"])]
            assert [(r["low_percent"], r["high_percent"]) for r in held] == [ends], (name, day)


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(1, 28), st.booleans()), min_size=1, max_size=6))
def test_the_pieces_of_a_history_neither_overlap_nor_leave_gaps(steps):
    """Statements in the order of their days, each with a stake; some say when it began."""
    days = sorted({d for _, d, _ in steps})
    told = [
        Said(
            n,
            f"2024-01-{d:02}",
            {"shares": Told(Stake(s * 10 * PERCENT, WHOLE), "", f"2024-01-{d:02}" if dated else "", "")},
            is_closed=False,
        )
        for n, (d, (s, _, dated)) in enumerate(zip(days, steps, strict=False))
    ]
    links = history(LinkDraft("a file"), "a", "b", told)
    assert all(a.valid_to == b.valid_from for a, b in pairwise(links))
    assert links[-1].valid_to == ""
    assert links[-1].stake == told[-1].held["shares"].stake


@pytest.mark.parametrize(
    ("identity", "owner"),
    [
        ({"place_registered": "Registrar Of Companies", "legal_authority": "Companies Act 2006"}, "GB-COH:02000002"),
        ({"place_registered": "Cardiff"}, "GB-COH:02000002"),
        ({"legal_authority": "Laws Of England And Wales"}, "GB-COH:02000002"),
        ({"place_registered": "Registrar Of Companies", "legal_authority": "Companies Ordinance"}, "name:hold limited"),
        ({"country_registered": "Isle Of Man", "legal_authority": "Companies Act 2006"}, "name:hold limited"),
        ({"legal_authority": "Companies Act 2006", "registration_number": "012345V"}, "name:hold limited"),
    ],
)
def test_a_firm_that_names_no_country_is_known_by_the_law_that_it_names(tmp_path, identity, owner):
    """A chain ends where the firm in the middle is not known by its number: its own owners have it by that alone."""
    data = {"kind": "corporate-entity-person-with-significant-control", "name": "Hold Limited"}
    data |= {"natures_of_control": ["ownership-of-shares-75-to-100-percent"]}
    data["identification"] = {"registration_number": "2000002", **identity}
    path = tmp_path / "psc.jsonl"
    path.write_text(json.dumps({"company_number": "01000001", "data": data}), encoding="utf-8")
    found = read_links(path, today=date(2026, 11, 1))
    assert [r["owner_id"] for r in found.links.to_pylist()] == [owner]
    is_told = any("no country of their number" in n for n in found.row["notes"])
    assert is_told == (owner.startswith("name:") and "country_registered" not in identity)
