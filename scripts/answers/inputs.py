"""The files that the commands are run on: the examples of the documentation, and others made here, the same each time.

Nobody in them is anybody: names are put together from words, but for some listed names, which screening has to find.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import random
import shutil
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

SEED = 12
PARTIES = 400
CHANGED_AT = 1_767_225_600  # 2026-01-01: an input is as old in both runs

HEADINGS = ("supplier", "country", "address", "uscc", "consignee")
# Listed names as files of users write them.
LISTED = (
    ("Hetian Taida Apparel Co Ltd", "China", "Beijing Industrial Park, Hotan, Xinjiang"),
    ("XINJIANG ZHONGTAI CHEMICAL CO., LTD.", "CN", "Urumqi 830000"),
    ("新疆中泰化学股份有限公司", "中国", "新疆乌鲁木齐市经济技术开发区"),
    ("Hoshine Silicon Industry (Shanshan) Co., Ltd", "China", "Shanshan Stone Industrial Park, Turpan"),
    ("合盛硅业（鄯善）有限公司", "中国", "新疆吐鲁番市鄯善县"),
    ("Xinjiang Daqo New Energy", "China", "Shihezi, 832000"),
    ("新疆大全新能源股份有限公司", "中国", "石河子"),
    ("Xinjiang East Hope Nonferrous Metals Co Ltd", "China", "Changji"),
    ("Esquel Textile; Changji", "CN", "Changji Hui Autonomous Prefecture"),
    ("Ninestar Corporation", "China", "Zhuhai, Guangdong"),
    ("SHIPPER: Baoding LYSZD Trade and Business Co., Ltd., No. 16 Weiliu Road", "China", "Baoding"),
    ("Xinjang Production and Construction Corps", "China", "Ürümqi"),
    ("新疆生产建设兵团", "中国", "乌鲁木齐"),
    ("Синьцзянский производственно-строительный корпус", "Китай", "Урумчи"),
    ("Aksu Huafu Textiles Co", "China", "Aksu, Xinjiang Uyghur Autonomous Region"),
    ("阿克苏华孚色纺有限公司", "中国", "新疆阿克苏"),
    ("Yili Zhuowan Garment Manufacturing", "China", "Yining, Ili Prefecture"),
    ("Tianshan Wool Tex Stock Co., Ltd.", "China", "Tianshan Road"),
    ("1) Lop County Meixin Hair Products Co., Ltd. (Lop plant)", "China", "Luopu"),
    ("Haixi Yixin Trade c/o Nanjing Synergy Textiles Co Ltd", "China", "Nanjing"),
)
PLACES = (
    ("China", "12 Example Road, Pudong, Shanghai 200120", "Shanghai"),
    ("China", "No. 8 Wenzhou Road, Yiwu, Zhejiang", "Yiwu"),
    ("China", "200 Urumqi Road, Shanghai", "Shanghai"),
    ("China", "Korla Economic Zone, Bayingolin, Xinjiang 841000", "Korla"),
    ("China", "Kashgar Special Economic Zone", "Kashgar"),
    ("China", "42nd Regiment, 3rd Division, Tumxuk", "Tumxuk"),
    ("Kazakhstan", "Абая 10, Алматы", "Almaty"),
    ("Kyrgyz Republic", "Bishkek, Chuy Avenue 1", "Bishkek"),
    ("Pakistan", "SITE Area, Karachi", "Karachi"),
    ("Uzbekistan", "Tashkent, Amir Temur 5", "Tashkent"),
    ("Germany", "Beispielstraße 1, 20095 Hamburg", "Hamburg"),
    ("n/a", "", "Nowhere"),
)
LATIN = (
    "Golden",
    "River",
    "Silk",
    "Orchid",
    "Summit",
    "Harbour",
    "Falcon",
    "Cedar",
    "Amber",
    "Northern",
    "Lotus",
    "Delta",
)
TRADE = (
    "Textiles",
    "Cotton",
    "Solar Energy",
    "Chemicals",
    "Trading",
    "Foodstuffs",
    "Garments",
    "Electronics",
    "Metals",
)
FORMS = ("Co., Ltd.", "Ltd", "LLC", "GmbH", "Pvt. Ltd.", "Limited", "JSC", "S.A.", "")
HAN_PLACES = ("上海", "浙江", "新疆", "乌鲁木齐", "喀什", "石河子", "广东", "伊犁", "江苏", "和田")
HAN_BRANDS = ("金河", "丝路", "天山", "昌盛", "华兴", "绿洲", "远东", "宏达", "瑞丰", "新达")
HAN_TRADES = ("纺织", "棉业", "化工", "光伏科技", "贸易", "食品", "服装", "电子", "金属")
CYRILLIC = ("Шёлковый путь", "Тянь-Шань", "Алатау", "Восток", "Караван", "Золотая долина", "Степной", "Урумчи-Транзит")
CYRILLIC_FORMS = ("ООО «{}»", "ТОО «{}»", "АО «{} Трейдинг»", "ОсОО «{}»", "ИП {}")
ARABIC = (
    "شركة طريق الحرير للتجارة",
    "شركة النخيل للمنسوجات المحدودة",
    "مؤسسة الواحة",
    "مصنع النور للقطن",
    "شركة الخليج للشحن",
)
PERSONS = (
    "Anna Example",
    "Peter Muster",
    "Zhu Hailun",
    "Chen Quanguo",
    "Sun Jinlong",
    "Gulnar Example",
    "MARTINA ARIAS",
)
USCC_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def make(folder: Path, examples: Path, shared: Path | None) -> None:
    """Write every input into `folder`; those cut out of the data shelf only where it is there."""
    shutil.copytree(examples, folder)
    _suppliers(folder)
    _persons(folder)
    _own_lists(folder)
    _reports(folder)
    _flows(folder)
    if shared is not None:
        _cut_panel(shared / "data" / "trade" / "two_leg_panel.csv.gz", folder / "two_legs.csv")
    for file in folder.rglob("*"):
        os.utime(file, (CHANGED_AT, CHANGED_AT))


def _suppliers(folder: Path) -> None:
    """One file of some hundred parties in every form that `entrepot screen` reads."""
    rows = list(_parties(random.Random(SEED)))  # noqa: S311 - the same each time, not a secret
    text = _csv(HEADINGS, rows)
    (folder / "parties.csv").write_text(text, encoding="utf-8")
    (folder / "parties.tsv").write_text(_csv(HEADINGS, rows, "\t"), encoding="utf-8")
    (folder / "parties.csv.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    (folder / "parties.jsonl").write_text(
        "".join(json.dumps(dict(zip(HEADINGS, row, strict=True)), ensure_ascii=False) + "\n" for row in rows),
        encoding="utf-8",
    )
    workbook(folder / "parties.xlsx", {"Cover": [("Made up",)], "Suppliers": [HEADINGS, *rows]})
    han = [row for row in rows if row[0][:1] >= "\u4e00"]
    heads = ("供应商", "国家", "地址", "统一社会信用代码", "收货人")
    (folder / "gb18030.csv").write_bytes(_csv(heads, han).encode("gb18030"))
    russian = [row for row in rows if "\u0400" <= row[0][:1] <= "\u04ff"]
    heads = ("поставщик", "страна", "адрес", "код", "получатель")
    (folder / "cp1251.csv").write_bytes(_csv(heads, russian).encode("cp1251", errors="replace"))
    (folder / "odd_headings.csv").write_text(
        _csv(("Mill", "Land of it", "Where", "Code", "Trader"), rows[:60]), encoding="utf-8"
    )
    (folder / "addresses.csv").write_text(
        _csv(("name", "address", "country"), ((f"Works {n}", *_turned(place)) for n, place in enumerate(PLACES))),
        encoding="utf-8",
    )
    (folder / "no_heading.csv").write_text("1,2,3\n4,5,6\n", encoding="utf-8")


def _turned(place: tuple[str, str, str]) -> tuple[str, str]:
    return place[1], place[0]


def _parties(chance: random.Random) -> Iterable[tuple[str, str, str, str, str]]:
    for name, country, address in LISTED:
        yield name, country, address, "", "Example Components GmbH"
    for number in range(PARTIES - len(LISTED)):
        country, address, _ = chance.choice(PLACES)
        name = (_latin, _han, _latin, _cyrillic, _han, _arabic)[number % 6](chance)
        code = credit_code(chance) if number % 7 == 0 else ""
        yield name, country, address, code, _latin(chance) if number % 3 == 0 else ""


def _latin(chance: random.Random) -> str:
    return " ".join(chance.choice(words) for words in (LATIN, LATIN, TRADE, FORMS)).strip()


def _han(chance: random.Random) -> str:
    return "".join(chance.choice(words) for words in (HAN_PLACES, HAN_BRANDS, HAN_TRADES)) + "有限公司"


def _cyrillic(chance: random.Random) -> str:
    return chance.choice(CYRILLIC_FORMS).format(chance.choice(CYRILLIC))


def _arabic(chance: random.Random) -> str:
    return chance.choice(ARABIC)


def credit_code(chance: random.Random) -> str:
    """A Chinese credit code with its right check character (GB 32100-2015), some of them of Xinjiang (65)."""
    body = (
        "91" + chance.choice(("650100", "310000", "653101", "330782")) + "".join(chance.choices(USCC_CHARACTERS, k=9))
    )
    total = sum(USCC_CHARACTERS.index(c) * pow(3, i, 31) for i, c in enumerate(body))
    return body + USCC_CHARACTERS[(31 - total % 31) % 31]


def _persons(folder: Path) -> None:
    chance = random.Random(SEED)  # noqa: S311 - the same each time, not a secret
    rows = [
        (
            name,
            f"19{chance.randrange(40, 90)}-0{chance.randrange(1, 10)}-11",
            country,
            f"E{chance.randrange(10**7, 10**8)}",
        )
        for name in PERSONS
        for country in ("China", "Kazakhstan")
    ]
    (folder / "persons.csv").write_text(
        _csv(("name", "date of birth", "nationality", "passport"), rows), encoding="utf-8"
    )


def _own_lists(folder: Path) -> None:
    """Two versions of a list of one's own, which differ by an entry added, one removed and one changed."""
    heads = ("name", "kind", "aliases", "weak_aliases", "programme", "country")
    kept = (
        "Gulmira Trading LLC",
        "company",
        "Gulmira Export; GTL Central Asia",
        "GTL",
        "not before a second audit",
        "KZ",
    )
    gone = ("Otarbay Serik", "person", "", "", "", "KZ")
    new = ("Golden River Textiles", "company", "金河纺织", "", "audit refused", "CN")
    (folder / "own_first.csv").write_text(_csv(heads, [kept, gone]), encoding="utf-8")
    changed = (*kept[:2], "Gulmira Export", *kept[3:])
    (folder / "own_second.csv").write_text(_csv(heads, [changed, new]), encoding="utf-8")


