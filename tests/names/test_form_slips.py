"""A slip in a legal form, where all else of two names is the same; listed firms as a typist wrote them."""

import pytest

from entrepot.names.reading.otherwise.form_slips import with_form
from entrepot.names.search.index import Index
from entrepot.names.similarity import similarity

DEFAULT = 0.7
SLIPS = [("Confideri Pte Ldt", "CONFIDERI PTE. LTD."), ("SUNWAY TECH COO., LTD", "SUNWAY TECH CO., LTD"),
         ("Unite Resources Co., Limietd", "UNITE RESOURCES CO., LIMITED"),
         ("LIMITED LAIBILITYCOMPANY URALKRAN", "LIMITED LIABILITY COMPANY URALKRAN"),
         ("JOINT SOTCK COPMANY SALUTE", "JOINT STOCK COMPANY SALUTE"), ("Zelmira GmHb", "Zelmira GmbH"),
         ("BAILY HOLDINGS PT YLTD", "BAILY HOLDINGS PTY LTD"), ("LOGOS MARINE PTE UTD", "LOGOS MARINE PTE LTD"),
         ("Limietd Zelmira", "Zelmira Limited")]  # fmt: skip


@pytest.mark.parametrize(("written", "listed"), SLIPS)
def test_a_slip_in_the_form_hides_no_equal_name(written, listed):
    assert similarity(written, listed, "company").score >= DEFAULT
    assert similarity(listed, written, "any").score >= DEFAULT
    index = Index([listed, "Torvald Quisling Ltd"], ["company"] * 2)
    assert [h.position for h in index.search(written, least=DEFAULT)] == [0]


@pytest.mark.parametrize(
    "text",
    ["lee karl", "communist party of peru", "jsc mb bank", "saul sarv", "zelmira sng limited company",
     "zelmira limited", "gmhb", ""],
)  # fmt: skip
def test_a_word_of_ones_own_is_no_form_with_a_slip(text):
    assert with_form(text.split()) == ""


def test_it_makes_no_other_name_the_same():
    """COO may be a word of the firm's own: it is the form only where the rest is equal."""
    others = [("SUNWAY TECH COO., LTD", "SUNWAY ENERGY CO., LTD"), ("Zelmira Brodan Pte Ldt", "Zelmira Pte Ltd")]
    for written, listed in others:
        assert similarity(written, listed, "company").score < DEFAULT
