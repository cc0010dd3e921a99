"""Each rule that relates a figure or a date to rows of the record, by a sentence that it is right about."""

from __future__ import annotations

import pytest

from entrepot.claims.evidence import relation
from entrepot.desk.check import check

EXAMPLES = {
    "same_and_equal": ("In fiscal year 2023 CBP stopped 4,016 shipments under the UFLPA.", "agrees"),
    "derivable": ("Cargo at Khunjerab was 45,370 tonnes in January to November 2018.", "consistent"),
    "of_the_country": ("In 2025 China harvested 6.165 million tonnes of cotton, most of it in Xinjiang.", "differs"),
    "other_scale": ("In fiscal year 2023 CBP stopped 40,160 shipments under the UFLPA.", "contradicts"),
    "elsewhere": ("In fiscal year 2024 CBP stopped 4,016 shipments under the UFLPA.", "differs"),
    "of_other_persons": ("Two Chinese were wounded in a bombing near Karachi airport on 6 October 2024.", "differs"),
    "counted_otherwise": ("From January to November 2019 Khunjerab handled 66,600 vehicles.", "differs"),
    "swapped_digits": (
        "The German daily wrote: in fiscal year 2023 CBP stopped 4,061 shipments under the UFLPA.",
        "contradicts",
    ),
    "same_and_different": ("In fiscal year 2023 CBP stopped 4,216 shipments under the UFLPA.", "contradicts"),
    "other_sign": ("In 2025 Xinjiang's exports rose 25.1 percent and its imports rose 8.9 percent.", "differs"),
    "nearly_elsewhere": (
        "China's trade with Central Asia grew again. China's exports to the region in 2023 were $28 billion.",
        "differs",
    ),
    "other_limit": ("The CSDDD covers companies with more than 600 employees.", "differs"),
    "other_share": ("Xinjiang grows one third of the world's tomatoes.", "differs"),
    "other_number": ("By 9 April 2024 the Khorgos post had seen 2,505 trains.", "differs"),
    "another_part": ("Copper became a priority sector under the UFLPA on 9 July 2024.", "no_record"),
    "same_day": ("The presumption of the UFLPA took effect on 21 June 2022.", "agrees"),
    "another_act": ("The UFLPA was signed into law on 21 June 2022.", "differs"),
    "other_day": ("The presumption of the UFLPA took effect on 21 June 2023.", "contradicts"),
    "act_at_another_time": ("The CSDDD was first proposed in December 2022.", "differs"),
    "other_date": (
        (
            "On 12 December 2023 the regulation on products made with forced labour was published in the Official "
            "Journal of the European Union."
        ),
        "differs",
    ),
}


def judged(found):
    """The rows of claims: without the dates that only say of when a figure is."""
    return [row for row in found.to_pylist() if row["quantity"] != "period"]