REPORT = (
    "Cargo at Khunjerab reached 66,600 tonnes from January to November 2019, up 46.8 percent year on year.",
    "In November 2024 the United States added 29 companies to the UFLPA Entity List.",
    "Xinjiang's trade with Central Asia came to 284 billion yuan in 2023.",
    "Takeshiken handled 91,000 tonnes of cargo in October 2024.",
    "Trade between China and Kazakhstan was worth $30 billion in 2023.",
    "The UFLPA took effect on 21 June 2022.",
)
WRONG = "Cargo at Khunjerab reached 96,600 tonnes from January to November 2019."
CHINESE = (
    "2024年霍尔果斯口岸进出口货运量达到4180万吨。",
    "2023年新疆外贸进出口总值3573.3亿元，同比增长45.9%。",
    "2022年6月21日，该法案生效。",
)
RUSSIAN = (
    "В 2023 году товарооборот Казахстана и Китая составил 31,5 млрд долларов.",
    "С января по ноябрь 2019 года через Хунджераб прошло 66,6 тыс. тонн грузов.",
)


def _reports(folder: Path) -> None:
    """One report as HTML, Markdown and a Word file, and two in other languages."""
    date = "5 December 2024"
    head = f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notes</title></head><body><p>{date}</p>'
    page = head + "".join(f"<p>{escape(p)}</p>" for p in REPORT) + "</body></html>\n"
    (folder / "notes.html").write_text(page, encoding="utf-8")
    (folder / "notes.md").write_text(
        f"# Notes\n\n{date}\n\n" + "\n\n".join(f"- {p}" for p in (*REPORT, WRONG)) + "\n", encoding="utf-8"
    )
    (folder / "zh.txt").write_text("2024年12月5日\n\n" + "\n\n".join(CHINESE) + "\n", encoding="utf-8")
    (folder / "zh_gb18030.txt").write_bytes(("\n\n".join(CHINESE) + "\n").encode("gb18030"))
    (folder / "ru.txt").write_text("5 декабря 2024 года\n\n" + "\n\n".join(RUSSIAN) + "\n", encoding="utf-8")
    body = "".join(f"<w:p><w:r><w:t>{escape(p)}</w:t></w:r></w:p>" for p in (date, *REPORT))
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    document = (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    )
    _archive(folder / "notes.docx", {"word/document.xml": document})


