"""A day in a TOML file that is none is told as what it is, with its line and what may stand there."""

from __future__ import annotations

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.core.toml_block import toml_of
from entrepot.desk.simulate import simulate
from entrepot.measures.measure import measure

MEASURE = 'title = "Ban"\nwho = "EU"\nwhom = ["RUS"]\ngoods = ["7102"]\nfrom = {day}  # first day\nsource = "OJ"\n'


@pytest.mark.parametrize("day", ["2025-02-30", "2023-02-29", "2025-13-01", "2025-2-3", "06.08.2025", "2025/08/06"])
def test_a_measure_whose_day_is_not_in_the_calendar_says_which_and_what_to_write(day, tmp_path):
    file = tmp_path / "ban.toml"
    file.write_text(MEASURE.format(day=day), encoding="utf-8")
    with pytest.raises(UnreadableFileError) as told:
        measure(str(file))
    assert (told.value.line, told.value.key) == (5, "from")
    assert f"from is {day}, which is no day" in str(told.value)
    assert "2024-11-05" in told.value.allowed
    assert "docs/measures.md" in str(told.value)


def test_a_scenario_says_the_same(tmp_path):
    file = tmp_path / "x.toml"
    file.write_text('title = "x"\nfrom = 2027-02-30\n', encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="line 2: from is 2027-02-30, which is no day"):
        simulate(file, store=tmp_path / "store")


@pytest.mark.parametrize("text", ["a = ", "a = [", "a = 1.2.3.4", "= 2025-02-30", "a = 2025-02-28T25:00"])
def test_what_is_not_meant_as_a_day_is_told_as_the_parser_tells_it(text):
    with pytest.raises(UnreadableFileError, match="is no TOML"):
        toml_of(text, "f.toml")


def test_the_example_of_a_day_and_of_a_month_can_be_read_as_they_are_printed():
    assert toml_of('a = 2024-11-05\nb = "2024-11"', "f.toml")["b"] == "2024-11"


@pytest.mark.parametrize("written", ["'20%'", "'a fifth'", "[20]"])
def test_where_any_number_may_stand_a_whole_one_is_not_asked_for(written, tmp_path):
    file = tmp_path / "x.toml"
    act = f"[[act]]\nby = ['USA']\non = ['CHN']\ninstrument = 'tariff'\npercent = {written}\n"
    file.write_text(f"title = 'x'\nfrom = 2027-01-01\n{act}", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match=r"percent is .*; expected a number"):
        simulate(file, draws=0)