def test_every_rule_has_an_example():
    assert [rule.name for rule in relation.RULES] == list(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_rule_is_right_about_its_example(name, tmp_path, monkeypatch):
    sentence, verdict = EXAMPLES[name]
    found = []
    for one in relation.RULES:

        def find(case, one=one):
            if (said := one.find(case)) is not None:
                found.append(said.rule)
            return said

        monkeypatch.setattr(
            relation, "RULES", tuple(relation.Rule(r.name, find) if r.name == one.name else r for r in relation.RULES)
        )
    report = tmp_path / "report.txt"
    report.write_text(f"Published 2026-11-01.\n\n{sentence}\n", encoding="utf-8")
    verdicts = [row["verdict"] for row in check(report, store=tmp_path / "store").to_pylist()]
    assert verdict in verdicts
    assert name in found


def test_what_comes_again_is_no_contradiction(tmp_path):
    """A crossing reopens more than once: another day of it is a reason to look."""
    report = tmp_path / "report.txt"
    report.write_text("Published 2026-11-01.\n\nKhunjerab reopened on 3 May 2023.\n", encoding="utf-8")
    verdicts = [row["verdict"] for row in check(report, store=tmp_path / "store").to_pylist()]
    assert "contradicts" not in verdicts


@pytest.mark.parametrize(("dollars", "verdict"), [("1,104", "consistent"), ("1,014", "differs"), ("1,325", "differs")])
def test_a_limit_in_another_currency_is_held_against_the_rate(dollars, verdict, tmp_path):
    """“Up to” bounds both sums: it leaves the second no freedom."""
    report = tmp_path / "report.txt"
    said = (
        f"Visitors to the Khorgos cooperation centre may buy duty-free goods up to 8,000 yuan (US${dollars}) per day."
    )
    report.write_text(f"Published 2024-12-05.\n\n{said}\n", encoding="utf-8")
    found = {row["unit"]: row["verdict"] for row in check(report, store=tmp_path / "store").to_pylist()}
    assert found["USD"] == verdict


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("Khorgos handled 2,204 trains in the first seven months of 2020.", "contradicts"),
        ("The China-Europe Railway Express handled 1,495 trains in April 2023.", "contradicts"),
        ("Khorgos handled 21.1 million tonnes of cargo in 2024.", "differs"),
    ],
)
def test_one_way_is_not_held_against_both_nor_an_estimate_against_a_count(sentence, verdict, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(f"Published 2026-11-01.\n\n{sentence}\n", encoding="utf-8")
    assert verdict in [row["verdict"] for row in check(report, store=tmp_path / "store").to_pylist()]


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        ("The UFLPA was signed into law by President Biden at the end of 2021.", "agrees"),
        ("The UFLPA was signed into law by President Biden at the end of 2020.", "differs"),
    ],
)
def test_the_end_of_a_year_is_no_day_of_what_happened(sentence, verdict, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(f"Published 2026-11-01.\n\n{sentence}\n", encoding="utf-8")
    rows = check(report, store=tmp_path / "store").to_pylist()
    assert [row["verdict"] for row in rows if "the end of" in row["text"]] == [verdict]


@pytest.mark.parametrize(
    ("said", "is_red"),
    [
        ("A wry remark of the daily: in fiscal year 2023 CBP stopped 4,061 shipments under the UFLPA.", True),
        ("A wry remark of the daily: in fiscal year 2023 CBP stopped 4,116 shipments under the UFLPA.", False),
        ("A wry remark of the daily: in fiscal year 2023 CBP stopped 4,016 shipments under the UFLPA.", False),
        ("A wry remark of the daily: CBP stopped 4,061 shipments under the UFLPA.", False),
        ("A wry remark of the daily: in fiscal year 2021 CBP stopped 4,061 shipments.", False),
    ],
)
def test_swapped_digits_alone_are_red_beside_words_that_are_not_read(said, is_red, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(f"Published 2026-11-01.\n\n{said}\n", encoding="utf-8")
    found = {row["text"]: row["verdict"] for row in check(report, store=tmp_path / "store").to_pylist()}
    shipments = next(verdict for text, verdict in found.items() if "shipments" in text)
    assert (shipments == "contradicts") == is_red


def test_a_figure_is_held_against_its_row_though_the_text_names_its_first_day(tmp_path):
    report = tmp_path / "report.txt"
    said = "Work began on 1 January 2024. By 9 April 2024 the Khorgos post had seen 2,505 trains."
    report.write_text(f"Published 2026-11-01.\n\n{said}\n", encoding="utf-8")
    rows = {row["text"]: row for row in check(report, store=tmp_path / "store").to_pylist()}
    assert (rows["2,505 trains"]["verdict"], rows["2,505 trains"]["against"]) == ("differs", ["O0501"])


AROUND = {
    "a law's own region is no other place beside its list": (
        "2024-05-18",
        "On 16 May 2024 26 entities far from Xinjiang were added to the UFLPA Entity List.",
        ("26 entities", "agrees", "E065"),
    ),
    "of this year, and behind it more than in the year that the row is of": (
        "2021-05-10",
        "В первом квартале 2021 года из Китая отправлен 1941 поезд, на 15 процентов больше, чем в квартале 2020 года.",
        ("1941 поезд", "differs", "O0265"),
    ),
    "a year up to the day that is named": (
        "2024-03-05",
        "As of March 1, exports of vehicles through Khorgos in 2024 had exceeded 2 million vehicles.",
        ("exceeded 2 million vehicles", "differs", "O0761"),
    ),
    "the Act is the law before it": (
        "2021-08-02",
        "Germany’s Supply Chain Law passed in June. From 2023 the Act applies to firms of at least 3,000 employees.",
        ("at least 3,000 employees", "agrees", "de-lksg/scope-2023"),
    ),
    "an item of a list is no minus": (
        "2024-10-01",
        "The section 301 duties on China from 27 September 2024: - 50% for solar cells.",
        ("50%", "agrees", "us-section-301-china/solar-2024"),
    ),
    "a term of another law": (
        "2023-06-01",
        "Goods seized under the order can be claimed within 90 days by their importer, the ministry of Peru wrote.",
        ("90 days", "no_record", None),
    ),
    "of two tolls each is of its own word: killed": (
        "2024-10-08",
        "A bomb near Karachi airport on 6 October 2024 killed two Chinese engineers and wounded one.",
        ("two Chinese engineers", "agrees", "E075"),
    ),
    "of two tolls each is of its own word: wounded": (
        "2024-10-08",
        "A bomb near Karachi airport on 6 October 2024 killed two Chinese engineers and wounded one.",
        ("one", "agrees", "E075"),
    ),
    "the dead and the wounded, the wrong way round": (
        "2024-10-08",
        "A bomb near Karachi airport on 6 October 2024 killed one Chinese engineer and wounded two.",
        ("two", "differs", "E075"),
    ),
    "attackers are not the guards": (
        "2023-08-15",
        "Three gunmen were wounded in Gwadar on 13 August 2023 as a Chinese convoy came under fire.",
        ("Three gunmen", "no_record", None),
    ),
    "attackers are not the guards, in Chinese": (
        "2023-08-15",
        "2023年8月13日，瓜达尔港的袭击中3名恐怖分子受伤。",
        ("3名", "no_record", None),
    ),
    "the rate of a duty on other goods": (
        "2024-10-01",
        "Section 301 duties on China: needles and gloves at 25% this year, the rest at 50% in 2026.",
        ("50%", "no_record", None),
    ),
    "the rate of a duty on goods that are named": (
        "2024-10-01",
        "The section 301 duty on Chinese solar cells is 50 percent since 27 September 2024.",
        ("50 percent", "agrees", "us-section-301-china/solar-2024"),
    ),
    "a day on which something else happened, of which nothing is said": (
        "2023-06-01",
        "The labour ministry's order entered into force on 18 May 2023.",
        ("18 May 2023", "no_record", None),
    ),
    "an attack of another day than the sentence before tells of": (
        "2024-11-10",
        "A blast shook the port of Gwadar on 3 November 2024. Two Chinese were killed, a paper wrote.",
        ("Two", "no_record", None),
    ),
    "the companies are not the shipments that were stopped": (
        "2024-05-20",
        "On 16 May 2024 imports of 26 Chinese companies were blocked under the UFLPA.",
        ("26 Chinese companies", "agrees", "E065"),
    ),
    "what crosses at the ports of a region is on record by the region": (
        "2024-07-20",
        "The ports of Xinjiang handled 39.338 million tonnes of cargo in the first half of 2024.",
        ("39.338 million tonnes", "agrees", "O0162"),
    ),
    "the turnover, and behind it the exports": (
        "2024-01-10",
        "Turnover with China, worth $12.23 billion in January to November 2023, left Uzbekistan short of exports.",
        ("$12.23 billion", "agrees", "O0658"),
    ),
    "a side that a pair's own name calls by its group": (
        "2026-02-01",
        "В 2025 году торговля между Китаем и Центральной Азией впервые преодолела отметку в 100 млрд долларов.",
        ("преодолела отметку в 100 млрд долларов", "agrees_within_rounding", "O0226"),
    ),
    "the threshold of another law beside one on record": (
        "2026-03-01",
        "The CSDDD was cut down; the CSRD will apply to companies with more than 1,000 employees.",
        ("more than 1,000 employees", "no_record", None),
    ),
    "a share of the whole country beside one of its region": (
        "2020-09-30",
        "China grows 20 percent of the world's cotton and Xinjiang 80 percent of that.",
        ("20 percent", "no_record", None),
    ),
    "a count of another noun than the row's": (
        "2024-11-01",
        "Of the products on the shelf, 17 products held tomato paste from abroad.",
        ("17 products", "no_record", None),
    ),
    "the base behind the sum that it had": (
        "2024-01-02",
        "In November 2023 Pakistan's exports to China surged by 36.29 per cent from $199.058 million in November 2022.",
        ("36.29 per cent", "agrees", "O1256"),
    ),
    "a share in brackets, with all else said": (
        "2024-02-08",
        "CBP's dashboard on the UFLPA for the fourth quarter of 2023: electronics shipments (54.9 percent) led.",
        ("54.9 percent", "agrees", "O0345"),
    ),
    "a count under another name": (
        "2023-05-10",
        "In the first quarter of 2023 424 shipments were detained under the UFLPA.",
        ("424 shipments", "differs", "O0328"),
    ),
    "those denied are not all that were stopped, though all else is said": (
        "2024-02-20",
        "From 21 June 2022 to 31 May 2023 CBP stopped 679 shipments under the UFLPA.",
        ("679 shipments", "differs", "O0358"),
    ),
    "a law by the name that people give it, and the limit that it sets": (
        "2026-05-01",
        "The German Supply Chain Act covered companies with 3,000 or more employees at first.",
        ("3,000 or more employees", "agrees", "de-lksg/scope-2023"),
    ),
    "such a limit in Chinese": (
        "2026-05-01",
        "《供应链尽职调查法》适用于员工1000人以上的企业。",
        ("1000人以上", "agrees", "de-lksg/scope-2024"),
    ),
    "what a law sets, beside the day from which it is suspended": (
        "2025-11-12",
        "BIS published a rule on 30 September 2025 that reaches entities 50 percent or more owned by those listed.",
        ("50 percent or more", "agrees", "bis-entity-list/affiliates"),
    ),
    "one of the wounded or dead, without a noun": (
        "2018-11-23",
        "В Карачи совершено нападение на консульство Китая: двое полицейских погибли, один ранен.",
        ("один", "no_record", None),
    ),
    "the dead of an attack in words of each side": (
        "2021-07-16",
        "A blast hit a bus at Dasu in Pakistan on 14 July 2021: four locals and nine Chinese nationals were killed.",
        ("nine Chinese nationals", "agrees", "E036"),
    ),
    "a monthly notice of detentions by all authorities": (
        "2023-03-01",
        "In January 2023 CBP targeted 282 entries on suspicion of forced labor.",
        ("282 entries", "agrees", "O1332"),
    ),
    "the height of a pass": (
        "2024-06-01",
        "The pass of Torugart lies at an altitude of 3,752 metres.",
        ("3,752 metres", "agrees", "torugart"),
    ),
    "a season between two days": (
        "2019-06-01",
        "Khunjerab is open between the 1st of April and the 30th of November, no longer.",
        ("open between the 1st of April and the 30th of November", "agrees", "R017"),
    ),
    "a deadline that nobody knew yet": (
        "2024-08-01",
        "The CSDDD binds the largest companies from 26 July 2027.",
        ("26 July 2027", "no_record", None),
    ),
    "eight months, and behind the figure the last of them alone": (
        "2024-09-10",
        "今年1至8月份,中欧班列累计开行13056列,发送货物139.9万标箱,其中8月份开行1653列。",
        ("139.9万标箱", "agrees", "O0276"),
    ),
    "the year in which a law was passed is no period of what is counted": (
        "2025-08-19",
        "CBP halted shipments under the UFLPA passed by Congress in 2022, and the law lists 144 entities.",
        ("144 entities", "agrees", "O0805"),
    ),
    "a weekday in Chinese": (
        "2024-03-27",
        "周二下午,巴基斯坦境内中方承建的水电站工地附近发生恐怖袭击。",
        ("周二下午", "agrees", "E064"),
    ),
    "a law by the number of its act": (
        "2015-01-05",
        "Regulation 692/2014 has banned imports from Crimea since 25 June 2014.",
        ("since 25 June 2014", "agrees", "eu-crimea/import"),
    ),
    "a closed season from the end of a month": (
        "2021-01-05",
        "The Khunjerab border is usually closed from November 30th up until April 1st every year.",
        ("closed from November 30th up until April 1st", "agrees", "R017"),
    ),
    "an event in a town of the region that is named": (
        "2024-11-29",
        "On 27 November 2024 Volkswagen said that it sells its plant and leaves Xinjiang.",
        ("27 November 2024", "agrees", "E080"),
    ),
    "a first day beside the right one of its publication": (
        "2025-11-06",
        "BIS published the Affiliates Rule on 29 September 2025. The Affiliates Rule was effective 30 September 2025.",
        ("30 September 2025", "differs", "bis-entity-list/affiliates"),
    ),
    "a law's own year beside a figure": (
        "2023-08-18",
        "A presidential proclamation issued in 2022 set a waiver from solar duties for 260 firms in four countries.",
        ("2022", "no_record", None),
    ),
    "how long something holds, from its two days": (
        "2025-11-20",
        "BIS announced a one-year suspension of the Affiliates Rule from 10 November 2025.",
        ("one-year", "agrees", "bis-entity-list/affiliates-suspended"),
    ),
    "years, and the row in months": (
        "2023-08-18",
        "A proclamation of 2022 set a two-year waiver from circumvention duties on solar cells of four countries.",
        ("two-year", "agrees", "us-solar-circumvention-2023/waiver"),
    ),
    "years, and the row in years": (
        "2025-12-15",
        "The Sost dry port is leased to the NLC for 20 years.",
        ("20 years", "agrees", "R208"),
    ),
    "three years are of one digit, though they are 36 months": (
        "2025-12-15",
        "At Korgas the number of drivers on file grew within three years.",
        ("three years", "no_record", None),
    ),
    "a count by another noun of no list": (
        "2025-08-19",
        "Section 232 tariffs of 50 percent took effect on 18 August 2025 on steel and aluminium of 407 codes.",
        ("407 codes", "agrees", "us-section-232/derivatives-2025-08"),
    ),
    "months before the word that closes": (
        "2012-12-02",
        "At the Kulma pass, from November through April it had been closed altogether.",
        ("from November through April it had been closed", "imprecise", "R053"),
    ),
    "months some way behind the word that opens": (
        "2023-05-24",
        "Khunjerab is open to visitors during the summer months, typically from May to October.",
        ("open to visitors during the summer months, typically from May to October.", "imprecise", "R016"),
    ),
    "a height in round words": (
        "2014-04-21",
        "海拔4300多米的卡拉苏口岸通往塔吉克斯坦。",
        ("4300多米", "agrees_within_rounding", "kulma"),
    ),
    "a limit that the record lacks, beside one that it has": (
        "2024-08-01",
        (
            "The CSDDD covers companies with more than 1,000 employees and a turnover of more than EUR 450 million, "
            "and franchises with a turnover of more than EUR 80 million."
        ),
        ("more than EUR 80 million", "no_record", None),
    ),
    "a number of two digits for another period than its own": (
        "2024-03-24",
        "China remains Uzbekistan's top trade partner with a trade turnover of $2.1bn in 2023.",
        ("$2.1bn", "differs", "O1210"),
    ),
    "a rate is not of the period that it is held against": (
        "2024-02-05",
        "Cargo by rail between Kazakhstan and China rose in January 2024 by 22% compared to the same period in 2023.",
        ("22%", "no_record", None),
    ),
    "a number that counts nothing, of nothing that is said": (
        "2024-12-02",
        "Of many products 17, most of them of one firm, may have Chinese origins.",
        ("17", "no_record", None),
    ),
    "a name in front of brackets": (
        "2025-01-24",
        "In 2024 China's trade with Central Asia was with Uzbekistan ($13.78 billion) and Tajikistan ($3.86 billion).",
        ("$3.86 billion", "agrees", "O0233"),
    ),
    "the day of a newspaper's report, behind a figure": (
        "2021-04-23",
        "Exports from Xinjiang to the US in the first quarter came to $64.4 million, a daily reported on Thursday.",
        ("$64.4 million", "agrees", "O0484"),
    ),
    "a year earlier, counted from the day before it": (
        "2023-08-13",
        (
            "Three Chinese died in Karachi in April 2022. A year earlier, four were killed by a bomb at the hotel in "
            "Quetta that hosted the Chinese ambassador."
        ),
        ("A year earlier", "agrees", "E220"),
    ),
    "what a title counts": (
        "2021-06-24",
        "CBP said direct imports of silica goods of Hoshine in 2.5 years came to $6 million when its order was issued.",
        ("$6 million", "agrees", "E033"),
    ),
    "a count of days that were still to come": (
        "2021-12-01",
        "China makes around 80% of the world's output of polysilicon.",
        ("around 80%", "no_record", None),
    ),
    "a share in words": (
        "2021-06-24",
        "In 2020 Xinjiang made almost half of the world's solar-grade polysilicon.",
        ("almost half", "agrees_within_rounding", "S061"),
    ),
    "a firm's name in another script": (
        "2025-02-15",
        "大众汽车在乌鲁木齐的工厂于2024年11月27日出售。",
        ("2024年11月27日", "agrees", "E080"),
    ),
    "square kilometres": (
        "2024-01-01",
        "The Khorgos cooperation centre covers 5.28 sq km.",
        ("5.28 sq km", "agrees", "R006"),
    ),
}


@pytest.mark.parametrize("why", AROUND)
def test_what_is_said_around_a_figure_is_read_as_a_person_reads_it(why, tmp_path):
    published, said, (printed, verdict, row) = AROUND[why]
    report = tmp_path / "report.txt"
    report.write_text(f"Published {published}.\n\n{said}\n", encoding="utf-8")
    rows = {found["text"]: found for found in check(report, store=tmp_path / "store").to_pylist()}
    assert rows[printed]["verdict"] == verdict
    assert len({*(rows[printed]["against"] or ())}) == len(rows[printed]["against"] or ())
    assert row is None or row in rows[printed]["against"]


def test_a_day_of_a_statement_differs_from_no_event(tmp_path):
    said = (
        "China will chair the China-Central Asia Summit, scheduled for May 18 and 19 in Xi'an, the Foreign Ministry "
        "announced on Monday."
    )
    report = tmp_path / "report.txt"
    report.write_text(f"Published 2023-05-08.\n\n{said}\n", encoding="utf-8")
    rows = {found["text"]: found for found in check(report, store=tmp_path / "store").to_pylist()}
    assert rows["on Monday"]["verdict"] == "no_record"
    assert rows["May 18 and 19"]["period_start"] == "2023-05-18"


@pytest.mark.parametrize("when", ["In fiscal year 2023", "A year later"])
def test_what_is_counted_from_the_date_before_is_the_period_of_its_figure_and_makes_nothing_red(when, tmp_path):
    said = f"In fiscal year 2022 the UFLPA came into force. {when} CBP stopped 4,061 shipments under the UFLPA."
    report = tmp_path / "report.txt"
    report.write_text(f"Published 2025-05-01.\n\n{said}\n", encoding="utf-8")
    rows = {found["text"]: found for found in check(report, store=tmp_path / "store").to_pylist()}
    assert rows["4,061 shipments"]["period_start"] == "2022-10-01"
    assert (rows["4,061 shipments"]["verdict"] == "contradicts") == when.startswith("In")
    assert rows.get("A year later", {"quantity": "period"})["quantity"] == "period"


def test_a_row_whose_number_is_far_away_is_not_offered(tmp_path):
    said = (
        "In Tajikistan attackers came over the 1,350-kilometre border on 26 November 2025 to a Chinese gold-mine camp."
    )
    report = tmp_path / "report.txt"
    report.write_text(f"Published 2025-11-28.\n\n{said}\n", encoding="utf-8")
    rows = {found["text"]: found for found in check(report, store=tmp_path / "store").to_pylist()}
    assert not rows["1,350-kilometre"]["offered"]


def test_of_a_law_every_part_with_the_number_is_named(tmp_path):
    report = tmp_path / "report.txt"
    said = "The US section 201 safeguard on solar cells is to remain in place for four years."
    report.write_text(f"Published 2025-08-19.\n\n{said}\n", encoding="utf-8")
    row = next(r for r in check(report, store=tmp_path / "store").to_pylist() if r["text"] == "four years")
    assert {"us-section-201-solar/first-term", "us-section-201-solar/second-term"} <= {*row["against"]}


@pytest.mark.parametrize(
    ("said", "verdicts"),
    [
        # a text may be agreed on one day and published on another
        # and the states agreed on it on that day: the record has the days of the law, and not all of them
        (
            "On 13 March 2024 Council and Parliament agreed the final text of the Forced Labour Regulation.",
            ["no_record"],
        ),
        ("Пункт пропуска «Бедель» будет закрыт с 11 февраля 2025 года.", ["no_record"]),  # still to come
        ("Today the towers of Khorgos can be seen from afar.", []),
        ("卡拉苏口岸2024年全年出口商品车飙升至9万余辆。", ["no_record"]),  # all of a year, and nothing that is open
    ],
)
def test_a_day_alone(said, verdicts, tmp_path):
    report = tmp_path / "report.txt"
    report.write_text(f"Published 2025-02-01.\n\n{said}\n", encoding="utf-8")
    assert [row["verdict"] for row in judged(check(report, store=tmp_path / "store"))] == verdicts


@pytest.mark.parametrize("mark", ["[1]", "[12][13]", "¹", "¹²"])
def test_a_mark_of_a_note_ends_its_sentence(mark, tmp_path):
    report = tmp_path / "report.txt"
    said = (
        f"Trade rose by 46.8 percent year on year.{mark} Over 11,000 vehicles passed Khunjerab, April to October 2024."
    )
    report.write_text(f"Published 2024-12-01.\n\n{said}\n", encoding="utf-8")
    rows = {row["text"]: row["verdict"] for row in judged(check(report, store=tmp_path / "store"))}
    assert rows == {"46.8 percent": "no_record", "Over 11,000 vehicles": "agrees"}


def test_a_day_beside_a_figure_is_a_claim_and_a_month_or_year_of_one_is_none(tmp_path):
    report = tmp_path / "report.txt"
    said = "On 3 May 2021 a ferry with 40 lorries sank. In March 2021 it carried 700 lorries, in 2020 6,000 lorries."
    report.write_text(f"Published 2022-01-01.\n\n{said}\n", encoding="utf-8")
    rows = judged(check(report, store=tmp_path / "store"))
    assert [row["text"] for row in rows if row["value"] is None] == ["3 May 2021"]


def test_a_year_that_an_event_has_is_a_claim_beside_its_figure(tmp_path):
    report = tmp_path / "report.txt"
    said = "In 2017, two Chinese language teachers were abducted in Quetta, Pakistan, and killed."
    report.write_text(f"Published 2019-01-01.\n\n{said}\n", encoding="utf-8")
    rows = {row["text"]: row for row in check(report, store=tmp_path / "store").to_pylist()}
    assert "E210" in rows["two Chinese language teachers"]["against"]
    assert "E210" in rows["2017"]["against"]


@pytest.mark.parametrize(
    ("sentence", "figure", "row"),
    [
        ("Under section 301, goods of List 3 are subject to a duty of 25 percent.", "25 percent", "list-3"),
        ("Section 301 duties on List 4A goods fell from 15 percent to 7.5 percent.", "7.5 percent", "list-4a"),
        ("Under section 301, goods of List 1 are subject to a duty of 10 percent.", "10 percent", ""),
        ("Under section 301 the duty is 50% on solar wafers and 25% on tungsten products.", "25%", ""),
        ("Under section 301 the duty is 25% on tungsten products and 50% on wafers.", "50%", "polysilicon-2025"),
    ],
)
def test_the_rate_of_a_part_is_that_of_its_number_or_of_the_goods_behind_it(sentence, figure, row, tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(sentence, encoding="utf-8")
    (claim,) = [c for c in check(path, published="2025-06-03").found if c.text == figure]
    assert (claim.verdict == "agrees") == bool(row)
    assert not row or f"us-section-301-china/{row}" in claim.against


def test_a_total_that_was_passed_is_told_once_and_by_its_last_day(tmp_path):
    """Three rows have the total of 2024, which was reached by its end and not on its first day."""
    path = tmp_path / "report.txt"
    path.write_text(
        "In 2023 rail cargo between Kazakhstan and China exceeded 28 million tonnes, a record.", encoding="utf-8"
    )
    (claim,) = [c for c in check(path, published="2024-05-20").claims.to_pylist() if c["verdict"] == "superseded"]
    assert claim["note"].endswith("Passed on 2024-12-31 by 32,000,000.")
