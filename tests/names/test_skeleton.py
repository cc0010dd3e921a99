"""The consonants of a word, against the rules that say what they are, applied one after the other."""

from __future__ import annotations

import re
import subprocess
import sys

from hypothesis import example, given
from hypothesis import strategies as st

from entrepot.names.reading.keys import skeleton

# Sounds that Arabic letters and their romanisations (BGN, French, Persian, Egyptian) do not tell apart, in this order.
RULES = (
    (r"sch|sh|ch|tch", "s"),
    (r"kh", "h"),
    (r"gh|q|g|c", "k"),
    (r"th", "s"),
    (r"ph", "f"),
    (r"dh|zh|z", "d"),
    (r"x", "ks"),
    (r"p", "b"),
    (r"[aeiouywv]", ""),
    (r"h$", ""),
    (r"(.)\1+", r"\1"),
    (r"^bdl(?=..)", "bd"),
)


def by_rules(word: str) -> str:
    for pattern, to in RULES:
        word = re.sub(pattern, to, word)
    return word


@given(st.text(st.sampled_from("hkgscztdpqxbla1yh"), max_size=14))
@example("abdelkader")
@example("tchekhov")
@example("zdhzhh")
@example("ghhg")
def test_the_consonants_are_those_of_the_rules(word: str) -> None:
    assert skeleton(word) == by_rules(word)


def test_an_index_is_made_and_searched_without_pandas() -> None:
    code = (
        "import sys; from entrepot.names.search.index import Index\n"
        "index = Index(['Harbour Lantern Trading', 'Юрий Мостов'], ['company', 'person'])\n"
        "print(len(index.search('Harbor Lantern Trading', least=.5)), 'pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "False"]
