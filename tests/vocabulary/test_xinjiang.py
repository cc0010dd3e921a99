"""The places of Xinjiang and the credit code, against division codes and the algorithm of the standard."""

from __future__ import annotations

import csv
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.vocabulary.credit_code import ALPHABET, check_character, credit_code
from entrepot.vocabulary.regions import country_cell
from entrepot.vocabulary.regions.find_place import find_place
from entrepot.vocabulary.regions.identifier_digits import place_by_digits
from entrepot.vocabulary.regions.region_files import region

XINJIANG = region("xinjiang")
find_xinjiang = partial(find_place, XINJIANG)


def places():
    return XINJIANG.places.values()


def where(country):
    return country_cell.where(country, XINJIANG)


def division_of(code):
    """The place that a credit code names; None where it is of another province or not right."""
    return place_by_digits(XINJIANG, XINJIANG.identifiers[0], code.code)


# Composed here: six digits of the division, an invented organisation code, and the check of GB 32100-2015 below.
DIVISIONS = {"urumqi": "650100", "hotan": "653201", "beijing": "110000"}


def by_the_standard(first: str) -> str:
    """GB 32100-2015, 4.2 in its own words: C18 = 31 - mod(sum Ci * 3**(i-1), 31), read as 0 where it is 31."""
    total = 0
    for place, char in enumerate(first, 1):
        total += ALPHABET.index(char) * 3 ** (place - 1) % 31
    rest = 31 - total % 31
    return ALPHABET[0 if rest == 31 else rest]


def code(division: str) -> str:
    first = f"91{division}MA7ABCDE1"
    return first + by_the_standard(first)


@pytest.mark.parametrize(
    ("text", "country", "place", "strength"),
    [
        ("No. 5 Renmin Road, Urumqi, Xinjiang", "", "650100", "certain"),
        ("新疆乌鲁木齐市高新区", "", "650100", "certain"),
        ("Wulumuqi City", "CN", "650100", "certain"),
        ("ÜRÜMQI", "", "650100", "certain"),
        ("U\u200brum\u202eqi", "", "650100", "certain"),
        ("г. Урумчи, КНР", "", "650100", "certain"),
        ("喀什地区疏勒县", "", "653122", "certain"),
        ("Kashi, Xinjiang", "", "653100", "certain"),
        ("Karakax County, Hotan Prefecture", "", "653222", "certain"),
        ("XPCC 8th Division", "", "xpcc-8", "certain"),
        ("兵团第八师石河子市", "", "659001", "certain"),
        ("乌鲁木齐市新疆路8号", "", "650100", "certain"),
        ("Aksu Industrial Zone", "CN", "652900", "certain"),
        ("843000 Aksu", "", "652900", "certain"),
        ("Changji, China", "", "652300", "certain"),
        ("Yanqi", "CN", "652826", "possible"),
        ("Aksu", "", "652900", "possible"),
        ("Khorgos", "", "654004", "possible"),
        ("北京市海淀区新疆大厦", "", "650000", "possible"),
        ("Urumqi Grill, London", "GB", "650100", "possible"),
    ],
)
def test_places_are_found_and_graded(text, country, place, strength):
    found = find_xinjiang(text, country=country)
    assert found is not None
    assert (found.place.place_id, found.strength) == (place, strength)
    assert text[found.start : found.end] == found.found


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Chicago, Illinois", ""),
        ("Militia Street 4, Sofia", ""),
        ("Aksu, Antalya, Turkey", ""),
        ("Aksu, Antalya", "TR"),
        ("Hami melon importers, Dubai", ""),
        ("哈密瓜批发", ""),
        ("和田玉专卖", ""),
        ("Beijing Xinjiang Road 3", ""),
        ("青岛市新疆路12号", ""),
        ("上海市乌鲁木齐中路12号", ""),
        ("500 Urumqi Middle Road, Shanghai", "CN"),
        ("Kashi Vishwanath, Varanasi, India", ""),
        ("Yutian County, Tangshan, Hebei, China", ""),
        ("Inner Mongolia Yili Industrial Group, Hohhot", "CN"),
        ("Khorgos, Kazakhstan", ""),
        ("Changji Road, Shanghai", ""),
        ("Tianshan Road 88, Shanghai", "CN"),
        ("", ""),
        ("\x00" * 50, ""),
    ],
)
def test_other_places_streets_and_goods_are_not_taken_for_xinjiang(text, country):
    assert find_xinjiang(text, country=country) is None


def test_every_place_has_its_parent_and_counts_agree_with_the_administrative_division():
    by_id = {p.place_id: p for p in places()}
    assert len(by_id) == len(places())
    assert all(p.parent in by_id for p in places() if p.kind != "region")
    kinds = [p.kind for p in places()]
    # The region has 4 prefecture-level cities, 5 autonomous prefectures and 5 prefectures; the Corps 14 divisions
    # and, since Baiyang in 2023, 12 cities.
    assert kinds.count("prefecture_city") == 4
    assert kinds.count("prefecture") == 10
    assert kinds.count("xpcc_division") == 14
    assert kinds.count("xpcc_city") == 12


