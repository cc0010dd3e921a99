"""The labels of real reports keep their rules, and the benchmark counts as it says."""

from __future__ import annotations

import hashlib

import pytest

import bench_reports as bench
from bench_reports import Said, Score, agrees_rightly, left_alone, right_row, right_verdict, said_of
from entrepot.record.embedded import load
from real_reports.report_baseline import read_without_grammar
from real_reports.report_failures import Failures, form, row_missed, verdict_missed
from real_reports.report_labels import HALVED, in_training
from real_reports.report_score import bars

VERDICTS = {"agrees", "contradicts", "differs-look", "derivable", "no_record"}
KINDS = {"law firm", "wire", "release", "think tank", "other"}
LARGEST = 1_500_000  # bytes: labels are read by people; the table of reports has the addresses of all sets
WHOLE = {
    "second",
    "third",
    "twelfth",
    "thirteenth-seen",
    "fourteenth-seen",
    "fifteenth",
    "seventeenth-seen",
    "eighteenth",
    "nineteenth-seen",
    "twentieth-later-seen",
    "twentyfirst-later-seen",
    "twentysecond-later-seen",
    "twentythird-later-seen",
    "twentyfourth",
    "twentyfifth-seen",
    "twentysixth-later-seen",
    "twentyseventh",
    "twentyeighth",
    "twentyninth-later-seen",
    "thirtieth-later-seen",
    "thirtyfirst",
    "thirtysecond-later-seen",
    "thirtythird-later-seen",
}  # no halves
OPENED = ("eleventh", "sixteenth")  # both halves open, one of them later
LATER = {
    "second": 60,
    "third": 60,
    "fourth-seen": 60,
    "fourth": 60,
    "fifth-seen": 7,
    "fifth": 10,
    "sixth-seen": 30,
    "sixth": 30,
    "seventh-seen": 25,
    "seventh": 25,
    "eighth-seen": 25,
    "eighth": 25,
    "ninth-seen": 25,
    "ninth": 25,
    "fifteenth": 60,
    "eighteenth": 60,
    "nineteenth-seen": 80,
    "twentieth-later-seen": 80,
    "twentyfirst-later-seen": 60,
    "twentysecond-later-seen": 60,
    "twentythird-later-seen": 60,
    "twentyfourth": 60,
    "twentyfifth-seen": 60,
    "twentysixth-later-seen": 60,
    "twentyseventh": 60,
    "twentyeighth": 50,
    "twentyninth-later-seen": 50,
    "thirtieth-later-seen": 60,
    "thirtyfirst": 60,
    "thirtysecond-later-seen": 80,
    "thirtythird-later-seen": 80,
}  # reports, at the least, of the sets and halves gathered after the first


@pytest.fixture(scope="module")
def reports():
    return bench.rows_of(bench.LABELS / "reports.csv")


@pytest.fixture(scope="module")
def labels():
    return {name: bench.rows_of(bench.LABELS / f"{name}-labels.csv") for name in bench.SETS}


@pytest.mark.parametrize("name", LATER)
def test_a_later_set_has_no_report_of_another(reports, name):
    others = {r["url"] for r in reports if r["half"] != name}
    these = [r["url"] for r in reports if r["half"] == name and r["url"]]
    assert len(set(these)) == len(these) >= LATER[name]
    assert others.isdisjoint(these)


def test_each_report_has_an_id_and_a_text_of_its_own(reports):
    for column in ("report", "text_sha256"):
        assert len({r[column] for r in reports}) == len(reports)


def test_nothing_is_fitted_on_what_is_sealed(reports):
    trained = {r["half"] for r in reports if in_training(r)}
    opened = {"thirteenth-seen", "fourteenth-seen", "seventeenth-seen", "nineteenth-seen"}
    opened |= {
        "twentieth-later-seen",
        "twentyfirst-later-seen",
        "twentysecond-later-seen",
        "twentythird-later-seen",
        "twentyfifth-seen",
        "twentysixth-later-seen",
        "twentyninth-later-seen",
        "thirtieth-later-seen",
        "thirtysecond-later-seen",
        "thirtythird-later-seen",
    }
    opened |= {f"{name}-{half}" for name in OPENED for half in ("seen", "later-seen")}
    assert trained == {"seen", "unseen", "second", *opened, *(f"{name}-seen" for name in HALVED)}
    assert trained.isdisjoint(
        {"third", "twelfth", "fifteenth", "eighteenth", "twentyfourth", "twentyseventh", "twentyeighth", *HALVED}
        | {"thirtyfirst"}
    )


