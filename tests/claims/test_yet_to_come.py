"""A day without its year is of the time that its verb says, and a row of an act is of no other act's day or office."""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

# What the text says of a month or day without a year, and the year that is meant; published on 22 April 2025.
MEANT = [
    ("Starting in June, the US will enforce new tariffs on solar panels.", "June", 2025),
    ("The tariffs will take effect in June.", "June", 2025),
    ("The duties will start on June 9.", "June 9", 2025),
    ("The tariffs took effect in June.", "June", 2024),
    ("The ban will end what was announced in June.", "June", 2024),
    ("In June, the Commission proposed a law that will ban imports.", "June", 2024),
    ("Trade through Khorgos rose in June and will rise further.", "June", 2024),
    ("新关税将于6月生效，适用于光伏产品。", "6月", 2025),
    ("新关税于去年宣布，6月生效。", "6月", 2024),
    ("Новые пошлины вступят в силу в июне.", "июне", 2025),
    ("Новые пошлины вступили в силу в июне.", "июне", 2024),
    # Who speaks or acts on the day, beside what is to come.
    ("In June, the Commission told firms it will propose a law.", "June", 2024),
    ("Trade will grow further, officials said in June.", "June", 2024),
    ("The tariff will replace the law that took effect in June.", "June", 2024),
    ("Exports will reach 10 billion dollars, up from 8 billion in June.", "June", 2024),
    ("In June Volkswagen sold its plant and will leave Xinjiang.", "June", 2024),
    ("Trade is expected to rise after the deal in June.", "June", 2024),
    ("The plant was planned to open in June.", "June", 2024),
    ("From June, exporters of graphite will need permits.", "June", 2025),
    ("В июне министерство сообщило, что пошлины вступят в силу.", "июне", 2024),
    ("Пошлины вступят в силу, сообщили в июне в министерстве.", "июне", 2024),
    ("6月，商务部表示将于年底实施管制。", "6月", 2024),
]

# The day of publication, a figure or date of the text, the right sentence and the wrong one.
TWINS = {
    "a tranche of another day": (
        "2023-04-13",
        "28",
        "On 7 October 2019 the BIS added 28 entities to the Entity List.",
        "On 12 April 2023 the Bureau of Industry and Security issued a rule that added 28 entities to the Entity List.",
    ),
    "a list of another year": (
        "2023-04-13",
        "28",
        "The BIS added 28 entities to the Entity List in October 2019.",
        "The full list of all 28 entities that the BIS added to the Entity List is available here.",
    ),
    "another's parliament": (
        "2022-07-14",
        "上月",
        "美国《维吾尔强迫劳动预防法》对新疆产品的进口禁令于上月生效。",
        "步美国《维吾尔强迫劳动预防法》之后，欧洲议会于上月通过决议，要求禁止进口新疆产品。",
    ),
    "from a year that a rate is counted from": (
        "2026-01-20",
        "12%",
        "В 2025 году объем торговли Китая и стран Центральной Азии увеличился на 12% по сравнению с 2024 годом.",
        "В 2024 году объем торговли Китая и стран Центральной Азии увеличился на 12% по сравнению с 2023 годом.",
    ),
    "growth by another word": (
        "2026-01-20",
        "12%",
        "據海關統計，2025年中國與中亞五國貨物貿易進出口同比成長12%。",
        "據海關統計，2024年中國與中亞五國貨物貿易進出口同比成長12%。",
    ),
    "the day from which a ban is suspended": (
        "2025-11-12",
        "9 November 2025",
        "On 9 November 2025 China suspended its ban on exports of gallium and germanium to the United States.",
        "On 9 November 2025 China imposed its licence for exports of gallium and germanium.",
    ),
}


@pytest.mark.parametrize(("sentence", "printed", "year"), MEANT, ids=[s for s, *_ in MEANT])
def test_a_day_without_its_year_is_of_the_time_that_is_told(tmp_path, sentence, printed, year):
    path = tmp_path / "report.txt"
    path.write_text(sentence, encoding="utf-8")
    claims = [c for c in check(path, published="2025-04-22").found if c.text.startswith(printed)]
    assert [c.period_start[:4] for c in claims] == [str(year)]


@pytest.mark.parametrize("twin", TWINS)
def test_the_right_one_agrees_and_its_twin_does_not(tmp_path, twin):
    published, printed, right, wrong = TWINS[twin]
    said = []
    for at, text in enumerate((right, wrong)):
        path = tmp_path / f"{at}.txt"
        path.write_text(text, encoding="utf-8")
        said.append({c.verdict for c in check(path, published=published).found if c.text.startswith(printed)})
    assert "agrees" in said[0]
    assert not said[1] & {"agrees", "agrees_within_rounding", "consistent"}


def _verdicts(tmp_path, published, text):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    return {c.text: (c.verdict, c.period_start) for c in check(path, published=published).found}


