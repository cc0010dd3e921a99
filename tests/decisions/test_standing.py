"""When a decided case is quiet, and what brings it back: said in words."""

from __future__ import annotations

import json
import unicodedata

import pytest

from entrepot.core.errors import BadInputError
from entrepot.core.runtime.asked_from import ASKED_FROM
from entrepot.decisions.case_grounds import grounds
from entrepot.decisions.case_history import decision_row
from entrepot.decisions.decide import decide, withdraw
from entrepot.decisions.decisions_file import Decision
from entrepot.decisions.ledger.entry import print_of
from entrepot.decisions.ledger.kept_ledger import ledger
from entrepot.decisions.redaction import OF_THE_PARTY, redact

CASE, OTHER, NAMESAKE = "case-00000000000a", "case-00000000000b", "case-00000000000c"


def features(**more):
    one = {"feature": "words", "value": 1.0, "points": 3.25, "words": ["zyxwvut", "brask"]}
    return json.dumps({"entrepot": "0.2.0", "kind": "company", "start": -3.1, "features": [one | more]})


def test_a_false_case_is_quiet_until_something_changes(place, say, standing):
    assert standing().state == "open"
    say("false")
    assert standing().state == "false"


SAME = {
    "another version of the rule": {"rule": "rule-2-ffffffffffff"},
    "points of another model that give the score shown": {"evidence": features(points=3.4), "score": 0.8749},
    "another file and day of the list": {"list_sha256": "1" * 64, "list_as_of": "2026-02-01"},
    "another sentence": {"reasons": ["Both hold the same words."]},
    "columns of the address in another order": {"address": "Leeds, 1 Mill Lane"},
    "another blank in the address": {"address": "1 Mill  Lane , Leeds"},
}
DECOMPOSED = {"party": "Zürwvut Brask Ltd", "country": "Österreich", "address": "Kärntner Straße 1, Köflach"}


@pytest.mark.parametrize("is_redacted", [False, True])
def test_another_normal_form_is_no_change(place, say, row, standing, is_redacted):
    was, now = ({c: unicodedata.normalize(form, text) for c, text in DECOMPOSED.items()} for form in ("NFD", "NFC"))
    say("false", row(**was))
    if is_redacted:
        redact(place, [CASE], OF_THE_PARTY, by="Ann Bee", why="asked", early=True)
    assert standing(row(**now)).state == "false"
    assert standing(row(**now, case_id=OTHER), case=OTHER).state == "false", "found by party and entry"


def test_what_moved_in_the_address_and_something_else_is_told_without_the_order(place, say, row, standing):
    say("false")
    assert standing(row(address="Leeds, 1 Mill Lane", country="FR")).changed == ("Country was GB, is FR.",)


def test_an_entry_of_an_earlier_release_covers_the_same_in_another_order_while_its_party_is_there(
    place, say, row, standing, monkeypatch
):
    # Bodies held a print of the party to the letter alone.
    monkeypatch.setattr("entrepot.decisions.case_grounds.alike", dict)
    say("false")
    monkeypatch.undo()
    assert standing(row(address="Leeds, 1 Mill Lane")).state == "false"


@pytest.mark.parametrize("what", SAME)
def test_what_is_no_change(place, say, what, row, standing):
    say("false")
    assert standing(row(**SAME[what])).state == "false"


CHANGED = {
    "Address was 1 Mill Lane, Leeds, is 2 Mill Lane, Leeds.": {"address": "2 Mill Lane, Leeds"},
    "Address was 1 Mill Lane, Leeds, is 1 Leeds, Mill Lane.": {"address": "1 Leeds, Mill Lane"},
    "Address was 1 Mill Lane, Leeds, is Leeds.": {"address": "Leeds"},
    "The party's key was empty, is V1.": {"party_key": "V1"},
    "Country was GB, is empty.": {"country": None},
    "Identifier was empty, is 12345.": {"identifier": "12345"},
    "Section was A, is B.": {"entry": "entry-00000000000b", "section": "B"},
    "The entry on own-one changed: names, years, countries or numbers.": {"entry": "entry-00000000000b"},
    "Score was 0.87, is 0.88.": {"score": 0.8801},
    "Met name was Zyxwvut Brask, is Zyxwvut.": {"met_name": "Zyxwvut"},
    "The evidence differs, speaks now: words zyxwvut brask ltd.": {"evidence": features(words=["zyxwvut brask ltd"])},
    "New: Brask Holdings, f2 on own-two.": {"list_id": "own-two", "entity_id": "f2"},
}


@pytest.mark.parametrize("said", CHANGED)
def test_what_brings_it_back_is_said(place, say, said, row, standing):
    say("false")
    found = standing(row(**CHANGED[said]))
    assert found.state == "returned"
    assert said in found.changed


