"""Small files of every format, from which damaged ones are made: constructed here, or cut out of the data shelf.

No party of those constructed here exists. What is cut out of the shelf stays in memory and in `out`.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from fuzz import database_sheets, made_groups, made_reports, made_supply, made_worlds, national_sheets
from fuzz.damage.columns import written
from fuzz.damage.packed import gzipped, zipped
from fuzz.made_files import workbook
from fuzz.old_book import old_book

ROOT = Path(__file__).resolve().parents[2]
_LISTS = ROOT / "tests/lists/constructed"
_PRESETS = ROOT / "src/entrepot/scenarios/data/presets"
_FLOWS = ROOT / "tests/trade/constructed"


@dataclass(frozen=True, slots=True)
class Seed:
    """A file, or the files of a folder.

    Attributes:
        name: of the file or the folder.
        files: name to content; one, unless it is a folder.
        beside: files that lie beside it and are damaged too, now and then.
    """

    name: str
    files: dict[str, bytes]
    beside: tuple[str, ...] = ()

    @property
    def is_folder(self) -> bool:
        """Whether the reader is given the folder."""
        return self.name not in self.files


def one(name: str, content: str | bytes) -> Seed:
    """A seed of one file."""
    return Seed(name, {name: content if isinstance(content, bytes) else content.encode()})


def _lies(path: Path) -> Seed:
    return one(path.name, path.read_bytes())


_OFAC = {
    "sdn.csv": '101,"GULMIRA TRADING LLC",-0- ,"SDGT] [NEW-EO99999",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    "\"a.k.a. 'GTL; SOUTH'; Registration Number 555-01 (Nowhere); Website www.gul\"\r\n"
    '102,"OTARBAY, Serik","individual","GLOMAG","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    "\"DOB 03 Mar 1961; alt. DOB 1962; Passport N00000001 (Nowhere); a.k.a. 'UNCLE'.\"\r\n"
    '103,"SEA OTTER","vessel","IRAN","XX00","Tanker","1","2","Nowhere","GULMIRA",-0- ,'
    '"Vessel Registration Identification IMO 1234567"\r\n\x1a',
    "alt.csv": '101,1,"fka","GULMIRA EXPORT",-0- \r\n102,2,"aka","OTARBAEV, Serik",-0- \r\n\x1a',
    "add.csv": '101,9,"1 Long Street","Nowhere City","Nowhere",-0- \r\n101,10,-0- ,-0- ,"Elsewhere",-0- \r\n\x1a',
    "sdn_comments.csv": '101,"mira.example"\r\n\x1a',
}
_CONSOLIDATED = {"sdn.csv": "cons_prim.csv", "alt.csv": "cons_alt.csv", "add.csv": "cons_add.csv"}
_UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09Z"><INDIVIDUALS><INDIVIDUAL><DATAID>7</DATAID>
<FIRST_NAME>Aman</FIRST_NAME><SECOND_NAME>Beknazar</SECOND_NAME><UN_LIST_TYPE>Moon</UN_LIST_TYPE>
<LISTED_ON>2012-12-31</LISTED_ON><NATIONALITY><VALUE>Nowhere</VALUE></NATIONALITY>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Tall</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ADDRESS><COUNTRY>Elsewhere</COUNTRY></INDIVIDUAL_ADDRESS>
<INDIVIDUAL_DATE_OF_BIRTH><DATE>1971-04-05</DATE></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>Z0000009</NUMBER></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY><DATAID>8</DATAID><FIRST_NAME>Qum Fund</FIRST_NAME>
<ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>Qum Aid</ALIAS_NAME></ENTITY_ALIAS></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>"""
UK = {
    "subjects.csv": "unique_id,subject_type,un_reference_number,ofsi_group_id,date_designated,last_updated\n"
    "XYZ1,individual,,1,29/06/2012,01/02/2020\nXYZ2,ship,,2,05/11/2013,01/02/2020\n",
    "subject_names.csv": "name_id,unique_id,name_type,alias_strength,full_name\n"
    "0,XYZ1,alias,low_quality_aka,Shorty\n1,XYZ1,primary,,Serik Otarbay\n2,XYZ2,primary,,SEA OTTER\n",
    "subject_identifiers.csv": "id,unique_id,ofsi_group_id,raw_value,identifier_type,additional_info\n"
    "0,XYZ1,1,000111222,national,\n1,XYZ2,2,IMO1234567,imo,\n",
}
CSL = (
    "full_name,entity_type,DOB,address,address_country,nationality,regime,date_added,list_internal_id,sanction_list\n"
    "Gulmira Lab,,,X,,,,2019-10-09,ab12,Entity List (EL) - Bureau of Industry and Security\n"
    "Gulmira Laboratory,,,X,,,,2019-10-09,ab12,Entity List (EL) - Bureau of Industry and Security\n"
    '"OTARBAY, Serik",Individual,1961-03-03,,,,GLOMAG; SDGT,,102,Specially Designated Nationals (SDN) - Treasury\n'
)
MIRROR = {
    "published": "2026-08-20",
    "counts": {"entries": 1, "alternateNames": 1},
    "entries": [
        {"uid": 101, "name": "GULMIRA TRADING LLC", "type": "entity", "programs": ["SDGT"], "alternateNames": ["GTL"]}
    ],
}
MIRROR_CSV = "uid,name,type,programs,alternate_names\n101,GULMIRA TRADING LLC,entity,SDGT; IFSR,GTL; GULMIRA\n"
FTM = "\n".join(
    json.dumps({"id": i, "schema": schema, "properties": properties})
    for i, schema, properties in (
        ("q-1", "Person", {"name": ["Serik Otarbay"], "weakAlias": ["Shorty"], "passportNumber": ["N00000001"]}),
        ("q-2", "Vessel", {"name": ["Sea Otter", "Otter"], "imoNumber": ["IMO1234567"], "flag": ["xx"]}),
        ("q-3", "Address", {"full": ["Nowhere"]}),
    )
)
_OWN = (
    "name,kind,aliases,weak_aliases,valid_from,country,birth_year,imo,registration_number\n"
    "Gulmira Trading,company,GTL; Gulmira,G,2024-01,Nowhere,,,55-1; 55-2\nSea Otter,vessel,,,,,,9074729,\n"
    '"Otarbay, Serik",person,Shorty,,2020-05-06,KZ,1961,,\n'
)
_PARTIES = (
    "Supplier,Address,Country,Registration number,Date of birth,Passport,Contact\n"
    'Gulmira Trading Co. Ltd,"1 Long Street, Urumqi, Xinjiang",China,91650100MA77ABCD1X,,,Aman Beknazar\n'
    "新疆中泰化学股份有限公司,乌鲁木齐市,CN,,,,\n"
    "Serik Otarbay,,KZ,,03/03/1961,N00000001,\n"
    ",No. 5 Road,Turkey,12-345,,,\n"
    '"Sea Otter ""II"", LLC","Box 7;\nNowhere",Nowhere,,,,x; y\n'
    ",,,,,,\nЗавод Отарбай,Алматы,Казахстан,,,,\n"
)
_SUPPLY = "product,hub,period,amount,unit\n854140,KAZ,2022-01,1000.5,USD\n854140,ARM,2022-02,n/a,USD\n"
_FLOWS_OWN = (
    "reporter,flow,partner,product,hs_vintage,period,value_usd,net_kg,quantity,quantity_unit\n"
    "ARM,export,RUS,850100,HS2017,2021,2121,0.011,5,u\nARM,export,GEO,850200,HS2017,2021,2122,12000,,\n"
    "ARM,import,CHN,850100,HS2017,2021,100,10,1,u\nARM,import,CHN,850100,HS2017,2021,100,10,1,u\n"
    "ARM,export,RUS,85,HS2017,2021,5000,1,,\nARM,export,RUS,850300,HS2022,2022,0,,,\n"
    "GEO,export,World,TOTAL,HS2017,2021,90000,,,\nGEO,export,ARM,850100,HS2017,2022,-1,,,\n"
)
_OWN_ROWS = (ROOT / "docs/examples/own_rows.csv").read_text(encoding="utf-8")
_OWNERS = (ROOT / "docs/examples/owners.csv").read_text(encoding="utf-8")
_LINKS = (ROOT / "docs/examples/supply-links.csv").read_text(encoding="utf-8")
_PSC = "\n".join(
    json.dumps({"company_number": number, "data": data})
    for number, data in (
        ("01234567", {"kind": "individual-person-with-significant-control", "name": "Ms Gulmira Otarbay",
                      "date_of_birth": {"month": 2, "year": 1971}, "notified_on": "2016-04-06",
                      "natures_of_control": ["ownership-of-shares-25-to-50-percent", "right-to-appoint"]}),
        ("01234567", {"kind": "corporate-entity-person-with-significant-control", "name": "Sunset Textile Ltd",
                      "identification": {"registration_number": "7654321", "country_registered": "England"},
                      "ceased_on": "2020-01-02", "natures_of_control": ["voting-rights-50-to-75-percent-as-trust"]}),
        ("07654321", {"kind": "persons-with-significant-control-statement", "statement": "no-individual"}),
    )
)  # fmt: skip
_GLEIF_HEAD = ("StartNode.NodeID", "StartNode.NodeIDType", "EndNode.NodeID", "EndNode.NodeIDType", "RelationshipType",
               "RelationshipStatus", "Period.1.startDate", "Period.1.endDate", "Period.1.periodType")  # fmt: skip
