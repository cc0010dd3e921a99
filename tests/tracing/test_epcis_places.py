"""Where parties of EPCIS are: each part of an address in the master data, and the places of events."""

from __future__ import annotations

import json
from datetime import date

import pytest

from entrepot.desk.desk import Desk
from entrepot.tracing.supply.read_supply import read_supply

TODAY = date(2026, 11, 1)
MILL, WEAVER = "urn:epc:id:pgln:6901234.00000", "urn:epc:id:pgln:8931234.00000"
PLACE, OTHER = "urn:epc:id:sgln:6901234.00777.0", "urn:epc:id:sgln:6901234.00888.0"
LOT = "urn:epc:class:lgtin:6901234.012345.YARN1"
STREET = {"name": "Brightwell Fibre", "streetAddressOne": "1 Wuka Rd", "countryCode": "CN"}


def element(identifier, said, prefix="urn:epcglobal:cbv:mda#"):
    attributes = [{"id": prefix + name, "attribute": value} for name, value in said.items()]
    return {"id": identifier, "attributes": attributes}


def event(kind="ObjectEvent", step="shipping", day="2025-01-10", place="", ends=(MILL, WEAVER), **more):
    made = {"type": kind, "eventTime": f"{day}T08:00:00Z", "eventTimeZoneOffset": "+08:00", "bizStep": step, **more}
    if kind == "ObjectEvent":
        made |= {"action": "OBSERVE", "quantityList": [{"epcClass": LOT, "quantity": 5000, "uom": "KGM"}]}
    if ends:
        made["sourceList"] = [{"type": "owning_party", "source": ends[0]}]
        made["destinationList"] = [{"type": "owning_party", "destination": ends[1]}]
    return made | ({"readPoint": {"id": place}} if place else {})


def read(folder, elements, *events):
    file = folder / "events.json"
    vocabulary = {"type": "urn:epcglobal:epcis:vtype:Party", "vocabularyElementList": elements}
    file.write_text(
        json.dumps(
            {
                "@context": ["https://ref.gs1.org/standards/epcis/epcis-context.jsonld"],
                "type": "EPCISDocument",
                "schemaVersion": "2.0",
                "epcisHeader": {"epcisMasterData": {"vocabularyList": [vocabulary]}},
                "epcisBody": {"eventList": list(events)},
            }
        ),
        encoding="utf-8",
    )
    return read_supply(file, kind="epcis", today=TODAY)


def placed(found):
    return [(r["supplier_address"], r["supplier_country"]) for r in found.links]


@pytest.mark.parametrize("prefix", ["urn:epcglobal:cbv:mda#", "cbv:mda#", "cbvmda:", "https://ref.gs1.org/cbv/"])
@pytest.mark.parametrize(
    ("said", "address"),
    [
        ({"city": "Aksu", "state": "Xinjiang", "postalCode": "843000"}, "1 Wuka Rd, Aksu, Xinjiang, 843000"),
        ({"streetAddressTwo": "Gate 4", "streetAddressThree": "Aksu"}, "1 Wuka Rd, Gate 4, Aksu"),
        ({"state": "Xinjiang"}, "1 Wuka Rd, Xinjiang"),
        ({"streetAddressOne": "", "city": "Shihezi, Xinjiang"}, "Shihezi, Xinjiang"),
        ({"postOfficeBox": "PO Box 12", "county": "Awat"}, "1 Wuka Rd, PO Box 12, Awat"),
        # What a part says already is said once; a part of a word is no word.
        ({"streetAddressOne": "1 Wuka Rd, Aksu, Xinjiang", "city": "Aksu"}, "1 Wuka Rd, Aksu, Xinjiang"),
        ({"streetAddressOne": "1 Aksur Rd", "city": "Aksu"}, "1 Aksur Rd, Aksu"),
        ({"city": "", "state": " "}, "1 Wuka Rd"),
    ],
)
def test_every_part_of_an_address_is_read(tmp_path, said, address, prefix):
    found = read(tmp_path, [element(MILL, STREET | said, prefix)], event())
    assert placed(found) == [(address, "CN")]
    assert found.row["notes"] == []


