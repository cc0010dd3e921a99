"""A renamed keyword works one minor version longer, with a warning; the renames are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError
from entrepot.core.runtime.renamed import Renamed, renamed_keywords, works

CHANGE = Renamed("min_score", "least_score", since="0.2")


def taking(version):
    @renamed_keywords(CHANGE, version=version)
    def verb(parties, *, least_score=0.7):
        """Screen."""
        return parties, least_score

    return verb


@pytest.mark.parametrize("version", ["0.1.9", "0.2.0", "0.2.17"])
def test_the_old_keyword_works_with_a_warning(version):
    with pytest.warns(FutureWarning, match="min_score is now called least_score") as caught:
        assert taking(version)("p", min_score=0.9) == ("p", 0.9)
    assert caught[0].filename == __file__  # it points to who called


def test_the_new_keyword_works_without_a_word():
    verb = taking("0.2.0")
    assert verb("p", least_score=0.9) == ("p", 0.9)
    assert verb("p") == ("p", 0.7)
    assert verb.__doc__ == "Screen."


@pytest.mark.parametrize("version", ["0.3.0", "1.0.0"])
def test_one_minor_version_later_it_is_refused_with_the_new_name(version):
    with pytest.raises(BadInputError, match=r"min_score.*least_score"):
        taking(version)("p", min_score=0.9)


def test_both_names_at_once_are_refused():
    with pytest.raises(BadInputError, match="twice"):
        taking("0.2.0")("p", min_score=0.9, least_score=0.8)


@given(st.tuples(*[st.integers(0, 40)] * 3), st.tuples(*[st.integers(0, 40)] * 2))
def test_a_name_works_until_the_next_minor_version(version, since):
    change = Renamed("a", "b", ".".join(map(str, since)))
    assert works(change, ".".join(map(str, version))) == (version[:2] <= since)