_GLEIF = (
    ",".join(f"Relationship.{h}" for h in _GLEIF_HEAD) + "\n"
    "5299000INVENTED00A01,LEI,5299000INVENTED00B02,LEI,IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE,2019-01-01T00:00:00Z,,"
    "RELATIONSHIP_PERIOD\n"
    "5299000INVENTED00C03,LEI,5299000INVENTED00B02,LEI,IS_INTERNATIONAL_BRANCH_OF,ACTIVE,,,\n"
)
_GLEIF_XML = """<?xml version="1.0" encoding="UTF-8"?>
<rr:RelationshipData xmlns:rr="http://www.gleif.org/data/schema/rr/2016"><rr:RelationshipRecords>
<rr:RelationshipRecord><rr:Relationship><rr:StartNode><rr:NodeID>5299000INVENTED00A01</rr:NodeID></rr:StartNode>
<rr:EndNode><rr:NodeID>5299000INVENTED00B02</rr:NodeID></rr:EndNode>
<rr:RelationshipType>IS_ULTIMATELY_CONSOLIDATED_BY</rr:RelationshipType><rr:RelationshipPeriods><rr:RelationshipPeriod>
<rr:StartDate>2018-01-01T00:00:00Z</rr:StartDate><rr:PeriodType>RELATIONSHIP_PERIOD</rr:PeriodType>
</rr:RelationshipPeriod></rr:RelationshipPeriods><rr:RelationshipStatus>ACTIVE</rr:RelationshipStatus></rr:Relationship>
</rr:RelationshipRecord></rr:RelationshipRecords></rr:RelationshipData>"""


