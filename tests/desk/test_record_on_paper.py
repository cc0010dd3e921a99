"""The record of a screening: a page of summary, open cases first, every cleared party, signed as page and as PDF."""

from __future__ import annotations

import io
import shutil

import openpyxl
import pypdf
import pytest

from entrepot.core.document.blocks import Facts, Grid, Heading, Items, Mono, NewPage, texts
from entrepot.desk.clearance import verify_clearance
from entrepot.desk.screen import screen
from entrepot.screening.cases.gathered import cases, matches_by_case
from entrepot.screening.reports.clearance_record import Filing, clearance_record
from entrepot.screening.runs.results import results
from entrepot.screening.runs.run import run_screening

ROWS = "vendor number,name,address,country\nV1,Hefei Meiling Co. Ltd.,Hefei,China\nV2,#read(1) & Söhne,Ulm,DE\n"
ROWS += 'V3,Kashgar Example Trading,"Kashgar, Xinjiang",China\nV4,Hetian Taida Apparel Co. Ltd.,Hotan,China\n'


@pytest.fixture(scope="module")
def vendors(tmp_path_factory):
    path = tmp_path_factory.mktemp("vendors") / "vendors.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def run(vendors):
    return run_screening(vendors, as_of="2026-11-25")


def parts(document):
    """Heading -> the blocks under it."""
    found, under = {}, ""
    for block in document.blocks:
        if isinstance(block, Heading):
            under = block.text.partition(" (")[0]
        else:
            found.setdefault(under, []).append(block)
    return found


def decided(run, state):
    """The cases of a run, the listing of the first party decided."""
    rows = cases(run.matches.to_pylist())
    said = {"decided_by": "A. Reviewer", "decided_at": "2026-11-26T10:00:00Z", "decision_why": "another town"}
    return [{**c, "state": state, **said} if c["row"] == 2 else c for c in rows]


def test_while_a_case_is_open_it_is_a_screening_record(run):
    assert clearance_record(run).title == "Screening record"
    said = {"state": "false", "decided_by": "A", "decided_at": "2026-11-26T10:00:00Z"}
    shut = [{**c, **said} for c in decided(run, "open")]
    done = clearance_record(run, Filing(cases=shut))
    assert done.title == "Clearance record"
    assert "Open cases" not in parts(done)
    for state in ("unsure", "second", "disputed", "returned"):
        again = [{**c, "state": state} if i == 0 else c for i, c in enumerate(shut)]
        assert clearance_record(run, Filing(cases=again)).title == "Screening record"


def test_the_summary_is_a_page_and_open_cases_come_before_decided_ones(run):
    document = clearance_record(run, Filing(cases=decided(run, "false"), decided_in=("Ledger of decisions abc",)))
    first = document.blocks[: next(i for i, b in enumerate(document.blocks) if isinstance(b, NewPage))]
    assert isinstance(first[0], Facts)
    assert dict(first[0].rows)["Decided in"] == Mono("Ledger of decisions abc")
    names = list(parts(document))
    assert names.index("Open cases") < names.index("Decided cases") < names.index("Sources") < names.index("Run")
    said = texts(document)
    assert "A. Reviewer, 2026-11-26" in said
    assert "another town" in said


def test_every_party_is_printed_once_as_a_case_a_flag_or_cleared(run):
    document = clearance_record(run)
    met = {(m["row"], m["party"]) for m in run.matches.to_pylist()}
    annex = next(b for b in document.blocks if isinstance(b, Items))
    assert {row for row, _ in annex.rows} == {str(p.row) for p in run.parties.each()} - {str(r) for r, _ in met}
    said = " ".join(texts(document))
    for match in run.matches.to_pylist():
        assert match["match_id"] in said
        assert match["party"] in said
    grids = [b for b in document.blocks if isinstance(b, Grid)]
    assert len({i for g in grids for i in g.ids}) == len(cases(run.matches.to_pylist()))


