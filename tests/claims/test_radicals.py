"""Radicals of Chinese characters, as fonts of PDFs give them, are read as the characters that they stand for."""

import unicodedata
from datetime import date

import pytest

from entrepot.claims.formats import pdf
from entrepot.claims.formats.radicals import as_characters
from entrepot.claims.open import of_bytes

SAID = "霍尔果斯口岸2024年11⽉23⽇前通⾏班列8列⻋，⼈次3962。"


def test_a_pdf_has_characters_and_says_how_many_were_radicals(monkeypatch):
    answer = {"metadata": {}, "pages": [SAID], "layouts": [SAID], "marks": 0}
    monkeypatch.setattr(pdf, "_child", lambda *_: answer)
    report = of_bytes(b"%PDF-1.4", "report.pdf", published=date(2025, 1, 1))
    assert report.text == "霍尔果斯口岸2024年11月23日前通行班列8列车，人次3962。"
    assert [n for n in report.notes if n.startswith("5 radicals")]


def test_kangxi_radicals_are_those_of_unicode():
    kangxi = "".join(map(chr, range(0x2F00, 0x2FD6)))
    assert as_characters(kangxi) == (unicodedata.normalize("NFKC", kangxi), len(kangxi))


@pytest.mark.parametrize(
    ("radical", "character"), [("⻓", "长"), ("⻋", "车"), ("⺠", "民"), ("⺟", "母"), ("⻳", "龟")]
)
def test_those_of_the_supplement_are_by_their_table(radical, character):
    assert as_characters(radical) == (character, 1)
    assert as_characters(character) == (character, 0)
