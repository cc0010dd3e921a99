"""A measure of one's own is read by the rules of the record; a slip names line, key, value and what is allowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.core.periods import as_of
from entrepot.core.toml_block import line_of
from entrepot.desk.measures import measures as desk_measures
from entrepot.diversion.route import question
from entrepot.measures.measure import known, measure, measures

SHORT = """\
title = "Ban on steel of Russia"
who = "EU"
whom = "RUS"
goods = [
  "7208",
  "72.09",
]
from = 2022-03-16
announced = 2022-03-15
rivals = ["us-section-232"]
source = "Regulation (EU) 2022/428"
"""


@pytest.fixture
def written(tmp_path):
    """Writes a file of a measure and gives its path as a person types it."""

    def write(text, name="steel.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


def test_the_short_form_says_who_whom_what_and_when(written):
    act = measure(written(SHORT))
    (part,) = act.provisions
    assert (act.id, act.jurisdiction, act.countries, act.direction) == ("steel", "EU", ("RU",), "import")
    assert ([g.prefix for g in part.hs], part.start, part.known_from) == (["7208", "7209"], "2022-03-16", "2022-03-15")
    assert act.brief is not None
    assert act.brief.competes_with == ("us-section-232",)


@pytest.mark.parametrize(("name", "code"), [("Elfenbeinküste", "CI"), ("Côte d’Ivoire", "CI"), ("Беларусь", "BY")])
def test_a_country_is_read_by_its_name_in_the_language_of_the_writer(written, name, code):
    assert measure(written(SHORT.replace("RUS", name))).countries == (code,)


def test_a_kind_that_the_file_does_not_say_is_not_made_up(written):
    assert measure(written(SHORT)).kind == "not_said"
    assert measure(written(SHORT + 'direction = "export"\n')).kind == "not_said"
    assert measure(written(SHORT + 'kind = "safeguard"\n')).kind == "safeguard"


def test_a_last_day_still_to_come_is_not_lost(written):
    """The person who writes it down knows it; of one that passed nothing says that it was known before."""
    today = as_of(None)
    to_come, passed = (today + timedelta(days=400)).isoformat(), (today - timedelta(days=400)).isoformat()
    act = measure(written(SHORT + f"to = {to_come}\n"))
    assert [p.end for p in known(act, today).provisions] == [to_come]
    assert [p.end for p in known(act, today - timedelta(days=1)).provisions] == [None]
    set_at_the_start = measure(written(SHORT + f"to = {to_come}\nto_known_from = 2022-03-15\n"))
    assert [p.end for p in known(set_at_the_start, date(2023, 1, 1)).provisions] == [to_come]
    over = measure(written(SHORT + f"to = {passed}\n"))
    assert [p.end for p in known(over, date(2023, 1, 1)).provisions] == [None]
    assert [p.end for p in known(over, today).provisions] == [passed]


def test_a_measure_still_to_come_is_known_today_with_its_first_day(written):
    """A brief of today said that no part was in force, and not when the first begins."""
    today = as_of(None)
    to_come = (today + timedelta(days=90)).isoformat()
    text = SHORT.replace("from = 2022-03-16\nannounced = 2022-03-15\n", f"from = {to_come}\n")
    assert text != SHORT
    act = measure(written(text))
    assert [p.start for p in known(act, today).provisions] == [to_come]
    assert known(act, today - timedelta(days=1)).provisions == ()
    announced = (today - timedelta(days=30)).isoformat()
    act = measure(written(text + f"announced = {announced}\n"))
    assert [p.start for p in known(act, today - timedelta(days=1)).provisions] == [to_come]


def test_it_asks_the_question_of_its_file(written):
    asked = question(written(SHORT))
    assert (asked.measure, asked.origin, asked.destination, asked.since) == ("steel", "RUS", "EU", date(2022, 3, 16))


def test_a_control_of_exports_runs_the_other_way(written):
    asked = question(written(SHORT + 'direction = "export"\n'))
    assert (asked.origin, asked.destination) == ("EU", "RUS")


def test_the_long_form_is_that_of_the_record_to_the_letter(written):
    """The files on record, each under another id: what is read is what the record holds."""
    for act in measures():
        text = (files("entrepot.measures") / "data" / "acts" / f"{act.id}.toml").read_text(encoding="utf-8")
        own = measure(written(text.replace(f'id = "{act.id}"', 'id = "own-copy"', 1), "copy.toml"))
        assert replace(own, id=act.id) == act


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"RUS"', '"Atlantis"', 3, "whom is 'Atlantis'; expected an ISO code"),
        ('"72.09"', '"720"', 4, "goods is '720'; expected a list of HS codes"),
        ('"7208"', '"7299"', 4, "nearest: 72"),
        ("2022-03-16", '"March"', 8, "from is 'March'; expected 2024, 2024-11"),
        ("us-section-232", "us-section-23", 10, "us-section-232"),
        ("announced", "anounced", 9, "did you mean announced"),
        ("from = 2022-03-16", "from = 2022-03-16\nto = 2021-01-01", 9, "a day not before from = 2022-03-16"),
        (
            "from = 2022-03-16",
            "from = 2022-03-16\nto_known_from = 2022-03-16",
            9,
            "a day not after to, where there is one",
        ),
        ("2022-03-15", "2022-03-17", 9, "a day not after from = 2022-03-16"),
        ("2022-03-15", '"2023"', 9, "a day not after from = 2022-03-16"),
        ('"RUS"', '["RUS", "EU"]', 3, "another place than who = EU and its members"),
        ('"RUS"', '"Germany"', 3, "another place than who = EU and its members"),
        ('who = "EU"', 'who = "RU"', 3, "another place than who = RU"),
        ('who = "EU"', 'who = "EU"\nid = "uflpa"', 3, "an id that no measure on record has"),
        ('who = "EU"', 'who = "EU"\nkind = "ban"', 3, "import_ban"),
        ("Regulation (EU) 2022/428", "http://", 11, "source is 'http://'; expected an address with a host"),
        ("Regulation (EU) 2022/428", "https:// eur-lex", 11, "expected an address with a host"),
        ('title = "', 'title = "{x} ', 1, "words without braces"),
    ],
)
def test_a_slip_names_line_key_value_and_what_is_allowed(written, old, new, line, said):
    assert old in SHORT
    with pytest.raises(UnreadableFileError) as caught:
        measure(written(SHORT.replace(old, new, 1)))
    assert caught.value.line == line
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2022-03-15", "2022-03-16"),  # known on its first day
        ("2022-03-15", '"2022-03"'),  # in the month of it
        ('"RUS"', '"GBR"'),  # no member any more
        ('who = "EU"', 'who = "KAZ"'),
        ('"RUS"', '"all"'),
        ("announced = 2022-03-15\n", ""),
    ],
)
def test_what_only_looks_like_a_slip_is_read(written, old, new):
    assert old in SHORT
    assert measure(written(SHORT.replace(old, new, 1))).id == "steel"


@pytest.mark.parametrize("key", ["title", "who", "whom", "goods", "from"])
def test_a_key_that_is_missing_is_named(written, key):
    kept = [k for k in SHORT.replace('[\n  "7208",\n  "72.09",\n]', '["7208"]').splitlines() if not k.startswith(key)]
    with pytest.raises(UnreadableFileError, match=f"{key} is missing"):
        measure(written("\n".join(kept)))


def test_a_file_that_is_not_there_or_no_toml_is_refused(written, tmp_path):
    with pytest.raises(UnreadableFileError, match=r"cannot be read .*entrepot measures"):
        measure(str(tmp_path / "none.toml"))
    with pytest.raises(UnreadableFileError, match="line 1"):
        measure(written("title = steel"))
    with pytest.raises(UnknownNameError, match="reads one of your own"):
        measure("steel")


def test_the_verb_on_measures_takes_a_file(written):
    path = written(SHORT)
    (part,) = desk_measures(path).table.to_pylist()
    assert part["hs"] == ["7208 (named)", "7209 (named)"]
    touched = desk_measures(path, goods="7208.10,8541.43").table.to_pylist()
    assert [(r["code"], r["measure_id"], r["touch"]) for r in touched] == [("720810", "steel", "whole")]


def test_each_key_of_the_record_is_found_in_its_line():
    """Every provision's first day: the line that is named holds that key, below the block's own id."""
    for act in measures():
        text = (files("entrepot.measures") / "data" / "acts" / f"{act.id}.toml").read_text(encoding="utf-8")
        lines = text.splitlines()
        for part in act.provisions:
            at = line_of(text, f"provision {part.id}.citation")
            assert at is not None
            assert lines[at - 1].startswith("citation")
            assert f'id = "{part.id}"' in lines[:at]
            assert not any(line.startswith("[[") for line in lines[lines.index(f'id = "{part.id}"') : at])


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_in_a_sentence(data, tmp_path_factory):
    text = SHORT
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.text(max_size=4)) + text[at + data.draw(st.integers(0, 6)) :]
    path = tmp_path_factory.mktemp("own") / "damaged.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        measure(str(path))
    except UnreadableFileError as exc:
        assert str(path) in str(exc)


def test_the_page_of_measures_explains_every_key_of_a_brief_and_of_its_looks():
    from dataclasses import fields
    from pathlib import Path

    from entrepot.measures.act import BriefPlan, Look

    page = (Path(__file__).parents[2] / "docs" / "measures.md").read_text(encoding="utf-8")
    part = page[page.index("### Clock, list, brief") : page.index("### Sources")]
    names = {f.name for kind in (BriefPlan, Look) for f in fields(kind)} - {"looks", "points"}
    assert [n for n in sorted(names) if f"`{n}`" not in part and f"{n} = " not in part and f" {n} " not in part] == []
    assert "[[brief.place]]" in part


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ({}, "Applied by the US to imports from Iran, North Korea: HS 2709, 8542.31."),
        (
            {"direction": '"export"', "whom": '"all"'},
            "Applied by the US to exports to all countries: HS 2709, 8542.31.",
        ),
        ({"goods": '"all"', "who": '"Germany"'}, "Applied by Germany to imports from Iran, North Korea: all goods."),
        ({"text": '"Nothing passes."'}, "Nothing passes."),
    ],
)
def test_a_short_file_says_who_applies_what_to_whom(tmp_path, lines, said):
    keys = {"title": '"An invented ban"', "who": '"USA"', "whom": '["IRN", "PRK"]', "goods": '["2709", "8542.31"]'}
    keys |= {"from": "2018-11-05"} | lines
    path = tmp_path / "ban.toml"
    path.write_text("".join(f"{k} = {v}\n" for k, v in keys.items()), encoding="utf-8")
    act = measure(str(path))
    assert act.provisions[0].text == said
    assert act.summary.startswith("Applied by ")  # a brief opens its chapter on the measure with it
