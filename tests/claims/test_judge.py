"""Whatever is read, each claim gets one verdict, and the order of the claims is kept."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.claims import contract
from entrepot.claims.check import Checked
from entrepot.claims.judge import judge
from entrepot.claims.model import Block, Claim, Report, identified
from entrepot.claims.page.annotated import page
from entrepot.claims.render import claim_findings
from entrepot.claims.wordlists import rows

QUANTITIES = [row["quantity"] for row in rows("quantities")]
PLACES = ["khunjerab", "xinjiang", "china-kazakhstan", "uflpa-entity-list", "pakistan", "china", "nowhere"]
SUBJECTS = {
    "place": PLACES,
    "measure": ["uflpa", "eu-csddd", "none"],
    "party": ["uflpa-x"],
    "outside": ["Volkswagen", "x"],
}
UNITS = [None, "USD", "CNY", "PKR", "tonnes", "persons", "vehicles", "entities", "percent", "percentage_points", "TEU"]
TEXT = "x" * 200
DAYS = st.dates(date(1980, 1, 1), date(2035, 12, 31)).map(date.isoformat) | st.sampled_from(
    ("2024-02-29", "2023-02-28")
)
VALUES = st.sampled_from((0.0, 1.0, -5.0, 29.0, 107.0, 1e-9, 1e300)) | st.floats(-1e15, 1e15)
SENTENCES = st.sampled_from(
    ("", "closed from December to March", "all year", "on Monday 1", "sold", "closing 全年 5月 至 11月")
)


@st.composite
def claims(draw) -> Claim:
    kind = draw(st.sampled_from(contract.SUBJECT_KINDS))
    days = sorted(draw(st.tuples(DAYS, DAYS)))
    start, end = draw(st.sampled_from(((days[0], days[1]), (None, days[1]), (None, None), (days[0], days[0]))))
    bound = draw(st.sampled_from(contract.BOUNDS))
    value = draw(VALUES | st.none())
    at = draw(st.integers(0, 150))
    sentence = draw(SENTENCES)
    made = Claim(
        "", at, at + draw(st.integers(0, 40)), sentence, sentence, kind, draw(st.sampled_from(SUBJECTS[kind])),
        where=draw(st.sampled_from((None, "Karachi", "卡拉奇"))),
        partner=draw(st.sampled_from((None, "Kazakhstan", "Central Asia five"))),
        product=draw(st.sampled_from((None, "cotton", "Panels"))),
        mode=draw(st.sampled_from((None, "rail", "road"))),
        direction=draw(st.sampled_from((None, "in", "out", "both"))),
        quantity=draw(st.sampled_from(QUANTITIES)),
        value=value,
        value_high=value + abs(value) + 1 if value is not None and bound == "between" else None,
        unit=draw(st.sampled_from(UNITS)),
        per=draw(st.sampled_from((None, "day", "year"))),
        bound=bound,
        status=draw(st.sampled_from(contract.STATUSES)),
        period_start=start,
        period_end=end,
        comparison=draw(st.sampled_from(contract.COMPARISONS)),
        base_start=draw(st.sampled_from((None, "2020-01-01"))),
    )  # fmt: skip
    return identified(made, "3" * 64)


@settings(max_examples=100)
@given(st.lists(claims(), max_size=6, unique_by=lambda c: c.claim_id), st.sampled_from((None, date(2024, 12, 5))))
def test_each_claim_gets_one_verdict(whole, record, made, published):
    made = sorted(made, key=lambda c: c.span_start)
    found = judge(made, whole, published, TEXT)
    assert [c.claim_id for c in found] == [c.claim_id for c in made]
    assert all(c.verdict in contract.VERDICTS for c in found)
    assert all(c.note or c.against for c in found)
    report = Report(TEXT, (Block(0, len(TEXT)),), "text", {}, ("en",), published, "given", {})
    assert Checked(report, tuple(found), "x").claims.num_rows == len(found)
    claim_findings(found, record)
    assert page(report, found, record, "x").count('<li class="card') == len(found)


def test_an_unread_figure_says_why(whole, make):
    (found,) = judge([make("dozens", unread_reason="vague_figure")], whole, None)
    assert (found.verdict, found.note) == ("unread", "Not read: vague figure.")


def test_silence_names_the_nearest_rows_and_how_much_of_a_list_is_held(whole, make):
    fields = {"subject": "uflpa-entity-list", "quantity": "batches.added", "unit": "entities", "value": 33}
    (found,) = judge([make("33", **fields)], whole, date(2024, 11, 25))
    assert found.verdict == "no_record"
    assert "Nearest on record" in found.note
    held = sum(b["rows_in_table"] for b in whole.batches)
    assert f"Of the list {held} of 187 entities are held, as of the notice of 2026-08-03" in found.note
    assert ("a newer notice may exist" in found.note) == (held == 187)


def test_progress_is_told(whole, show):
    told = []
    judge(list(show.values()), whole, None, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (len(show), len(show))