def test_halves_follow_from_the_addresses(reports):
    for report in reports:
        assert report["kind"] in KINDS
        assert None not in report, "a comma that is not quoted"
        if report["half"] in WHOLE:
            continue
        even = int(hashlib.sha256(report["url"].encode()).hexdigest()[0], 16) % 2 == 0
        later = next((name for name in HALVED if report["half"].startswith(name)), None)
        halves = ("seen", "unseen") if later is None else (f"{later}-seen", later)
        if opened := next((name for name in OPENED if report["half"].startswith(name)), None):
            halves = (f"{opened}-seen", f"{opened}-later-seen")
        assert report["half"] == halves[0 if even else 1], report["report"]
        assert len(report["text_sha256"]) == 64


def test_each_report_has_its_labels_in_its_half_and_nowhere_else(reports, labels):
    for half, rows in labels.items():
        assert {r["report"] for r in rows} == {r["report"] for r in reports if r["half"] == half}
        assert len({r["claim"] for r in rows}) == len(rows)


def test_labels_have_their_shape(labels):
    for row in (row for rows in labels.values() for row in rows):
        assert int(row["end"]) - int(row["start"]) == len(row["printed"]), row["claim"]
        assert bench.verdicts(row) <= VERDICTS or (row["verdict"], row["also"]) == ("no_claim", ""), row["claim"]
        assert row["text_error"] in {"", "yes"}
        if row["verdict"] == "agrees":
            assert row["rows"], row["claim"]


def test_the_rows_of_the_labels_are_in_the_record(labels):
    record = load()
    known = {
        "/".join(str(row[c]) for c in record.contracts[name].grain)
        for name, table in record.tables.items()
        for row in table.select(list(record.contracts[name].grain)).to_pylist()
    }
    named = {i for rows in labels.values() for row in rows for i in row["rows"].split()}
    assert named - known == set()


def test_the_files_are_small_and_hold_no_sentence():
    for file in bench.LABELS.glob("*.csv"):
        assert file.stat().st_size < LARGEST
    longest = max(len(r["printed"]) for name in bench.SETS for r in bench.rows_of(bench.LABELS / f"{name}-labels.csv"))
    assert longest < 48


LABEL = {"claim": "x-01", "printed": "512", "start": "10", "end": "13", "rows": "O0001 O0002", "verdict": "agrees"}
LABEL |= {"also": "", "text_error": ""}
NONE = LABEL | {"rows": "", "verdict": "no_record"}


@pytest.mark.parametrize(
    ("label", "said", "row", "verdict"),
    [
        (LABEL, Said("agrees", ("O0002",), ("O0002",)), True, True),
        (LABEL, Said("agrees", ("O0009",), ("O0009",)), False, False),
        (LABEL, Said("no_record", (), ("O0008", "O0009", "O0001")), True, False),
        (LABEL, Said("no_record", (), ("O0007", "O0008", "O0009", "O0001")), False, False),
        (LABEL, Said("dropped"), False, False),
        (LABEL | {"also": "no_record"}, Said("no_record"), True, True),
        (NONE, Said("no_record"), True, True),
        (NONE, Said("no_record", (), ("O0009",)), False, True),
        (NONE, Said("dropped"), False, False),
        (NONE, Said("unread"), True, False),
    ],
)
def test_a_claim_is_counted_by_its_rows_and_by_its_verdict(label, said, row, verdict):
    assert right_row(label, said) is row
    assert right_verdict(label, said) is verdict


def test_an_agreement_by_a_row_of_something_else_is_wrong():
    assert agrees_rightly(LABEL, Said("agrees", ("O0001",)))
    assert not agrees_rightly(LABEL, Said("agrees", ("O0009",)))
    assert not agrees_rightly(NONE, Said("agrees", ("O0009",)))


def claim(start, end, verdict, against=(), note=None):
    return {"span_start": start, "span_end": end, "verdict": verdict, "against": list(against), "note": note}


def test_of_the_claims_at_a_figure_the_red_one_counts_else_the_closest():
    wide, close = claim(0, 40, "differs", ["O0009"]), claim(9, 13, "agrees", ["O0001"])
    assert said_of(LABEL, [wide, close]).verdict == "agrees"
    assert said_of(LABEL, [wide, close, claim(0, 12, "contradicts", ["O0003"])]).verdict == "contradicts"
    assert said_of(LABEL, [claim(13, 20, "agrees", ["O0001"])]).verdict == "dropped"


def test_rows_named_in_a_note_are_shown_and_other_claims_are_no_rows():
    said = said_of(LABEL, [claim(10, 13, "no_record", ["c-0123456789ab"], "Nearest: O0001, batch-uflpa-2025-01-15.")])
    assert said.offered == ("O0001", "batch-uflpa-2025-01-15")
    assert said.rests_on == ()