FLOW_HEADINGS = ("exporter", "importer", "product", "period", "value_usd", "net_kg")


def _flows(folder: Path) -> None:
    """Both legs of trade round a hub, as it may be after June 2022, and files with what is wrong in them."""
    chance = random.Random(SEED)  # noqa: S311 - the same each time, not a secret
    places = ("USA", "DEU", "JPN", "MYS", "VNM", "KAZ", "KGZ", "TUR", "IND", "GBR")
    rows: list[Sequence[object]] = []
    for product in ("854142", "854143", "520100"):
        for exporter in ("CHN", *places[3:6]):
            for importer in places:
                size = chance.uniform(2e6, 9e6)
                if exporter != importer:
                    rows += _series(chance, exporter, importer, product, size)
    (folder / "legs.csv").write_text(_csv(FLOW_HEADINGS, rows), encoding="utf-8")
    heads = ("reporter", "partner", "flow", "product", "period", "value_usd")
    (folder / "mirrored.csv").write_text(_csv(heads, _twice(chance, rows)), encoding="utf-8")
    supply = [(p, "MYS", f"{year}", 40e6) for p in ("854142", "854143") for year in range(2018, 2026)]
    (folder / "supply.csv").write_text(_csv(("product", "hub", "period", "value_usd"), supply), encoding="utf-8")
    wrong = [
        *rows[:6],
        rows[0],
        ("CHN", "Narnia", "854143", "2022", "5", "1"),
        ("CHN", "World", "854143", "2022", "900", ""),
        ("CHN", "DEU", "854143", "2022", "-4", "-1"),
        ("CHN", "DEU", "854144", "2023", "12,345", "7"),
        ("CHN", "DEU", "854145", "2023", "0", "70"),
    ]
    (folder / "faulty.csv").write_text(_csv(FLOW_HEADINGS, wrong), encoding="utf-8")
    national = _csv(
        ("Country", "Code", "Month", "Thousand USD", "Net"),
        [("China", 854143, "2023-01", 12, 3), ("Russia", 854143, "2023-02", 9, 2)],
    )
    (folder / "national.csv").write_text(f"A table of an office\nmade up\n{national}", encoding="utf-8")
    (folder / "national.toml").write_text(
        '[columns]\npartner = "Country"\nproduct = "Code"\nperiod = "Month"\nvalue = "Thousand USD"\nweight = "Net"\n\n'
        '[fixed]\nreporter = "KAZ"\nflow = "export"\nvintage = "HS2022"\n\n[scale]\nvalue = 1000\nweight = 1000\n\n'
        "[file]\nskip = 2\n",
        encoding="utf-8",
    )


