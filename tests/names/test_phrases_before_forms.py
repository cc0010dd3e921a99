"""A phrase of trade leaves the legal form behind it whole: Aksu Holding Company Limited is Aksu Holding Co., Ltd."""

import pytest

from entrepot.names.reading.prepare import prepare
from entrepot.names.search.index import Index
from entrepot.names.similarity import similarity

DEFAULT = 0.7
SURE = 0.95  # one name in two spellings of its form; a firm of a like name stays far below
PAIRS = [
    ("Zelmira Holding Company Limited", "Zelmira Holding Co., Ltd."),
    ("Zelmira Trading Company Ltd", "Zelmira Trading Co., Ltd."),
    ("ZELMIRA INSURANCE COMPANY LIMITED", "Zelmira Insurance Ltd"),
    ("Zelmira Group Company Limited", "Zelmira Group Co., Ltd."),
    ("Zelmira Cotton and Linen Company Limited", "Zelmira Cotton and Linen Co., Ltd."),
    ("Xinjiang Junggar Cotton and Linen Company", "Xinjiang Junggar Cotton and Linen Co., Ltd."),
]


@pytest.mark.parametrize(("asked", "listed"), PAIRS)
def test_a_form_in_full_is_the_form_in_short(asked, listed):
    assert similarity(asked, listed, "company").score >= SURE
    assert Index([listed], ["company"]).search(asked, least=DEFAULT)


@pytest.mark.parametrize("trade", ["Trading", "Holding", "Insurance", "Group"])
def test_the_form_is_read_whole(trade):
    full, short = (prepare(f"Zelmira {trade} {form}", "company") for form in ("Company Limited", "Co., Ltd."))
    assert full.forms == short.forms == {"ltd"}
    assert [w.text for w in full.words] == [w.text for w in short.words]


def test_a_trade_and_a_form_are_no_name():
    assert similarity("Zelmira Trading Company Limited", "Kestrel Trading Co., Ltd.", "company").score < DEFAULT
    assert similarity("Zelmira Holding Company Limited", "Kestrel Holding Co., Ltd.", "company").score < DEFAULT
    assert prepare("Zelmira Trading Company", "company").words[-1].text == "trade"
