"""Errors: the thing, the value found, what was allowed, what to do; on one printable line."""

from hypothesis import given
from hypothesis import strategies as st

from entrepot.core import errors
from entrepot.core.errors import BadInputError, EntrepotError, UnknownNameError, UnreadableFileError


def test_the_tree_at_the_top_of_the_page_names_every_error() -> None:
    for name, thing in vars(errors).items():
        if isinstance(thing, type) and issubclass(thing, EntrepotError):
            assert name in errors.__doc__


def test_an_unknown_name_gives_the_nearest_and_the_remedy() -> None:
    message = str(UnknownNameError("measure", "uflap", ["uflpa", "cbp-wro"], remedy="See the list."))
    assert message == "unknown measure 'uflap'; did you mean uflpa? See the list."


def test_an_unreadable_file_names_line_and_column() -> None:
    message = str(UnreadableFileError("a.csv", "a quote is never closed", line=3, column=2, allowed="CSV"))
    assert message == "a.csv, line 3, column 2: a quote is never closed; expected CSV."


@given(st.text(max_size=300))
def test_any_value_found_is_shown_on_one_short_printable_line(text: str) -> None:
    message = str(BadInputError("bad", found=text))
    assert message.isprintable()
    assert len(message) < 900


def test_nearest_names_are_asked_for_and_not_expected():
    error = UnreadableFileError("s.toml", "instrument is 'tarif'", line=7, allowed="did you mean tariff", remedy="See.")
    assert str(error) == "s.toml, line 7: instrument is 'tarif'; did you mean tariff? See."