def test_a_town_alone_places_the_maker_in_the_region(tmp_path):
    read(tmp_path, [element(MILL, {**STREET, "city": "Aksu", "state": "Xinjiang"})], event())
    desk = Desk(tmp_path / "store")
    desk.load_supply(tmp_path / "events.json", form="epcis")
    (row,) = desk.trace(everything=True).table.to_pylist()
    assert (row["touches"], row["likely_percent"]) == ("yes", 100)


def test_where_a_lot_was_made_and_sent_is_its_first_suppliers(tmp_path):
    yarn = [{"epcClass": LOT, "quantity": 5000, "uom": "KGM"}]
    cotton = ["urn:epc:id:sgtin:6901234.011122.25"]
    made = {"inputEPCList": cotton, "outputQuantityList": yarn}
    spun = event("TransformationEvent", "commissioning", "2025-01-02", OTHER, (), **made)
    places = [element(PLACE, {"city": "Aksu"}), element(OTHER, {"city": "Kashgar", "countryCode": "CN"})]
    found = read(tmp_path, [element(MILL, STREET), *places], event(place=PLACE), spun)
    assert placed(found) == [("1 Wuka Rd; Kashgar; Aksu", "CN")]


@pytest.mark.parametrize("step", ["receiving", "accepting", "arriving"])
def test_what_is_told_at_receipt_happens_at_the_buyers(tmp_path, step):
    found = read(tmp_path, [element(MILL, STREET), element(PLACE, {"city": "Hue"})], event(step=step, place=PLACE))
    assert placed(found) == [("1 Wuka Rd", "CN")]
    assert any("not used: 1" in n for n in found.row["notes"])


def test_what_happens_after_the_first_supply_is_no_place_of_the_first_supplier(tmp_path):
    later = event(day="2025-02-01", place=PLACE, ends=(WEAVER, "urn:epc:id:pgln:4012345.00000"))
    found = read(tmp_path, [element(MILL, STREET), element(PLACE, {"city": "Hue"})], event(), later)
    assert placed(found)[0] == ("1 Wuka Rd", "CN")


@pytest.mark.parametrize(
    ("party", "place"),
    [
        (MILL, "urn:epc:id:sgln:6901234.00000.12"),
        ("https://id.gs1.org/417/6901234000006", "https://id.gs1.org/414/6901234000006"),
    ],
)
def test_a_place_under_the_number_of_a_party_is_its_own(tmp_path, party, place):
    found = read(tmp_path, [element(place, {"city": "Aksu", "countryCode": "CN"})], event(ends=(party, WEAVER)))
    assert placed(found) == [("Aksu", "CN")]


def test_a_place_abroad_names_its_country(tmp_path):
    home = {"name": "Brightwell", "city": "Bonn", "countryCode": "DE"}
    abroad = element(PLACE, {"city": "Aksu", "countryCode": "CN"})
    found = read(tmp_path, [element(MILL, home), abroad], event(place=PLACE))
    assert placed(found) == [("Bonn; Aksu, CN", "DE")]


def test_what_is_not_read_of_the_master_data_is_counted(tmp_path):
    said = {**STREET, "latitude": 41.17, "longitude": "80.26", "city": {"en": "Aksu"}, "telephone": ""}
    found = read(tmp_path, [element(MILL, said), element(WEAVER, {"city": "Hue"})], event())
    assert sorted(found.row["notes"]) == [
        "addresses of the master data that are of no supplier and no place of one, not used: 1",
        "city of the master data is not read: 1",
        "latitude of the master data is not read: 1",
        "longitude of the master data is not read: 1",
    ]


@pytest.mark.parametrize("field", ["readPoint", "bizLocation"])
def test_places_told_by_coordinates_alone_are_counted_with_one_of_them(field, tmp_path):
    """41.1675 N, 80.2634 E lies in Aksu: no address says so, and a mill there is not to pass in silence."""
    at = {field: {"id": "geo:41.1675,80.2634"}}
    found = read(tmp_path, [element(MILL, STREET)], event() | at, event(day="2025-02-10") | at)
    [note] = [n for n in found.row["notes"] if "geo:41.1675,80.2634" in n]
    assert note.endswith(": 1")
