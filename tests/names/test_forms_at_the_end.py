"""Short legal forms that are words elsewhere, as vendor masters of Central Europe, Turkey and the Gulf write them."""

import pytest

from entrepot.names.reading.prepare import prepare
from entrepot.names.similarity import similarity

# Firms are invented. The form in short, and the family of what it stands for.
SHORT = [("a.s.", "as"), ("A.S.", "as"), ("a. s.", "as"), ("A.Ş.", "as"), ("AS", "as"), ("k.s.", "kg"), ("k. s.", "kg"),
         ("v.o.s.", "lp"), ("v. o. s.", "lp"), ("S.A.L.", "sa"), ("SAL", "sa"), ("d.d.", "jsc"), ("a.d.", "jsc"),
         ("s.r.o.", "llc"), ("sp. z o.o.", "llc"), ("d.o.o.", "llc"), ("Sdn Bhd", "ltd"), ("W.L.L.", "llc"),
         ("Tic. Ltd. Şti.", "ltd"), ("FZE", "fze"), ("FZCO", "fze"), ("Bt.", "llc"), ("MChJ", "llc"),
         ("komanditní společnost", "kg"), ("státní podnik", "fgup")]  # fmt: skip


@pytest.mark.parametrize(("form", "family"), SHORT)
def test_a_form_is_read_and_neither_makes_nor_stops_a_match(form, family):
    name = prepare(f"Zelmira Brodanka {form}", "company")
    assert name.forms == {family}
    assert [w.text for w in name.words] == ["zelmira", "brodanka"]
    bare = similarity("Zelmira Brodanka", "Zelmira Brodanka Ltd", "company").score
    assert similarity(f"Zelmira Brodanka {form}", "Zelmira Brodanka", "company").score >= min(0.9, bare)
    assert similarity(f"Zelmira Brodanka {form}", f"Torvald Quisling {form}", "company").score < 0.1


def test_what_is_no_form_stays_a_word():
    for text, kind in (
        ("Mohamed Sal", "any"), ("Amadou Sal", "person"), ("Sal Trading Ltd", "company"), ("AE Group", "company"),
        ("John K S Trading Ltd", "company"), ("Group AE", "company"), ("AS Watches Ltd", "company"),
    ):  # fmt: skip
        said = {w.shown for w in prepare(text, kind).words}
        assert said & {"sal", "ae", "as", "k"}, text
    assert prepare("Al Nahda SAL Trading", "company").forms == frozenset()  # a word in the middle
    assert prepare("Nahda Trading SAL", "any").forms == {"sa"}
