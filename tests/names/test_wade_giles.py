"""Names of firms in Wade-Giles, with its apostrophes and hyphens, are read as pinyin too."""

from __future__ import annotations

import pytest

import entrepot
from entrepot.names.reading.otherwise.wade_giles import in_pinyin


@pytest.mark.parametrize(
    ("spelt", "pinyin"),
    [
        ("Chung-t'ai Hua-hsüeh", "zhongtai huaxue"),
        ("Chung-t’ai Hua-hsueh", "zhongtai huaxue"),
        ("Chungt'ai Huahsüeh", "zhongtai huaxue"),
        ("Tzu-chin", "zijin"),
        ("Ta-ch'üan", "daquan"),
        ("Ku-fen Yu-hsien Kung-ssu", "gufen youxian gongsi"),
        ("T'ien-shan Lü-yeh", "tianshan luye"),
        ("Chang-chou T'ai-p'ing Shih-yeh", "zhangzhou taiping shiye"),
        ("Chü-hsing Chu-hsing", "juxing zhuxing"),
    ],
)
def test_its_signs_make_it_as_exact_as_pinyin(spelt, pinyin):
    assert in_pinyin(spelt) == pinyin


@pytest.mark.parametrize(
    "name",
    [
        "O'Hara & Sons Ltd",
        "Jack's Trading",
        "Xi'an Longji Silicon",
        "Shan-Tung Trading",
        "L'Oréal",
        "Al-Ta'if Cement",
        "Kashgar Aodu Sugar Industry",
        "Chang Hua Electric",
    ],
)
def test_what_does_not_tell_is_left_as_it_is(name):
    assert in_pinyin(name) == ""


@pytest.mark.parametrize(
    ("spelt", "listed"),
    [
        ("Tzu-chin Mining Group Co Ltd", "Zijin Mining Group Co., Ltd."),
        ("Hsin-chiang Chung-t'ai Hua-hsueh", "Xinjiang Zhongtai Chemical Co., Ltd."),
        ("Hsinchiang Chungt'ai Huahsüeh Ku-fen Yu-hsien Kung-ssu", "新疆中泰化学股份有限公司"),
        ("T'ien-shan Lü-yeh", "Tianshan Aluminum Group Co., Ltd."),
    ],
)
def test_the_firm_is_met(spelt, listed):
    assert entrepot.similarity(spelt, listed).score >= 0.9


def test_another_firm_is_not_met():
    assert entrepot.similarity("Tzu-chin Mining Group Co Ltd", "Shandong Gold Mining Co., Ltd.").score < 0.7