def _statement(kind: str, record: str, day: str, **details: object) -> dict[str, object]:
    return {"statementId": f"s-{record}-{day}", "statementDate": day, "recordId": record, "recordStatus": "new",
            "recordType": kind, "recordDetails": details}  # fmt: skip


def _held(start: str, **share: float) -> list[dict[str, object]]:
    return [{"type": "shareholding", "directOrIndirect": "direct", "share": share, "startDate": start}]


_BODS = json.dumps(
    [
        _statement("entity", "e1", "2020-01-01", name="Sunset Textile",
                   identifiers=[{"scheme": "GB-COH", "id": "0123"}]),
        _statement("person", "p1", "2020-01-01", names=[{"fullName": "Serik Otarbay"}]),
        _statement("entity", "e2", "2020-01-01", name="Gulmira Trading"),
        _statement("relationship", "r1", "2020-01-01", subject="e1", interestedParty="p1",
                   interests=_held("2019-01-01", minimum=25, exclusiveMaximum=50)),
        _statement("relationship", "r1", "2021-01-01", subject="e1", interestedParty="p1",
                   interests=_held("2019-01-01", exact=60)),
        _statement("relationship", "r2", "2020-01-01", subject="e2", interestedParty="e1",
                   interests=_held("", exact=51.5)),
        _statement("relationship", "r3", "2020-01-01", subject="e2", interestedParty="p1",
                   interests=[{"type": "shareholding", "directOrIndirect": "indirect", "share": {"exact": 30}}],
                   componentRecords=["r1", "r2", "e1"]),
    ]
)  # fmt: skip
_FTM_LINKS = "\n".join(
    json.dumps({"id": i, "schema": s, "properties": p})
    for i, s, p in (
        ("a", "Company", {"name": ["Hold AG"], "leiCode": ["529900T8BM49AURSDO55"], "jurisdiction": ["kz"]}),
        ("t", "Ownership", {"owner": ["a"], "asset": ["b"], "percentage": ["60 %"], "startDate": ["2020-01"]}),
        ("b", "Company", {"name": ["Mill LLP"], "registrationNumber": ["77"], "country": ["kz"]}),
    )
)
_LINKED = _OFAC["sdn.csv"].replace("Director", "-0- ").replace("a.k.a. 'UNCLE'.", "Linked To: GULMIRA TRADING LLC.")
_EMBER = (
    "Area,Date,Area type,Region,Commodity code,Commodity type,Amount (items),Amount (kg),Amount (USD),Commodity price,"
    "Price unit,Capacity (MW),Cumulative capacity (MW)\n"
    "Kazakhstan,2023-01-01,Country or economy,Asia,85414020,Panels,49433,333324.0,1663024.0,0.38,USD/W,4.38,4.38\n"
    "Asia,2023-01-01,Region,Asia,85414020,Panels,5452,82456.0,337723.0,0.38,USD/W,0.89,5.27\n"
)
_DEMAND = (
    "from,to,amount,unit,mode\nUrumqi,Almaty,900,trucks/day,road\nKashgar,Karachi,73000,tonnes/year,\n"
    '"Xi\'an",Duisburg,2.5,trains/week,rail\nKashgar,Tashkent,"12,5",TEU/month,\n'
)
_PROJECTS = (
    "id,Umbrella,Title,Status,AidData Sector Name,Commitment Year,"
    "Funding Agencies,Recipient,Amount (Constant USD2017)\n"
    "901,No,Invented road to Gwadar,Implementation,TRANSPORT,2015,Invented Bank,Pakistan,250000000.5\n"
    "902,Yes,Invented yard at Khorgos,Completion,TRANSPORT,2012.0,A|B,Kazakhstan,\n"
)
_CAPS = "khorgos:road=650/day\nalashankou:rail=5trains/day\nKhunjerab=2,5 trucks/week\nkhorgos = 36500 tonnes / year\n"
_SENTENCES = (
    "Khunjerab, 5 December 2024. More than 11,000 vehicles and 40,900 tonnes of cargo crossed the pass this year.",
    "In November 2024 29 companies were added to the UFLPA entity list, the largest batch yet, up 42.6 per cent.",
    "In the past the pass was closed from December to March; it is now open year-round.",
    "Trade of Xinjiang with the five Central Asian states came to 283.67 billion yuan in 2023, up 50 per cent.",
    "A shopper may take home goods of 8,000 yuan (US$1,104) free of duty each day.",
    "2023年新疆与中亚五国贸易额为2836.7亿元，同比增长50%。",
    "В октябре 2024 года в Карачи погибли двое граждан Китая; завод закроют.",
)


