"""Events of EPCIS: as lots and links; what the standard does not allow is refused by reason; traps of real files."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.contract import table
from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.desk.desk import Desk
from entrepot.tracing.supply import kept_supply
from entrepot.tracing.supply.contract import SUPPLY_LOTS
from entrepot.tracing.supply.kept_supply import TABLES
from entrepot.tracing.supply.read_supply import read_supply

TODAY = date(2026, 11, 1)
TIME = {"eventTime": "2025-03-01T10:00:00.123+02:00", "eventTimeZoneOffset": "+02:00"}
LOT = "urn:epc:class:lgtin:4012345.011111.4444"
OBJECT = {"type": "ObjectEvent", **TIME, "action": "OBSERVE", "epcList": ["urn:epc:id:sgtin:4012345.011122.25"]}
MADE = {
    "type": "TransformationEvent",
    **TIME,
    "inputQuantityList": [{"epcClass": LOT, "quantity": 10, "uom": "KGM"}, {"epcClass": LOT, "quantity": 30}],
    "outputEPCList": ["urn:epc:id:sgtin:4012345.077889.25"],
}
ENDS = {
    "sourceList": [{"type": "owning_party", "source": "urn:epc:id:pgln:4012345.00225"}],
    "destinationList": [{"type": "owning_party", "destination": "urn:epc:id:pgln:0614141.00777"}],
}


def document(*events, **more):
    return json.dumps(
        {
            "@context": ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld"],
            "type": "EPCISDocument",
            "schemaVersion": "2.0",
            "creationDate": "2025-03-02T00:00:00Z",
            "epcisBody": {"eventList": list(events)},
            **more,
        }
    )


def read(folder, text, name="events.json"):
    file = folder / name
    file.write_text(text, encoding="utf-8")
    found = read_supply(file, kind="epcis", today=TODAY)
    assert found.row["read"] == found.row["taken"] + found.row["refused"]
    for contract in TABLES:
        table(contract, found.tables.get(contract.name, []))
    return found


def lots(found):
    return found.tables.get(SUPPLY_LOTS.name, [])


def test_what_has_no_unit_counts_pieces_beside_what_has_one(tmp_path):
    used = [r for r in lots(read(tmp_path, document(MADE))) if r["act"] == "used"]
    assert [(r["quantity"], r["unit"]) for r in used] == [(10, "KGM"), (30, "EA")]
    assert {r["material"] for r in used} == {"gtin:04012345111118"}  # indicator 0, item 11111, check digit 8
    assert {r["lot"] for r in used} == {LOT}


def test_events_of_one_transformation_are_one_step(tmp_path):
    step = {"transformationID": "urn:epc:id:gdti:0614141.12345.400"}
    inputs = {k: v for k, v in MADE.items() if k != "outputEPCList"} | step
    outputs = {k: v for k, v in MADE.items() if k != "inputQuantityList"} | step
    found = lots(read(tmp_path, document(inputs, outputs)))
    assert {r["step"] for r in found} == {step["transformationID"]}
    assert Counter(r["act"] for r in found) == {"used": 2, "made": 1}


@pytest.mark.parametrize("event_id", [{}, {"eventID": "urn:uuid:404d95fc-9457-4a51-bd6a-0bba133845a8"}])
def test_an_error_declaration_withdraws_the_event_in_any_file(tmp_path, event_id):
    store = tmp_path / "store"
    desk = Desk(store)
    event = {**OBJECT, **ENDS, **event_id}
    first, second = tmp_path / "first.json", tmp_path / "second.json"
    first.write_text(document(event, MADE))
    declared = {**event, "errorDeclaration": {"declarationTime": "2025-04-01T00:00:00Z"}}
    second.write_text(document({**declared, "recordTime": "2025-04-01T00:00:00Z"}))
    desk.load_supply(first, form="epcis")
    assert len(kept_supply.links(store)) == 1
    answer = desk.load_supply(second, form="epcis")
    assert any("withdrawn by an error declaration" in n for n in answer.notes)
    assert kept_supply.links(store) == []
    assert {r["act"] for r in kept_supply.held(store, SUPPLY_LOTS)} == {"used", "made"}


def test_what_is_handed_over_is_a_link_once(tmp_path):
    names = {
        "epcisHeader": {
            "epcisMasterData": {
                "vocabularyList": [
                    {
                        "type": "urn:epcglobal:epcis:vtype:Party",
                        "vocabularyElementList": [
                            {
                                "id": "urn:epc:id:pgln:4012345.00225",
                                "attributes": [{"id": "urn:epcglobal:cbv:mda#name", "attribute": "Example Gin"}],
                            }
                        ],
                    }
                ]
            }
        }
    }
    shipped = {**OBJECT, **ENDS, "bizStep": "shipping"}
    received = {**OBJECT, **ENDS, "bizStep": "receiving", "eventTime": "2025-03-05T10:00:00Z"}
    found = read(tmp_path, document(shipped, received, **names))
    (link,) = found.links
    assert (link["supplier"], link["buyer"]) == ("Example Gin", "urn:epc:id:pgln:0614141.00777")
    assert (link["quantity"], link["unit"], link["date"]) == (1, "EA", "2025-03-01")
    assert any("counted once: 1" in n for n in found.row["notes"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"action": "CREATE"}, "action is 'CREATE'"),
        ({"action": None}, "action is missing"),
        ({"type": "example:Event"}, "type is 'example:Event'"),
        ({"eventTime": "01-03-2025"}, "eventTime is '01-03-2025'"),
        ({"eventTime": "2025-02-30T10:00:00Z"}, "eventTime is"),
        ({"eventTime": "2031-02-01T10:00:00Z"}, "after today"),
        ({"eventTimeZoneOffset": "2"}, "eventTimeZoneOffset is '2'"),
        ({"epcList": []}, "has none of epcList"),
        ({"epcList": "urn:epc:id:sgtin:4012345.011122.25"}, "epcList is"),
        ({"epcList": ["a lot"]}, "epcList holds 'a lot'"),
        ({"bizStep": "transforming"}, "bizStep is 'transforming'"),
        ({"disposition": "in_transport"}, "disposition is 'in_transport'"),
        ({"quantityList": [{"epcClass": LOT, "quantity": "twenty"}]}, "quantity in quantityList is 'twenty'"),
        ({"quantityList": [{"epcClass": LOT, "quantity": -1}]}, "quantity in quantityList is -1"),
        ({"quantityList": [{"epcClass": LOT, "quantity": float("nan")}]}, "quantity in quantityList is nan"),
        ({"quantityList": [{"epcClass": LOT, "quantity": 10**400}]}, "quantity in quantityList is 1000"),
        ({"quantityList": [{"epcClass": LOT, "weight": 5}]}, "unknown part 'weight'"),
        ({"quantityList": [{"epcClass": LOT, "quantity": 5, "uom": "kilo"}]}, "uom in quantityList is 'kilo'"),
        ({"ilmd": {"materialType": "soil"}}, "without a prefix"),
        ({"certificationInfo": [{"gs1:agency": "x"}]}, "certificationInfo holds"),
        ({"sourceList": [{"type": "place", "source": "urn:epc:id:sgln:952012.345678.0"}]}, "type in sourceList"),
    ],
)
def test_an_event_that_cannot_be_is_refused_and_the_rest_taken(tmp_path, change, words):
    wrong = {k: v for k, v in {**OBJECT, **change}.items() if v is not None}
    found = read(tmp_path, document(OBJECT, wrong))
    assert (found.row["taken"], found.row["refused"]) == (1, 1)
    assert found.refused[0]["row"] == 2
    assert words in found.refused[0]["problem"]
    assert found.refused[0]["remedy"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json.dumps({**json.loads(document(OBJECT)), "@context": None}), "no @context"),
        (document(OBJECT, type="Document"), "type is 'Document'"),
        (document(OBJECT, schemaVersion="1.0"), "schemaVersion is '1.0'"),
        (document(), "has no events"),
        ("[1]", "no document of EPCIS"),
        ("{", "not JSON"),
        ('<!DOCTYPE d [<!ENTITY a "b">]><EPCISDocument schemaVersion="1.2"/>', "document type"),
        ('<EPCISDocument schemaVersion="1.2"><EPCISBody/></EPCISDocument>', "has no events"),
        ("<EPCISDocument", "not well-formed"),
    ],
)
def test_a_file_that_is_no_document_is_refused_whole(tmp_path, text, words):
    with pytest.raises(UnreadableFileError, match=words):
        read(tmp_path, text)


def test_columns_are_no_option_of_events(tmp_path):
    (tmp_path / "e.json").write_text(document(OBJECT))
    with pytest.raises(UnknownNameError, match="Leave --column out"):
        read_supply(tmp_path / "e.json", {"lot": "epc"}, kind="epcis", today=TODAY)


XML = """<?xml version="1.0" encoding="UTF-8"?>
<epcis:EPCISDocument xmlns:epcis="urn:epcglobal:epcis:xsd:1" schemaVersion="1.2" creationDate="2025-03-02T00:00:00Z">
<EPCISBody><EventList><extension><TransformationEvent>
<eventTime>2025-03-01T10:00:00.123+02:00</eventTime><eventTimeZoneOffset>+02:00</eventTimeZoneOffset>
<inputQuantityList><quantityElement><epcClass>{lot}</epcClass><quantity>10</quantity><uom>KGM</uom></quantityElement>
<quantityElement><epcClass>{lot}</epcClass><quantity>30</quantity></quantityElement>
<quantityElement><epcClass>{lot}</epcClass><quantity xsi:nil="true" xmlns:xsi="x"/></quantityElement>
</inputQuantityList>
<outputEPCList><epc>urn:epc:id:sgtin:4012345.077889.25</epc></outputEPCList>
<bizStep>urn:epcglobal:cbv:bizstep:{step}</bizStep>
</TransformationEvent></extension></EventList></EPCISBody></epcis:EPCISDocument>"""


def test_xml_says_what_json_says(tmp_path):
    xml = read(tmp_path, XML.format(lot=LOT, step="commissioning"), "events.xml")
    told = read(tmp_path, document({**MADE, "inputQuantityList": [*MADE["inputQuantityList"], {"epcClass": LOT}]}))
    columns = ("act", "lot", "material", "quantity", "unit", "date")
    assert [[r[c] for c in columns] for r in lots(xml)] == [[r[c] for c in columns] for r in lots(told)]
    with pytest.raises(UnreadableFileError, match="bizStep is 'melting'"):
        read(tmp_path, XML.format(lot=LOT, step="melting"), "events.xml")


@pytest.mark.shared
def test_every_real_file_loads_or_is_refused_with_its_reason(shared):
    """The standard's own examples: what stands under Invalid is refused, all else is taken whole."""
    taken, refused = {}, {}
    for file in sorted((shared / "data/epcis").rglob("*.*")):
        if file.is_file():
            try:
                found = read_supply(file, kind="epcis", today=TODAY)
                taken[f"{file.parent.name}/{file.name}"] = found.row["refused"]
            except UnreadableFileError as exc:
                refused[f"{file.parent.name}/{file.name}"] = str(exc)
    assert len(taken) + len(refused) == 77
    assert {n for n in refused if not n.startswith("Invalid/")} == set()
    partly = {n for n, count in taken.items() if count}
    assert partly == {"Invalid/ObjectEvent_with_non_standard_bizStep_in_second_event.json"}
    assert len(refused) + len(partly) == 15


ANY = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8) | st.just(LOT),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*MADE, *ENDS, "id", "uom"]), inner),
    max_leaves=6,
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([OBJECT, MADE, {**OBJECT, **ENDS}]), st.sampled_from([*MADE, *ENDS, *OBJECT, "bizStep"]), ANY)
def test_whatever_a_part_holds_an_event_is_taken_or_refused(tmp_path_factory, event, part, value):
    try:
        text = document({**event, part: value}, OBJECT)
        found = read(tmp_path_factory.mktemp("any"), text)
    except UnicodeEncodeError:
        return
    assert found.row["read"] == 2