def test_a_list_that_is_not_screened_or_an_entry_that_is_gone_brings_nothing_back(place, say, row, standing):
    second = row(list_id="own-two", entity_id="f2")
    say("false", row(), second)
    assert standing(row()).state == "false"
    assert standing(second, row()).state == "false"


def test_a_decision_is_found_where_the_case_has_another_id(place, say, row, standing):
    say("false")
    assert standing(case=OTHER).state == "false", "the same party and entry"
    assert standing(row(entity_id="f2"), case=OTHER).state == "open", "another entry"
    found = standing(row(), row(list_id="own-two", entity_id="f9"), case=OTHER)
    assert found.state == "returned"
    assert found.changed == ("New: Brask Holdings, f9 on own-two.",)


@pytest.mark.parametrize(("verdict", "state"), [("false", "returned"), ("true", "true"), ("unsure", "unsure")])
def test_what_was_decided_comes_back_where_the_party_has_another_number(say, row, standing, verdict, state):
    say(verdict, row(party_key="V1"))
    found = standing(row(party_key="C-7"), case=OTHER)
    assert (found.state, found.changed) == (state, ("The party's key was V1, is C-7.",))
    assert standing(row(party_key="C-7", address="9 Ash Road, York"), case=OTHER).state == "open", (
        "a namesake elsewhere"
    )
    assert standing(row(party_key="C-7", entity_id="f2"), case=OTHER).state == "open", "another entry"


def test_a_namesake_with_a_decision_of_their_own_keeps_it(place, say, row, standing):
    say("false")
    namesake = row(country="DE")
    assert standing(namesake, case=OTHER).state == "returned"
    say("false", namesake, case=OTHER, by="Cy Dee")
    assert standing().state == "false"
    assert standing(namesake, case=OTHER).state == "false"


def test_redacted_decisions_still_keep_a_case_quiet_and_say_what_they_can(place, say, row, standing):
    say("false")
    redact(place, [CASE], OF_THE_PARTY, by="Gi Ho", why="erasure", early=True)
    assert standing().state == "false"
    assert standing(row(address="elsewhere")).changed == (
        "The party changed; what it was has been taken out of the ledger.",
    )


def test_redaction_reaches_what_stands_under_the_id_that_a_case_had(place, say, row):
    say("false")
    say("false", row(country="DE"), case=NAMESAKE)
    say("false", row(listed_name="Brask Holdings PLC", entry="entry-00000000000b"), case=OTHER)
    entry = redact(place, [OTHER], OF_THE_PARTY, by="Gi Ho", why="erasure", early=True)
    assert entry.said["entries"] == [2, 4], "of both ids, and not the namesake's"


def test_redaction_finds_a_case_that_was_only_shown_under_its_new_id(place, say, row):
    say("false")
    renamed = row(listed_name="Brask Holdings PLC", entry="entry-00000000000b")
    with pytest.raises(BadInputError, match="nothing to take out"):
        redact(place, [OTHER], OF_THE_PARTY, by="Gi Ho", why="erasure", early=True)
    entry = redact(place, [OTHER], OF_THE_PARTY, by="Gi Ho", why="erasure", early=True, met={OTHER: [renamed]})
    assert entry.said["entries"] == [2]


def test_true_and_unsure_are_never_quiet(place, say, row, standing):
    say("unsure")
    assert standing().state == "unsure"
    say("true")
    found = standing(row(section="B"))
    assert (found.state, found.changed) == ("true", ())


def test_withdrawn_is_open_again(place, say, standing):
    say("false")
    withdraw(place, [CASE], "Ann Bee", "looked at the wrong file")
    assert standing().state == "open"
    say("true")
    assert standing().state == "true"


ONE_PERSON = ["Zoë  Quell", "zoë quell", "ZOË QUELL ", "Zoe\u0308 Quell", "Zoë\u00a0Quell", "Zoë\tQuell",
    "Zoë Qu\u00adell",
    "\u200bZoë Quell", "Ｚoë Quell", "Zoë\ufe0f Quell", "Zoë\u034f Quell",
    "Zoë-Quell", "Zoë. Quell", "zoë.quell", "Zoë Quell.", "(Zoë Quell)", "Zoë_Quell", "Zoë · Quell"]  # fmt: skip
TWO_PEOPLE = [
    "Zoe Quell", "Zoë Quel", "ZoëQuell", "Quell Zoë", "Zoë Quell jun.", "Z. Quell", "Zoë Quell 2", "Zoë Quell +", "...",
]  # fmt: skip