def _records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def _grid(text: str) -> list[list[str | int | float | None]]:
    """Rows of a CSV as cells of a workbook, whole numbers as such."""
    return [[int(c) if c.isdigit() else c or None for c in row] for row in csv.reader(io.StringIO(text))]


def _divided(text: str, mark: str) -> str:
    """The same table, its cells divided by another mark and its lines ended as on Windows."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(csv.reader(io.StringIO(text)))
    return out.getvalue()


def _results() -> str:
    """Two matches in the columns of results, a value of its type in each."""
    from entrepot.screening.contract import MATCHES

    values = {"text": "Gulmira", "integer": "3", "number": "0.5", "boolean": "true", "partial_date": "2024-05"}
    rows = [[values.get(c.type, "A (1).; B.") for c in MATCHES.columns] for _ in range(2)]
    rows[1] = ["" if c.absent else v for c, v in zip(MATCHES.columns, rows[1], strict=True)]
    out = io.StringIO()
    csv.writer(out).writerows([MATCHES.names, *rows])
    return out.getvalue()


def _tables(name: str, text: str, *, is_titled: bool = True) -> dict[str, tuple[Seed, ...]]:
    """A table of text in each form in which tables come."""
    import pyarrow as pa

    rows = _records(text)
    columns = {k: pa.array([r[k] or None for r in rows], pa.string()) for k in rows[0]}
    lines = "\n".join(json.dumps(r, ensure_ascii=False) for r in rows)
    return {
        "csv": (
            one(f"{name}.csv", text),
            one(f"{name}.csv", _divided(text, ";")),
            one(f"{name}.tsv", _divided(text, "\t")),
            one(f"{name}.csv", text.encode("gb18030")),
            one(f"{name}.txt", text.encode("utf-16")),
        ),
        "packed": (
            one(f"{name}.csv.gz", gzipped(text.encode())),
            one(f"{name}.zip", zipped([(f"{name}.csv", text.encode()), ("__MACOSX/._x", b"x")])),
            one(f"{name}.jsonl.gz", gzipped(lines.encode())),
        ),
        "xlsx": (
            one(f"{name}.xlsx", workbook(_grid(text), [["note"], ["=1+2"], [45000.5]])),
            one(f"{name}.xlsx", workbook([["A title"], [], *_grid(text)] if is_titled else _grid(text))),
            one(f"{name}.xls", old_book({"A": _grid(text)})),
        ),
        "json": (one(f"{name}.json", json.dumps(rows, ensure_ascii=False, indent=1)), one(f"{name}.jsonl", lines)),
        "parquet": (one(f"{name}.parquet", written(pa.table(columns))),),
    }


def _every(name: str, text: str) -> tuple[Seed, ...]:
    """A table of text in every form."""
    return tuple(s for form in _tables(name, text).values() for s in form)


_MEASURE = """\
title = "Export ban on machine tools"
who = "EU"
whom = ["RUS"]
direction = "export"
goods = ["8457", "8458.11"]
from = 2022-04-09
announced = 2022-04-08
rivals = ["eu-russia-833"]
source = "https://example.org/ban"
text = '''
Machine tools may not be sold, supplied or exported to the country, nor passed on to it by another. What is said here is
free text, and most of the damage falls into it, so that many a damaged file is read.
Machine tools may not be sold, supplied or exported to the country, nor passed on to it by another. What is said here is
free text, and most of the damage falls into it, so that many a damaged file is read.
Machine tools may not be sold, supplied or exported to the country, nor passed on to it by another. What is said here is
free text, and most of the damage falls into it, so that many a damaged file is read.
'''
"""


def _whole_act(act: str) -> str:
    """A measure on record in the long form, under an id of one's own."""
    text = (ROOT / f"src/entrepot/measures/data/acts/{act}.toml").read_text(encoding="utf-8")
    return text.replace(f'id = "{act}"', 'id = "lists"', 1)


