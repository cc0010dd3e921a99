"""A list that comes in another format: what only the format leaves out brings back no case."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from entrepot.desk.desk import Desk

HEADINGS = (
    (Path(__file__).parents[1] / "lists" / "constructed" / "eu.csv").read_text(encoding="utf-8-sig").splitlines()[0]
)
# Number, names (a weak one begins with ~), city, year of birth.
THEN = {
    1: ("KESTREL MILLWRIGHTS JSC|~TALL HERON", "Kursk"),
    2: ("ORZHAN SEED BUREAU", "Tomsk"),
    3: ("DALMORIN FREIGHT LLC", "Omsk"),
    4: ("QUELLMAR WORKS", "Perm"),
    5: ("ZYXWVUT BRASK FACTORY", "Tver"),
    6: ("VESTMAR PEAT TRUST", "Orel"),
}
NOW = THEN | {2: ("ORZHAN SEED BUREAU|OSB TOMSK", "Tomsk"), 3: ("DALMORIN FREIGHT LLC", "Ufa")}
FILE = "vendor\nKestrel Millwrights JSC\nTall Heron\nOrzhan Seed Bureau\nDalmorin Freight LLC\nQuellmar Works\n"


def xml(day, firms):
    """The EU's XML: it says which name is weak, and the day of the act."""
    out = [f'<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="{day}T10:00:00">']
    for number, (names, city) in firms.items():
        told = "".join(
            f'<nameAlias wholeName="{n.removeprefix("~")}" strong="{str(n[0] != "~").lower()}"/>'
            for n in names.split("|")
        )
        out.append(
            f'<sanctionEntity logicalId="{number}"><regulation regulationType="amendment" publicationDate="2021-03-22" '
            f'numberTitle="2021/478 (OJ L99)" programme="RUS"/><subjectType classificationCode="E"/>{told}'
            f'<address city="{city}" countryDescription="RUSSIA"/></sanctionEntity>'
        )
    return "\n".join([*out, "</export>"])


def table(day, firms):
    """The EU's CSV: a row a name or an address."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS.split(";"), delimiter=";", restval="")
    writer.writeheader()
    at = f"{day[8:]}/{day[5:7]}/{day[:4]}"
    for number, (names, city) in firms.items():
        shared = {
            "fileGenerationDate": at,
            "Entity_LogicalId": number,
            "Entity_SubjectType_ClassificationCode": "E",
            "Entity_Regulation_Type": "amendment",
            "Entity_Regulation_NumberTitle": "2021/478 (OJ L99)",
            "Entity_Regulation_Programme": "RUS",
            "Entity_Regulation_PublicationDate": "22/03/2021",
        }
        for name in names.split("|"):
            writer.writerow(shared | {"NameAlias_WholeName": name.removeprefix("~")})
        writer.writerow(shared | {"Address_City": city, "Address_CountryDescription": "RUSSIA"})
    return out.getvalue()


@pytest.fixture
def decided(tmp_path):
    """A desk that decided all its cases false by the first edition; gives what the second changes."""
    desk, out = Desk(tmp_path / "store"), tmp_path / "out.csv"

    def load(made, day, firms):
        path = tmp_path / f"eu-{day}.{'xml' if made is xml else 'csv'}"
        path.write_text(made(day, firms), encoding="utf-8")
        desk.load_list(path, "eu")

    def later(first, second, firms):
        load(first, "2026-01-05", THEN)
        (tmp_path / "p.csv").write_text(FILE, encoding="utf-8")
        asked = {"lists": ["eu"], "workers": 1}
        desk.screen(tmp_path / "p.csv", out=out, as_of="2026-01-06", **asked)
        cases = [r["case_id"] for r in desk.review(out).to_pylist()]
        assert len(cases) == 5
        desk.review(out, decide=[f"{c}=false" for c in cases], by="A. Person", why="elsewhere")
        load(second, "2026-02-05", firms)
        redone = desk.rescreen(out, as_of="2026-02-06", with_quiet=True)
        screened = desk.screen(tmp_path / "p.csv", as_of="2026-02-06", **asked)
        states = {r["party"]: (r["state"], r["changed"]) for r in screened.decided.rows}
        return {r["party"]: r["details"] for r in redone.to_pylist()}, redone.notes, states

    return later


@pytest.mark.parametrize(("first", "second"), [(xml, table), (table, xml)])
def test_what_only_the_format_leaves_out_brings_nothing_back(decided, first, second):
    told, notes, states = decided(first, second, THEN)
    assert told == {}
    assert {state for state, _ in states.values()} == {"false"}
    assert any(n.startswith("0 new, 0 vanished, 0 changed. 0 listed") for n in notes)
    (said,) = [n for n in notes if "formats of eu differ" in n]
    where = "later" if second is table else "earlier"
    assert f"not in the {where} file: which name is weak" in said
    assert "printed otherwise: legal basis" in said


@pytest.mark.parametrize(("first", "second"), [(xml, table), (table, xml)])
def test_what_both_carry_and_differs_is_told_and_brings_the_case_back(decided, first, second):
    told, _, states = decided(first, second, NOW)
    alias, moved = ["Alias added: OSB TOMSK."], ["Changed on the list: address; entrepot lists diff says how."]
    assert told == {"Orzhan Seed Bureau": alias, "Dalmorin Freight LLC": moved}
    assert {p: c for p, (state, c) in states.items() if state == "returned"} == told
    assert sum(state == "false" for state, _ in states.values()) == 3


def test_of_one_format_all_is_compared(decided):
    told, notes, states = decided(xml, xml, THEN | {1: ("KESTREL MILLWRIGHTS JSC|TALL HERON", "Kursk")})
    strong = ["The list no longer marks the alias as weak: TALL HERON."]
    assert told["Tall Heron"] == strong
    assert states["Tall Heron"][0] == "returned"
    assert not any("formats of" in n for n in notes)


def test_another_first_name_of_the_same_names_is_the_formats_own(decided):
    told, _, states = decided(xml, table, THEN | {1: ("TALL HERON|KESTREL MILLWRIGHTS JSC", "Kursk")})
    assert told == {}
    assert {state for state, _ in states.values()} == {"false"}