@pytest.mark.parametrize("other", ONE_PERSON)
def test_one_person_has_one_pair_of_eyes_however_the_name_is_typed(place, say, standing, other):
    say("false", by="Zoë Quell")
    say("false", by=other)
    assert standing(four_eyes=True).state == "second"
    say("true", by=other)
    assert standing().state == "true", "nobody contradicts themselves"


@pytest.mark.parametrize("other", TWO_PEOPLE)
def test_another_name_is_another_person(place, say, standing, other):
    say("false", by="Zoë Quell")
    say("false", by=other)
    assert standing(four_eyes=True).state == "false"


def test_names_of_signs_alone_are_not_one_person(place, say, standing):
    say("false", by="...")
    say("false", by="???")
    assert standing(four_eyes=True).state == "false"


def test_a_name_with_signs_that_was_taken_out_of_an_older_ledger_does_not_count_beside_itself(
    place, say, standing, monkeypatch
):
    # As the release before held who somebody is: signs kept.
    monkeypatch.setattr("entrepot.decisions.decide.who_is", lambda by, key: print_of(["who", by.casefold()], key))
    say("false", by="Z. Quell")
    redact(place, [CASE], ("by",), by="Ann Bee", why="asked", early=True)
    monkeypatch.undo()
    say("false", by="Z. Quell")
    assert standing(four_eyes=True).state == "second"
    say("false", by="z quell")
    assert standing(four_eyes=True).state == "second"


def test_an_older_ledger_that_told_two_spellings_apart_lets_one_person_not_count_twice(
    place, say, standing, monkeypatch
):
    # As the release before held who somebody is: blanks around the name taken off, small letters.
    older = "entrepot.decisions.decide.who_is"
    monkeypatch.setattr(older, lambda by, key: print_of(["who", by.strip().casefold()], key))
    say("false", by="Zoë Quell")
    say("false", by="Zoë  Quell")
    bodies = [e.said["who"] for e in ledger(place).entries if "who" in e.said]
    assert len(set(bodies)) == 2
    assert standing(four_eyes=True).state == "second"


def test_four_eyes_need_two_people_on_the_same_grounds(place, say, row, standing):
    say("false")
    assert standing(four_eyes=True).state == "second"
    say("false", by="ann bee ")
    assert standing(four_eyes=True).state == "second", "the same person once more"
    say("false", by="Cy Dee")
    assert standing(four_eyes=True).state == "false"
    moved = row(address="2 Mill Lane, Leeds")
    assert standing(moved, four_eyes=True).state == "returned"
    say("false", moved, by="Cy Dee")
    assert standing(moved, four_eyes=True).state == "second", "the first decided on another address"


def test_two_who_did_not_see_one_another_are_told_and_differ_openly(place, say, standing):
    say("false", seen=0)
    done = say("true", by="Cy Dee", seen=0)
    assert len(done.told) == 1
    assert "Ann Bee decided false" in done.told[0]
    assert standing().state == "disputed"
    say("false", by="Ed Fu", seen=3)  # who has seen both
    assert standing().state == "false"
    assert [e.said["verdict"] for e in ledger(place).entries[1:]] == ["false", "true", "false"]


def test_true_is_not_silenced_by_somebody_who_was_not_told_of_it(place, say, standing):
    say("true", why="the same number of its register")
    told = say("false", by="Cy Dee", why="another town").told
    assert len(told) == 1
    assert "Ann Bee decided true at 2" in told[0]
    assert "“the same number of its register”" in told[0]
    assert "stays open as disputed" in told[0]
    found = standing()
    assert found.state == "disputed"
    assert [e.fields["by"] for e in found.against] == ["Ann Bee", "Cy Dee"]
    assert say("false", by="Cy Dee", why="yes, another town").told == (), "who was told decides once more"
    assert standing().state == "false"


@pytest.fixture
def asked_over_the_network():
    token = ASKED_FROM.set("192.0.2.7")
    yield
    ASKED_FROM.reset(token)


@pytest.mark.usefixtures("asked_over_the_network")
def test_a_request_sent_twice_is_no_second_decision(say, standing):
    """A program whose first answer was lost asks again: nobody has read yet what contradicts it."""
    say("true", why="the same number of its register")
    first = say("false", by="Cy Dee", why="another town").told
    again = say("false", by="Cy Dee", why=" another town ").told
    assert first == again
    assert standing().state == "disputed"
    assert say("false", by="Cy Dee", why="the register has the number twice").told == ()
    assert standing().state == "false"


