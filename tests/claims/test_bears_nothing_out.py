"""What bears out no figure: other persons, another law, a few entities of another day, a row that nobody knew yet."""

from __future__ import annotations

import pytest

from entrepot.claims.check import check


@pytest.fixture
def rows(tmp_path):
    def held(text, published):
        file = tmp_path / "report.txt"
        file.write_text(text, encoding="utf-8")
        return {c["text"]: c for c in check(file, published=published).claims.to_pylist()}

    return held


BESHAM = "Five Chinese engineers were killed in a suicide attack near Besham, Pakistan, on 26 March 2024."


def test_officers_who_are_punished_are_not_the_dead(rows):
    said = f"{BESHAM}\n\nLast week the prime minister ordered action against five police officers over the attack."
    found = rows(said, "2024-04-12")
    assert found["Five Chinese engineers"]["verdict"] == "agrees"
    assert found["five police officers"]["verdict"] != "agrees"


def test_all_the_dead_are_not_the_chinese_among_them(rows):
    said = (
        "On 26th March a bus carrying staff on the Dasu Hydropower Project in Khyber Pakhtunkhwa was hit by a "
        "terrorist attack. {} Chinese citizens and 1 Pakistani citizen were unfortunately deceased."
    )
    five, six = (rows(said.format(n), "2024-04-12")[f"{n} Chinese citizens"] for n in (5, 6))
    assert five["verdict"] == "agrees"
    assert six["verdict"] != "agrees"


@pytest.mark.parametrize("verb", ["confirmed", "condemned"])
def test_who_confirms_an_attack_on_a_day_does_not_date_it(verb, rows):
    said = f"The Chinese embassy on Sunday {verb} the deaths of two Chinese citizens in a blast near Karachi airport."
    found = rows(said, "2024-10-07")
    assert found["two Chinese citizens"]["verdict"] == "agrees"
    assert found["on Sunday"]["verdict"] == "no_record"


@pytest.mark.parametrize(
    ("law", "agrees"),
    [("the Accounting Directive", False), ("the CSDDD", True)],
)
def test_a_threshold_of_a_law_that_is_not_on_record_is_not_that_of_one_that_is(law, agrees, rows):
    said = (
        "The CSDDD covers companies with a net turnover above EUR 450 million.\n\n"
        f"In {law} the net turnover threshold stands at EUR 450 million."
    )
    (first, second) = (c for t, c in rows(said, "2025-02-27").items() if "450" in t)
    assert first["verdict"] == "agrees"
    assert (second["verdict"] == "agrees") == agrees


def test_a_few_entities_more_are_not_those_of_another_day(rows):
    said = (
        "Commerce on 9 July 2021 added 34 entities to the Entity List, 14 of them over Xinjiang.\n\n"
        "Another five entities were added for lasers."
    )
    found = rows(said, "2021-07-12")
    assert next(c for t, c in found.items() if "five" in t)["verdict"] != "agrees"


def test_a_day_is_held_against_what_was_known_then(rows):
    said = (
        "Member States are required to transpose the CSDDD into national law by 26 July 2026 and it will apply on a "
        "phased basis, commencing for the first group of in-scope companies from 26 July 2027."
    )
    before, after = (rows(said, day)["26 July 2027"] for day in ("2024-10-20", "2025-05-20"))
    assert "E101" in after["against"]
    assert "E101" not in (before["against"] or ())


def test_whom_china_sanctions_in_answer_is_not_whom_others_did(rows):
    before = (
        "On Monday the EU, Britain and Canada sanctioned four Chinese officials over human rights abuses in Xinjiang."
    )
    said = (
        "In retaliation to the bloc's sanctions, China has decided to introduce sanctions against 10 European Union "
        "officials and four European organisations after accusing them of spreading lies about the Xinjiang region."
    )
    found = rows(f"{before}\n\n{said}", "2021-03-26")
    assert found["four Chinese officials"]["verdict"] == "agrees"
    assert found["four European organisations"]["verdict"] != "agrees"


@pytest.mark.parametrize(
    ("said", "is_theirs"),
    [
        ("China condemns the sanctions; the EU sanctioned four officials of Xinjiang on 22 March 2021.", True),
        ("中国谴责欧盟2021年3月22日制裁4名新疆官员。", True),
        ("中国2021年3月22日对欧盟10人和4个机构实施制裁。", False),
        ("China sanctioned ten people and four bodies over Xinjiang on 22 March 2021.", False),
    ],
)
def test_who_sanctions_is_whose_day_it_is(said, is_theirs, rows):
    (day,) = (c for t, c in rows(said, "2021-03-23").items() if "2021" in t)
    assert (day["verdict"] == "agrees") == is_theirs


def test_another_incident_of_the_day_is_not_that_before_it(rows):
    said = "On 23 November 2018 gunmen stormed China's consulate in Karachi, Pakistan.{} on Friday people were killed."
    alike = rows(said.format(" In the attack"), "2018-11-24")
    other = rows(said.format("\n\nIn another incident"), "2018-11-24")
    assert alike["on Friday"]["verdict"] == "agrees"
    assert other["on Friday"]["verdict"] != "agrees"


def test_a_day_that_hardly_a_row_may_be_meant_by_differs_from_none(rows):
    said = (
        "The US blacklists 34 foreign entities, including 23 from China in connection to Xinjiang, according to the "
        "Commerce Department's filing that is to be published on Monday."
    )
    assert rows(said, "2021-07-09")["on Monday"]["verdict"] == "no_record"