def test_a_text_that_is_absent_or_another_one_is_counted_as_absent(tmp_path, reports):
    report = next(r for r in reports if r["half"] == "seen")
    (tmp_path / f"{report['report']}.txt").write_text("Another text.\n", encoding="utf-8")
    found = bench.measured("seen", tmp_path, ("kind",))
    assert found.whole.absent == found.whole.reports == sum(r["half"] == "seen" for r in reports)
    assert found.whole.claims == 0
    assert "none" in bench.printed("seen", list(found.named()))


def test_errors_of_a_text_are_shown_by_red_or_by_differs():
    score = Score()
    wrong = LABEL | {"text_error": "yes", "verdict": "contradicts"}
    for verdict in ("contradicts", "differs-look", "agrees"):
        score.add(wrong, Said(verdict, ("O0001",), ("O0001",)))
    assert (score.errors, score.errors_shown, score.wrong_red, score.wrong_agree) == (3, 2, 0, 1)
    assert (score.showable, score.showable_shown) == (3, 2)


@pytest.mark.parametrize(
    "name", ["unseen", "second", "third", "fourth", "sixth", "seventh", "eighth", "ninth", "fifteenth", "all"]
)
def test_the_sets_set_aside_are_not_shown(capsys, tmp_path, name):
    with pytest.raises(SystemExit):
        bench.main([str(tmp_path), "--set", name, "--show"])
    assert "set aside" in capsys.readouterr().err


def test_a_number_that_is_no_claim_is_left_alone():
    page = LABEL | {"verdict": "no_claim", "rows": ""}
    score = Score()
    for said in (Said("dropped"), Said("no_record"), Said("agrees", ("O0001",), ("O0001",))):
        score.add(page, said)
    assert (score.claims, score.no_claims, score.left_alone) == (0, 3, 2)
    assert not left_alone(Said("no_record", (), ("O0001",)))


@pytest.mark.parametrize(
    ("label", "said", "row", "verdict"),
    [
        (LABEL, Said("dropped"), "dropped, a row is right", "dropped, wanted agrees"),
        (
            LABEL,
            Said("unread", reason="no_subject"),
            "nothing shown: unread, no_subject",
            "unread, no_subject, wanted agrees",
        ),
        (LABEL, Said("no_record", (), ("O0009",)), "other rows only", "no_record, right row not shown, wanted agrees"),
        (LABEL, Said("no_record", (), ("O0001",)), None, "no_record, right row shown, wanted agrees"),
        (LABEL, Said("agrees", ("O0009",), ("O0009", "O0001")), None, "agrees, by another row"),
        (NONE, Said("agrees", ("O0009",), ("O0009",)), "rows shown, none is right", "agrees, wanted no_record"),
        (LABEL, Said("agrees", ("O0001",), ("O0001",)), None, None),
    ],
)
def test_a_miss_has_a_class(label, said, row, verdict):
    assert row_missed(label, said) == row
    assert verdict_missed(label, said) == verdict


def test_failures_are_counted_without_the_text():
    failures = Failures()
    failures.add(LABEL | {"printed": "a secret 512"}, Said("dropped"))
    assert "dropped, a row is right" in "\n".join(failures.lines())
    assert "secret" not in "\n".join(failures.lines())


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("January 14, 2025", "date"),
        ("2021年", "date"),
        ("июня 2022 года", "date"),
        ("39.1 percent", "percent"),
        ("$3.68 billion", "money"),
        ("3627.9億元", "money"),
        ("12,600", "number"),
        ("twenty-six", "words"),
    ],
)
def test_the_form_of_a_figure(printed, kind):
    assert form(printed) == kind


def test_bars_are_met_or_missed():
    score = Score()
    assert set(bars(score).values()) == {None}
    score.add(LABEL, Said("agrees", ("O0001",), ("O0001",)))
    assert bars(score)["no wrong red"] is True
    score.add(LABEL, Said("contradicts", ("O0001",), ("O0001",)))
    assert bars(score)["no wrong red"] is False


def test_the_reader_without_grammar_finds_a_number_by_its_place(tmp_path):
    row = next(r for r in load().tables["observations"].to_pylist() if r["id"] == "O0057")
    text = tmp_path / "x.txt"
    text.write_text(f"Khorgos handled {row['value']:,.0f} trains in {row['period_end'][:4]}.\n", encoding="utf-8")
    found = read_without_grammar(text)
    assert found[0]["verdict"] == "agrees"
    assert found[0]["against"] == ["O0057"]