def test_a_day_of_last_year_is_not_the_one_to_come(tmp_path):
    said = _verdicts(tmp_path, "2025-11-09", "中国商务部去年12月3日发布公告，禁止镓、锗对美国出口。")
    assert said["去年12月3日"][1] == "2024-12-03"


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("2020-09-08", "据《纽约时报》9月7日报道，美国正在考虑禁止进口新疆棉花。"),
        ("2025-11-17", "The Affiliates Rule was suspended, two experts said Nov. 13 during a webinar."),
    ],
)
def test_a_day_on_which_somebody_only_spoke_differs_from_none(tmp_path, published, text):
    assert not {v for v, _ in _verdicts(tmp_path, published, text).values()} & {"differs", "contradicts"}


def test_an_office_is_not_the_one_law_that_the_record_has_of_it(tmp_path):
    text = (
        "President Biden issued an executive order on December 22, 2023 that gives OFAC authority over banks in Russia."
    )
    said = _verdicts(tmp_path, "2023-12-28", text)
    assert said["December 22, 2023"][0] == "no_record"


def test_containers_of_twenty_feet_are_counted_as_such(tmp_path):
    text = "Грузопоток по ТМТМ в 2024 году включал 56,5 тыс. контейнеров в 20-футовом эквиваленте."
    (said,) = (v for t, (v, _) in _verdicts(tmp_path, "2025-12-11", text).items() if t.startswith("56,5"))
    assert said in {"agrees", "agrees_within_rounding"}


TO_COME = [
    ("The pass is set to reopen on Monday for all traffic.", "on Monday", "2023-04-03"),
    ("The pass reopened on Monday.", "on Monday", "2023-03-27"),
    ("On Thursday, China said it will impose export controls on graphite.", "On Thursday", "2023-03-30"),
    ("On Thursday the ministry confirmed that it would and will reopen the pass.", "On Thursday", "2023-03-30"),
    ("China will impose restrictions on selected graphite products from December.", "December", "2023-12-01"),
    ("From December, the world's leading graphite exporter will require permits.", "December", "2023-12-01"),
    ("In June, the US imposed tariffs that it will review.", "June", "2022-06-01"),
]


@pytest.mark.parametrize(("sentence", "printed", "begins"), TO_COME, ids=[s for s, *_ in TO_COME])
def test_what_is_set_to_happen_is_of_the_next_such_day(tmp_path, sentence, printed, begins):
    said = _verdicts(tmp_path, "2023-04-01", sentence)
    assert [first for text, (_, first) in said.items() if text.startswith(printed)] == [begins]


@pytest.mark.parametrize(
    ("published", "printed", "text"),
    [
        (
            "2021-01-14",
            "December",
            "In December, Congress passed the Uyghur Forced Labor Prevention Act on goods made in Xinjiang.",
        ),
        ("2020-01-10", "12 months", "Hikvision has been talking with officials of BIS over the past 12 months."),
        ("2024-12-10", "8", "Of the terrorist attacks in Pakistan since 2021, 8 occurred in Sindh."),
        (
            "2024-12-12",
            "25 percent",
            "The Section 301 rates for polysilicon will rise to 50 percent and those for tungsten to 25 percent.",
        ),
        (
            "2025-06-18",
            "on Wednesday",
            "According to Astana Times on Wednesday, trade of China and Kazakhstan has grown.",
        ),
    ],
)
def test_a_row_of_something_else_does_not_agree(tmp_path, published, printed, text):
    said = [v for t, (v, _) in _verdicts(tmp_path, published, text).items() if t.startswith(printed)]
    assert not {"agrees", "agrees_within_rounding", "consistent"} & set(said)


def test_a_duty_of_exporters_does_not_contradict_a_control_of_exports(tmp_path):
    text = "Article 12g of Council Regulation (EU) No 833/2014 obliges European exporters to bar re-export to Russia."
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    assert "contradicts" not in {c.verdict for c in check(path, published="2024-03-15").found}


def test_a_weekday_from_which_is_not_that_of_the_day_until_which(tmp_path):
    text = "China's suspension of its ban on exports of antimony to the US takes effect from Sunday until Nov 27, 2026."
    said = _verdicts(tmp_path, "2025-11-09", text)
    assert said["Nov 27, 2026"][0] == "agrees"


def test_what_became_of_persons_is_said_by_their_own_word(tmp_path):
    text = "The Dasu bus blast of 14 July 2021 killed 13 people, nine Chinese and four Pakistanis, injuring 28 others."
    (said,) = (v for t, (v, _) in _verdicts(tmp_path, "2024-01-10", text).items() if t.startswith("four"))
    assert said != "differs"


def test_the_time_that_a_law_held_is_met_as_a_whole_alone(tmp_path):
    text = "The suspension of the BIS Affiliates Rule is in effect from November 10, 2025 through {}."
    said = [_verdicts(tmp_path, "2025-11-20", text.format(day)) for day in ("November 9, 2026", "December 9, 2026")]
    assert ["agrees" in {v for v, _ in found.values()} for found in said] == [True, False]