# Invented house numbers and streets; each place is written as its own administration writes it.
@pytest.mark.parametrize(
    ("address", "place", "found"),
    [
        ("新疆维吾尔自治区喀什地区莎车县工业园区纬三路8号", "zone-shache-industrial-park", "莎车县工业园"),
        ("新疆和田地区洛浦县杭桂路12号 848200", "653224", "洛浦县"),
        ("克拉玛依市克拉玛依区迎宾路66号", "650203", "克拉玛依区"),
        ("新疆和田地区和安县红柳镇", "county-hean", "和安县"),
        ("No. 12 Hanggui Road, Luopu County, Hetian Prefecture, Xinjiang 848200, China", "653224", "Luopu County"),
        ("Shache Xian, Kashi Diqu, Xinjiang", "653125", "Shache Xian"),
        ("Yopurga County, Kashgar", "653128", "Yopurga County"),
        ("قەشقەر ۋىلايىتى يەكەن ناھىيىسى 8-قورۇ", "653125", "يەكەن ناھىيىسى"),
        ("خوتەن ۋىلايىتى لوپ ناھىيىسى", "653224", "لوپ ناھىيىسى"),
        ("شىنجاڭ، غۇلجا شەھىرى", "654002", "غۇلجا شەھىرى"),
        ("КНР, Синьцзян, г. Хотан, ул. Нурлук, 5", "653200", "Хотан"),
    ],
)
def test_addresses_in_four_scripts_are_placed_and_the_words_shown(address, place, found):
    evidence = find_xinjiang(address)
    assert evidence is not None
    assert (evidence.place.place_id, evidence.found) == (place, found)
    assert address[evidence.start : evidence.end] == found


def test_every_county_and_city_has_a_name_in_chinese_and_in_latin_letters():
    for place in places():
        if place.kind in {"county", "county_city", "prefecture", "prefecture_city", "xpcc_city"}:
            for name in (place.name, place.name_local):
                evidence = find_xinjiang(name, country="CN")
                assert evidence is not None, name


@pytest.mark.shared
def test_every_unlocode_place_of_subdivision_65_is_found(shared):
    with (shared / "data/reference/unlocode_subset_locode_pkg.csv").open(encoding="utf-8") as file:
        rows = [r for r in csv.reader(file) if r[:2] == ["CN", "65"]]
    assert len(rows) > 3
    for row in rows:
        assert find_xinjiang(row[2], country="CN") is not None, row


@given(st.text(max_size=200), st.text(max_size=10))
def test_any_text_is_accepted_and_the_span_is_true(text, country):
    found = find_xinjiang(text, country=country)
    if found is not None:
        assert text[found.start : found.end] == found.found


def test_a_long_text_is_read_in_part_and_quickly():
    assert find_xinjiang("a " * 500_000 + "Urumqi") is None


def test_a_code_of_the_region_is_read_and_one_of_beijing_is_not():
    assert division_of(credit_code(f"USCC {code(DIVISIONS['urumqi'])}")).place_id == "650100"
    assert credit_code(code(DIVISIONS["hotan"])).region == "653201"
    assert division_of(credit_code(code(DIVISIONS["beijing"]))) is None


def test_a_wrong_check_character_is_named_and_the_code_is_not_of_the_region():
    right = code(DIVISIONS["urumqi"])
    wrong = right[:-1] + next(c for c in ALPHABET if c != right[-1])
    found = credit_code(wrong)
    assert not found.valid
    assert division_of(found) is None
    assert found.expected == right[-1]


def test_spaces_and_hyphens_inside_a_code_and_small_letters_are_passed_over():
    right = code(DIVISIONS["urumqi"])
    for written in (f"{right[:4]} {right[4:10]}-{right[10:]}".lower(), f"税号:{right}", f"{right};"):
        assert credit_code(written).code == right


@given(st.text(alphabet=ALPHABET, min_size=17, max_size=17))
def test_the_check_character_is_the_standards(first):
    assert check_character(first) == by_the_standard(first)


@given(st.text(alphabet=ALPHABET, min_size=9, max_size=9), st.integers(0, 16), st.sampled_from(ALPHABET))
def test_one_changed_character_is_always_noticed(organisation, place, char):
    first = f"91650100{organisation}"
    changed = first[:place] + char + first[place + 1 :]
    if changed != first:
        assert check_character(changed) != check_character(first)


def test_a_personal_number_is_not_a_code():
    # Invented: division 650100, 1900-01-01, sequence 001, with the check character of ISO 7064 MOD 11-2.
    first = "65010019000101001"
    weights = [2**e % 11 for e in range(17, 0, -1)]
    check = (12 - sum(int(c) * w for c, w in zip(first, weights, strict=True)) % 11) % 11
    assert credit_code(first + "0123456789X"[check]) is None


@given(st.text(max_size=100))
def test_credit_code_accepts_any_text(text):
    credit_code(text)