def test_a_third_person_is_told_of_a_true_that_another_disputes(place, say, standing):
    say("true")
    say("false", by="Cy Dee")
    assert len(say("false", by="Ed Fu").told) == 1, "of Ann Bee's: with Cy Dee's it agrees"
    assert standing().state == "disputed"
    assert [e.fields["by"] for e in standing().against] == ["Ann Bee", "Ed Fu"]
    say("true", by="Ann Bee")  # who was told nothing since, and stays by it
    assert standing().state == "true", "never quiet"


def test_what_contradicts_nobody_is_told_nothing(place, say, standing):
    say("unsure")
    assert say("false", by="Cy Dee").told == ()
    assert standing().state == "false"
    assert say("false", by="Ed Fu").told == ()
    say("true", by="Ed Fu")
    assert say("false", by="Ed Fu").told == (), "one's own word is changed without asking"
    assert standing().state == "false"


def test_true_over_false_is_told_and_counts(place, say, standing):
    say("false", why="another firm")
    (told,) = say("true", by="Cy Dee").told
    assert "Ann Bee decided false" in told
    assert "“another firm”" in told
    assert standing().state == "true"


def test_a_decision_that_was_withdrawn_is_contradicted_by_nobody(place, say, standing):
    say("true")
    withdraw(place, [CASE], "Ann Bee", "wrong file")
    assert say("false", by="Cy Dee").told == ()
    assert standing().state == "false"


def test_two_who_agree_are_told_and_nothing_is_disputed(place, say, standing):
    say("false", seen=0)
    assert say("false", by="Cy Dee", seen=0).told
    assert standing().state == "false"


def test_a_vendor_that_was_renamed_is_known_by_its_key_and_its_case_returns(say, row, standing):
    say("false", row(party_key="4711"))
    found = standing(row(party_key="4711", party="Zyxwvut Brask Holdings Ltd"), case=OTHER)
    assert found.state == "returned"
    assert found.changed == ("The party's name was Zyxwvut Brask Ltd, is Zyxwvut Brask Holdings Ltd.",)
    elsewhere = row(party_key="4712", address="9 Ash Road, York")
    assert standing(elsewhere, case=OTHER).state == "open", "another vendor of that name"


def test_who_corrects_their_own_word_is_not_told_of_a_dispute(place, say, standing):
    say("false", seen=0)
    (told,) = say("true", seen=0, why="the same register after all").told
    assert "your own entry" in told
    assert "disputed" not in told
    assert standing().state == "true"


@pytest.mark.parametrize(("verdict", "state"), [("true", "disputed"), ("unsure", "disputed"), ("false", "false")])
def test_a_dispute_is_told_where_there_is_one_and_nowhere_else(place, say, standing, verdict, state):
    say("false", seen=0)
    (told,) = say(verdict, by="Cy Dee", seen=0).told
    assert standing().state == state
    assert ("disputed" in told) is (state == "disputed")


def test_a_decision_that_was_withdrawn_meanwhile_disputes_nothing(place, say, standing):
    say("false", seen=0)
    withdraw(place, [CASE], "Ann Bee", "wrong file")
    told = say("true", by="Cy Dee", seen=0).told
    assert len(told) == 2
    assert not any("disputed" in t for t in told)
    assert standing().state == "true"


def test_an_entry_that_asks_for_a_second_person_holds_its_case_open_until_there_is_one(place, say, row, standing):
    on = {CASE: grounds([row()])}
    decide(place, [Decision(CASE, "false", "Ann Bee", "another firm", None)], on, four_eyes=True)
    assert standing().state == "second", "who looks without the option sees it too"
    say("false")
    assert standing().state == "second", "the same person once more, without the option"
    say("false", by="Cy Dee")
    assert standing().state == "false"
    withdraw(place, [CASE], "Cy Dee", "on second thoughts")
    say("false")
    assert standing().state == "false", "what was withdrawn asks for nothing"


def test_the_versions_of_lists_stay_when_personal_data_goes(place, say, row):
    on = row(), row(list_id="own-two", list_sha256="1" * 64, list_as_of="2026-02-01"), row(list_sha256=None)
    decide(place, [Decision(CASE, "false", "Ann Bee", "another firm")], {CASE: grounds(on)}, as_of="2026-03-01")

    def told():
        book = ledger(place)
        return decision_row(next(e for e in book.entries if e.said.get("case") == CASE), book.id)

    assert told()["lists"] == [f"own-one 2026-01-05 {'0' * 64}", f"own-two 2026-02-01 {'1' * 64}"]
    redact(place, [CASE], OF_THE_PARTY, by="Ann Bee", why="asked", early=True)
    after = told()
    assert (after["party"], after["as_of"]) == (None, "2026-03-01")
    assert after["lists"] == [f"own-one 2026-01-05 {'0' * 64}", f"own-two 2026-02-01 {'1' * 64}"]