def test_cases_come_short_in_front_and_whole_behind(run):
    found = parts(clearance_record(run))
    (front,) = (b for b in found["Open cases"] if isinstance(b, Grid))
    (behind,) = (b for b in found["Annex: evidence of the cases"] if isinstance(b, Grid))
    listed = [c for c in cases(run.matches.to_pylist()) if c["kind"] != "region"]
    assert len(front.rows) == len(behind.rows) == len(listed)
    by_case = matches_by_case(run.matches.to_pylist())
    for case, short, whole in zip(listed, front.rows, behind.rows, strict=True):
        best = by_case[case["case_id"]][0]
        assert case["party"] in str(short)
        assert best["reasons"][0] in str(short)
        for said in (
            case["case_id"],
            *best["reasons"],
            *case["match_ids"],
            *(m["entity_id"] for m in by_case[case["case_id"]]),
        ):
            assert said in str(whole)


def test_listings_rest_on_the_federal_register(run, tmp_path):
    from entrepot.lists.profiles.profile import profiles

    rows = [m for m in run.matches.to_pylist() if m["kind"] == "listing"]
    known = profiles(tmp_path, {(m["list_id"], m["entity_id"]) for m in rows}, {})
    document = clearance_record(run, Filing(profiles=known))
    (grid,) = parts(document)["Sources"]
    said = [str(cell) for row in grid.rows for cell in row]
    assert any("https://www.federalregister.gov/documents/" in s for s in said)


def test_a_pdf_is_signed_beside_it_and_any_change_is_found(vendors, tmp_path):
    pytest.importorskip("cryptography")
    pytest.importorskip("typst")
    store, record = tmp_path / "store", tmp_path / "record.pdf"
    done = screen(vendors, as_of="2026-11-25", record=record, store=store, out=tmp_path / "h.csv", operator="A Clerk")
    assert done.notes[-1].startswith("Screening record: ")
    assert done.notes[-1].endswith(", beside it in record.pdf.sig.")
    found = verify_clearance(record, store=store, parties=vendors, results=tmp_path / "h.csv")
    assert found.holds
    pages = pypdf.PdfReader(io.BytesIO(record.read_bytes())).pages
    text = "".join("".join(p.extract_text().split()) for p in pages)
    assert "#read(1)&Söhne" in text
    assert "SignedBy".lower() not in pages[1].extract_text().lower()
    whole = record.read_bytes()
    for at in (0, len(whole) // 2, len(whole) - 2):
        record.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert not verify_clearance(record, store=store).holds
    record.write_bytes(whole)
    shutil.move(f"{record}.sig", tmp_path / "gone")
    assert [r["found"] for r in verify_clearance(record, store=store).to_pylist()][:1] == [
        "not signed: nothing says whether it was changed"
    ]
    # The screening need not be redone: its signature lies elsewhere, and may be given from there.
    assert ".sig" in verify_clearance(record, store=store).to_pylist()[0]["remedy"]
    assert verify_clearance(record, signature=tmp_path / "gone", store=store).holds


def test_a_workbook_has_a_case_a_row_and_is_read_back(vendors, run, tmp_path):
    path = tmp_path / "hits.xlsx"
    screen(vendors, as_of="2026-11-25", out=path, store=tmp_path / "store")
    book = openpyxl.load_workbook(path)
    assert [(s.title, s.sheet_state) for s in book.worksheets] == [
        ("cases", "visible"),
        ("run", "visible"),
        ("matches", "hidden"),
    ]
    sheet = book["cases"]
    assert sheet.max_row - 1 == len(cases(run.matches.to_pylist()))
    assert (sheet.freeze_panes, sheet.auto_filter.ref.split(":")[0]) == ("A2", "A1")
    assert all(cell.font.bold for cell in sheet[1])
    columns = list(zip(*sheet.iter_rows(values_only=True), strict=True))
    assert all(any(v not in (None, "") for v in column[1:]) for column in columns)  # no empty column
    shown = [str(v) for s in (sheet, book["run"]) for row in s.iter_rows(values_only=True) for v in row]
    assert not any(v.startswith(("{", "[")) for v in shown)
    back = [{k: v for k, v in r.items() if v not in (None, [])} for r in results(path)]
    assert [r["match_id"] for r in back] == run.matches.column("match_id").to_pylist()


def test_cases_that_wait_under_flags_are_counted_apart(run):
    # Two listed parties, each an open case; Kashgar and Hotan are flagged, each a case of its own.
    facts = next(b for b in clearance_record(run).blocks if isinstance(b, Facts))
    (said,) = (value.text for label, value in facts.rows if label == "Open cases")
    assert said == "4 of 4 cases wait for a decision: 2 under open cases, 2 under flags"