@pytest.mark.parametrize(
    ("address", "strength"),
    [
        ("Beijing Industrial Park, Hotan, Xinjiang", "certain"),
        ("Beijing Industrial Park, Hotan, Xinjiang Uyghur Autonomous Region, 848000, P.R. China", "certain"),
        ("新疆和田市北京工业园区", "certain"),
        ("Office of Hotan Prefecture, Chaoyang District, Beijing", "possible"),
        ("北京市朝阳区新疆办事处", "possible"),
    ],
)
def test_the_province_that_an_address_ends_in_outweighs_the_name_of_a_park(address, strength):
    found = find_xinjiang(address, country="China")
    assert found is not None
    assert found.strength == strength


# Names of China as its neighbours and buyers write them; each beside a name that Aksu of Turkey has too.
@pytest.mark.parametrize(
    "china",
    [
        "КНР",
        "Қытай",
        "Кытай",
        "Xitoy",
        "Çin",
        "الصين",
        "چین",
        "Kina",
        "Chine",
        "Cina",
        "Chiny",
        "P.R. China",
        "PRC",
        "中國",
    ],
)
def test_china_is_understood_in_many_languages(china):
    assert where(china) == "home"
    certain = find_xinjiang("Aksu", country=china)
    assert certain is not None
    assert certain.strength == "certain"


@pytest.mark.parametrize("country", ["n/a", "-", "unknown", "NA", "?", "tbd"])
@pytest.mark.parametrize("text", ["Urumqi", "新疆织物厂", "Aksu", "843000 Aksu"])
def test_a_country_that_is_not_understood_counts_as_not_given(text, country):
    assert where(country) == ""
    assert find_xinjiang(text, country=country) == find_xinjiang(text)


@pytest.mark.parametrize("country", ["TR", "Türkiye", "Казахстан", "Қазақстан", "Allemagne", "Италия", "Kazachstan"])
def test_another_country_lowers_the_flag_in_many_languages(country):
    assert find_xinjiang("Aksu", country=country) is None
    found = find_xinjiang("Urumqi Grill", country=country)
    assert found is not None
    assert (found.strength, "the country given is not China" in found.reason) == ("possible", True)


# As administrations and encyclopaedias of the neighbours write them; each beside what else bears a like name.
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Urumçi", "650100"),
        ("Kaşgar, Çin", "653100"),
        ("Sincan Uygur Özerk Bölgesi", "650000"),
        ("أورومتشي، الصين", "650100"),
        ("شينجيانغ", "650000"),
        ("كاشغر", "653100"),
        ("Үрімжі қаласы", "650100"),
        ("Қашқар, Қытай", "653100"),
        ("Үрүмчү шаары", "650100"),
        ("Qashqar shahri", "653100"),
        ("ارومچی، چین", "650100"),
        ("سین‌کیانگ", "650000"),
    ],
)
def test_places_are_found_in_the_languages_of_the_neighbours(text, place):
    found = find_xinjiang(text)
    assert found is not None
    assert (found.place.place_id, found.strength) == (place, "certain")
    assert text[found.start : found.end] == found.found


@pytest.mark.parametrize(
    ("text", "country"), [("Sincan, Ankara", "TR"), ("Кызыл-Суу, Ысык-Көл", "KG"), ("Sincan, Ankara, Turkey", "")]
)
def test_places_of_the_neighbours_that_bear_the_name_are_not_taken_for_it(text, country):
    assert find_xinjiang(text, country=country) is None


@pytest.mark.parametrize(
    ("text", "country", "place", "strength"),
    [
        ("Hsin-chiang, China", "", "650000", "certain"),
        ("Hsinchiang 830000", "", "650000", "certain"),
        ("Wu-lu-mu-ch'i, Hsin-chiang", "", "650100", "certain"),
        ("12 Mill Road, WU-LU-MU-CH’I", "", "650100", "certain"),
        ("K'a-shih, Hsin Chiang", "", "653101", "certain"),
        ("Ho-t'ien", "CN", "653201", "certain"),
        ("Shih-ho-tzu", "", "659001", "certain"),
        ("T'u-lu-fan", "", "650400", "certain"),
        ("Hsin-chiang Works", "", "650000", "possible"),  # 新江 and 信強 are written so too
    ],
)
def test_places_are_found_in_the_spelling_of_wade_and_giles(text, country, place, strength):
    found = find_xinjiang(text, country=country)
    assert found is not None
    assert (found.place.place_id, found.strength) == (place, strength)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Hsin Chiang Industrial Zone, Taipei", "TW"),
        ("Hsin Chiang Building, Kaohsiung, Taiwan", ""),
        ("Hsinchiang Road 7, Shanghai", "CN"),
        ("Hsinchu, Taiwan", ""),
        ("Ho Tien 5, Hanoi", "VN"),
    ],
)
def test_places_elsewhere_that_are_written_alike_are_not_taken_for_it(text, country):
    assert find_xinjiang(text, country=country) is None