def _twice(chance: random.Random, rows: Iterable[Sequence[object]]) -> Iterable[Sequence[object]]:
    """Flows as the exporter reports them, and as the importer does: freight and insurance more, and not always."""
    for exporter, importer, product, period, value, _ in rows:
        yield exporter, importer, "export", product, period, value
        if chance.random() < 0.9:  # noqa: PLR2004 - most, so that some have no mirror
            yield importer, exporter, "import", product, period, round(float(str(value)) * chance.uniform(1.02, 1.2))


def _series(
    chance: random.Random, exporter: str, importer: str, product: str, size: float
) -> Iterable[Sequence[object]]:
    """Years 2014 to 2025: from China to the US a fall from 2022 on, by Malaysia a rise."""
    for year in range(2014, 2026):
        factor = chance.uniform(0.9, 1.1)
        if year >= 2022 and product.startswith("85"):  # noqa: PLR2004 - the year of the made-up measure
            factor *= {("CHN", "USA"): 0.2, ("CHN", "MYS"): 2.2, ("MYS", "USA"): 2.4}.get((exporter, importer), 1.0)
        value = round(size * factor)
        yield exporter, importer, product, year, value, round(value / chance.uniform(9, 11))


def _cut_panel(panel: Path, target: Path) -> None:
    """Of the two-leg panel the quarters of one source and the months of another, which no flow has in common."""
    if not panel.is_file():
        return
    wanted = {"us_census_consumption_naics", "ember_panels"}
    with gzip.open(panel, "rt", encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        heads = [h for h in reader.fieldnames or () if h != "source"]
        rows = [[row[h] for h in heads] for row in reader if row["source"] in wanted]
    target.write_text(_csv(heads, rows), encoding="utf-8")
    columns = {"exporter": "exporter", "importer": "importer", "reporter": "reporter", "product": "hs"}
    columns |= {"period": "period", "value": "value_usd", "weight": "net_kg"}
    text = "[columns]\n" + "".join(f'{k} = "{v}"\n' for k, v in columns.items())
    target.with_suffix(".toml").write_text(text, encoding="utf-8")


def _csv(heads: Sequence[str], rows: Iterable[Sequence[object]], between: str = ",") -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=between, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return text.getvalue()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


def workbook(path: Path, sheets: dict[str, Sequence[Sequence[object]]]) -> None:
    """Write a workbook of text cells, the smallest that spreadsheet programs open."""
    numbered = list(enumerate(sheets, 1))
    listed = "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="rId{i}"/>' for i, n in numbered)
    related = "".join(
        f'<Relationship Id="rId{i}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i, _ in numbered
    )
    typed = "".join(
        f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{_TYPES}.worksheet+xml"/>' for i, _ in numbered
    )
    parts = {
        "[Content_Types].xml": f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>{typed}</Types>',
        "_rels/.rels": f'{_XML}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_RELATIONS}">{related}</Relationships>',
    }
    for i, name in numbered:
        rows = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in sheets[name])
        parts[f"xl/worksheets/sheet{i}.xml"] = (
            f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>{rows}</sheetData></worksheet>'
        )
    _archive(path, parts)


def _cell(value: object) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'


def _archive(path: Path, parts: dict[str, str]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
