"""Chinese names as Russian writes them, held against names whose Russian and Latin spellings are known to everyone."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.names.reading.otherwise import palladius
from entrepot.names.reading.prepare import prepare
from entrepot.names.search.index import Index
from entrepot.names.similarity import similarity

TABLE = list(
    csv.DictReader(files("entrepot.names").joinpath("data/han_palladius.csv").read_text(encoding="utf-8").splitlines())
)
VOWELS = "аеёиоуыэюя"
DEFAULT = 0.7


@pytest.mark.parametrize(
    ("russian", "latin", "chinese"),
    [
        ("Мао Цзэдун", "Mao Zedong", "毛泽东"),
        ("Дэн Сяопин", "Deng Xiaoping", "邓小平"),
        ("Си Цзиньпин", "Xi Jinping", "习近平"),
        ("Цзян Цзэминь", "Jiang Zemin", "江泽民"),
        ("Ху Цзиньтао", "Hu Jintao", "胡锦涛"),
        ("Чжоу Эньлай", "Zhou Enlai", "周恩来"),
        ("Вэнь Цзябао", "Wen Jiabao", "温家宝"),
        ("Ли Кэцян", "Li Keqiang", "李克强"),
        ("Чжан Сюэлян", "Zhang Xueliang", "张学良"),
        ("Хуа Гофэн", "Hua Guofeng", "华国锋"),
        ("Люй Бувэй", "Lü Buwei", "吕不韦"),
    ],
)
def test_statesmen_in_russian_meet_their_names(russian, latin, chinese):
    assert similarity(russian, latin, "person").score >= DEFAULT
    assert similarity(russian, chinese, "person").score >= DEFAULT


@pytest.mark.parametrize(
    ("russian", "latin"),
    [
        ("Чунцин", "chongqing"), ("Гуанчжоу", "guangzhou"), ("Шэньчжэнь", "shenzhen"), ("Ухань", "wuhan"),
        ("Тяньцзинь", "tianjin"), ("Чэнду", "chengdu"), ("Сиань", "xian"), ("Цзинань", "jinan"), ("Чанъань", "changan"),
        ("Синьцзян", "xinjiang"), ("Сычуань", "sichuan"), ("Хэйлунцзян", "heilongjiang"), ("Хуанхэ", "huanghe"),
        ("Цинхай", "qinghai"), ("Нинся", "ningxia"), ("Аньхой", "anhui"), ("Юньнань", "yunnan"),
    ],
)  # fmt: skip
def test_places_of_any_atlas_are_read_as_pinyin(russian, latin):
    assert palladius.in_pinyin(f"Цзян {russian}", "person") == f"jiang {latin}"


@given(st.lists(st.sampled_from([r for r in TABLE if r["palladius"][0] not in VOWELS]), min_size=2, max_size=4))
def test_what_the_table_spells_is_read_back(rows):
    word = "".join(r["palladius"].split(";")[0] for r in rows)
    assert palladius.in_pinyin(f"Цзян {word.title()}", "person") == "jiang " + "".join(r["pinyin"] for r in rows)


def test_every_spelling_stands_for_one_syllable():
    spellings = [s for r in TABLE for s in r["palladius"].split(";")]
    assert len(spellings) == len(set(spellings))


@pytest.mark.parametrize("name", ["Сергей Викторович Лавров", "Игорь Сечин", "Дмитрий Медведев", "Марина Ли"])
def test_russian_names_have_no_further_reading(name):
    assert prepare(name, "person").further is None
    assert prepare(name, "company").further is None


@pytest.mark.shared
def test_few_russian_names_have_one(shared):
    with (shared / "data/names/cross_script_pairs.csv").open(encoding="utf-8", newline="") as file:
        names = [r["original"] for r in csv.DictReader(file) if (r["script"], r["schema"]) == ("cyrillic", "Person")]
    assert not any(palladius.in_pinyin(name, "person") for name in names)
    assert sum(bool(palladius.in_pinyin(name, "any")) for name in names) < len(names) / 100


@given(st.text(alphabet="абвгдежзийклмнопрстуфхцчшщъыьэюяё -", max_size=20))
def test_any_cyrillic_text_is_accepted(text):
    assert prepare(text, "any").kind == "any"
    assert similarity(text, text, "company").score in {0.0, 1.0}


def test_the_search_finds_what_the_comparison_does():
    listed = ["Xinjiang Zhongtai Group Co., Ltd.", "Li Xiaoping", "新疆中泰集团", "Chelyabinsk Pipe Plant"]
    kinds = ["company", "person", "company", "company"]
    index = Index(listed, kinds)
    hits = index.search("Синьцзян Чжунтай Групп", least=DEFAULT)
    assert {h.position for h in hits} == {0, 2}
    for hit in hits:
        assert hit.similarity == similarity("Синьцзян Чжунтай Групп", listed[hit.position], "company")
    assert [h.position for h in index.search("Ли Сяопин", least=DEFAULT)] == [1]


def test_the_reasons_say_which_reading_met():
    said = similarity("Чжунтай", "Zhongtai", "company").reasons
    assert any("Palladius" in reason for reason in said)


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("СИНЬЦЗЯН ЧЖУНТАЙ КЕМИКАЛ КО., ЛТД.", "Xinjiang Zhongtai Chemical Co., Ltd."),
        ("Аксу Хуафу Текстайлз Ко Лтд", "Aksu Huafu Textiles Co., Ltd."),
        ("Чанцзи Эсквел Текстайл Ко Лимитед", "Changji Esquel Textile Co., Ltd."),
        ("Синьцзян Дако Нью Энерджи Ко Лтд", "Xinjiang Daqo New Energy Co., Ltd."),
        ("Хэтянь Таида Апарел Ко Лтд", "Hetian Taida Apparel Co., Ltd."),
    ],
)
def test_english_words_of_a_chinese_firm_in_cyrillic_are_met_as_declarations_have_them(written, listed):
    assert similarity(written, listed, "company").score >= DEFAULT


@pytest.mark.parametrize(
    ("written", "listed"),
    [
        ("Нинбо Чжунтай Трейд Ко Лтд", "Xinjiang Zhongtai Chemical Co., Ltd."),
        ("Синьцзян Цзунхэн Карбон Ко Лтд", "Xinjiang Zhongtai Chemical Co., Ltd."),
        ("ООО Кемикал Трейд", "Xinjiang Zhongtai Chemical Co., Ltd."),
        ("ООО Нью Энерджи Текнолоджи", "Xinjiang Daqo New Energy Co., Ltd."),
        ("ТОО Стил Индастри Груп", "Xinjiang Nonferrous Metal Industry Group Co., Ltd."),
    ],
)
def test_such_words_alone_meet_nobody(written, listed):
    assert similarity(written, listed, "company").score < DEFAULT / 2
