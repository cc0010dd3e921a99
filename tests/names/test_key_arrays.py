"""Keys cut out of all names at once against those of each name alone, numbered as they come."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from entrepot.names.reading import keys
from entrepot.names.search.keyed.key_arrays import GatheredKeys
from entrepot.names.search.keyed.postings import build
from entrepot.names.search.streamed_reading import read

# Short and long, with a word twice, without vowels, in four scripts; a place with a mark, of which a group of letters
# may be the text of another key ("-te" of High-tech, and the consonants t and e of another word); nothing at all.
WRITTEN = ["Xi", "Xi Li", "Ng", "A", "Bababa Baba", "Acme Trading Co Ltd", "Rifcorporation Steel", "Krdstn Hldng Grp",
           "محمد علي", "Иван Петров", "新疆大全新能源", "Urumqi High-tech Industrial Development Zone", "Kunes County",
           "Künes County Tshte", "Te Ch", "...", "", "12 34th", "Abd al-Qadir", "ОсОО Ромашка"]  # fmt: skip
NAMES = st.lists(st.tuples(st.sampled_from(WRITTEN) | st.text(max_size=12), st.sampled_from(["any", "person"])))


def one_by_one(names):
    """What a query looks by, marked as a listed name is found by it."""
    for name in names:
        own, others = keys.keys_asked(name)
        if name.vowels:
            yield own, ["~" + k[1:] for k in others]
        else:
            yield ["_" + k[1:] for k in own], own


@given(given_=NAMES)
def test_keys_of_all_names_at_once_are_those_of_each_name(given_):
    names = [read(text, kind) for text, kind in given_]
    gathered = GatheredKeys()
    said = [gathered.add(name) for name in names]
    assert said == [(keys.bones(name), name.vowels) for name in names]
    made, expected = gathered.made(), build(one_by_one(names))
    assert list(made.keys.items()) == list(expected.keys.items())
    assert made.names == expected.names
    for column in ("starts", "columns", "values"):
        found, right = getattr(made, column), getattr(expected, column)
        assert found.dtype == right.dtype
        assert np.array_equal(found, right)