def _printed() -> tuple[Seed, ...]:
    """The sheets of national offices, each with its map under the name by which the reader looks for one."""
    made = []
    with TemporaryDirectory() as folder:
        for builder in (*national_sheets.BUILDERS, *database_sheets.BUILDERS):
            _, path, mapping = national_sheets.written(builder, Path(folder), is_told=False)
            files = {path.name: path.read_bytes(), "kazakhstan.toml": mapping.read_bytes()}
            made.append(Seed(path.name, files, ("kazakhstan.toml",)))
    return tuple(made)


@cache
def constructed() -> dict[str, tuple[Seed, ...]]:
    """Reader to its seeds, without the shelf."""
    nonsdn = {_CONSOLIDATED.get(n, "cons_comments.csv"): t.encode() for n, t in _OFAC.items()}
    flows = {f.name: f.read_bytes() for f in sorted(_FLOWS.iterdir())}
    baci, codes, mapped = "BACI_HS17_Y2020_V202401b.csv", "country_codes_V202401b.csv", "kazakhstan.csv"
    found = {
        "ofac-sdn-csv": (Seed("ofac", {n: t.encode() for n, t in _OFAC.items()}),),
        "ofac-nonsdn-csv": (Seed("ofac", nonsdn),),
        "ofac-mirror-json": (one("mirror.json", json.dumps(MIRROR)),),
        "ofac-mirror-csv": (one("mirror.csv", MIRROR_CSV),),
        "ofac-advanced-xml": (_lies(_LISTS / "sdn_advanced.xml"),),
        "un-xml": (one("un.xml", _UN), one("un.xml.gz", gzipped(_UN.encode()))),
        "uk-tables": (Seed("uk", {n: t.encode() for n, t in UK.items()}),),
        "uk-csv": (_lies(_LISTS / "UK-Sanctions-List.csv"),),
        "eu-xml": (_lies(_LISTS / "eu.xml"),),
        "eu-csv": (_lies(_LISTS / "eu.csv"),),
        "us-csl-table": (one("csl.csv", CSL), one("csl.csv.gz", gzipped(CSL.encode()))),
        "us-csl-csv": (_lies(_LISTS / "consolidated.csv"),),
        "us-csl-json": (_lies(_LISTS / "consolidated.json"),),
        "bis-ecfr-xml": (_lies(_LISTS / "title-15-part-744.xml"),),
        "dhs-uflpa-html": (_lies(_LISTS / "uflpa-entity-list.html"),),
        "ftm": (one("own.jsonl", FTM), one("own.json", FTM)),
        "own-csv": tuple(s for form in _tables("own", _OWN).values() for s in form),
        **{f"parties-{form}": s for form, s in _tables("suppliers", _PARTIES).items()},
        "results": (one("results.csv", _results()), one("results.csv.gz", gzipped(_results().encode()))),
        "supply": tuple(s for form in _tables("supply", _SUPPLY).values() for s in form),
        "flows-own": tuple(s for form in _tables("flows", _FLOWS_OWN, is_titled=False).values() for s in form),
        "flows-baci": (Seed(baci, {baci: flows[baci], codes: flows[codes]}, (codes,)),
                       one("baci.zip", zipped([(baci, flows[baci]), (codes, flows[codes]), ("Readme.txt", b"x")]))),
        "flows-comext": tuple(one(n, flows[n]) for n in ("comext_bulk.dat", "comext_ds.tsv")),
        "flows-comtrade": tuple(one(n, c) for n, c in flows.items() if n.startswith("comtrade")),
        "flows-hmrc": (one("hmrc_ots_joined.csv", flows["hmrc_ots_joined.csv"]),),
        "flows-ember": (one("ember.csv", _EMBER),),
        "flows-mapped": (Seed(mapped, {mapped: flows[mapped], "kazakhstan.toml": flows["kazakhstan.toml"]},
                              ("kazakhstan.toml",)), *_printed()),
    }  # fmt: skip
    found |= {
        "own-measure": (one("tools.toml", _MEASURE), one("lists.toml", _whole_act("ofac-xinjiang"))),
        "scenario": (_lies(ROOT / "docs/examples/scenario.toml"), _lies(_PRESETS / "khorgos-capped.toml")),
        "world-table": (one("icio.csv", made_worlds.icio()), one("wiod.csv", made_worlds.wiod())),
        "world-panel": (one("panel.csv", made_worlds.panel()),),
        "world-mapping": (one("mapping.toml", made_worlds.MAPPING),),
        "own-rows": tuple(s for form in _tables("rows", _OWN_ROWS, is_titled=False).values() for s in form),
        **{f"supply-{k}": _every(k, t) for k, t in made_supply.TABLES.items()},
        "supply-links": _every("supply", _LINKS),
        "supply-epcis": (
            one("events.json", made_supply.EVENTS),
            one("events.xml", made_supply.EVENTS_XML),
            one("events.json.gz", gzipped(made_supply.EVENTS.encode())),
        ),
        "own-table": tuple(s for form in _tables("owners", _OWNERS).values() for s in form),
        "own-bods": (one("bods.json", _BODS), one("bods.jsonl", "\n".join(map(json.dumps, json.loads(_BODS))))),
        "own-uk-psc": (one("psc.jsonl", _PSC), one("psc.txt.gz", gzipped(_PSC.encode()))),
        "own-ftm": (one("entities.ftm.json", _FTM_LINKS),),
        "own-gleif-csv": (one("rr.csv", _GLEIF), one("rr.zip", zipped([("rr.csv", _GLEIF.encode())]))),
        "own-gleif-xml": (one("rr.xml", _GLEIF_XML),),
        "own-ofac-linked-to": (one("sdn.csv", _LINKED),),
    }
    found["parties-csv"] += (one("items.txt", made_groups.PARTS),)
    grouped = (made_groups.QUICKBOOKS, made_groups.XERO, made_groups.TURNOVER)
    found["parties-csv"] += tuple(one("report.csv", text) for text in grouped)
    found["parties-xlsx"] += (one("turnover.xlsx", made_groups.outlined()),)
    for name in ("parties-csv", "supply-shipments"):
        found[name] += (one("declaration.xml", made_groups.DECLARATION),)
    found["demand"] = tuple(s for form in _tables("demand", _DEMAND).values() for s in form)
    found["projects"] = tuple(s for form in _tables("projects", _PROJECTS).values() for s in form)
    found["caps"] = (one("caps.txt", _CAPS),)
    reports = made_reports.seeds(_SENTENCES)
    return found | {f"report{ending}": (one(f"report{ending}", data),) for ending, data in reports.items()}
