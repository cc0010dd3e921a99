"""What the brief of each measure says of it holds on the day of the brief, and of this measure."""

from __future__ import annotations

import pytest

from entrepot.brief.report import plain_text


def shown(report, test_id):
    (test,) = (t for t in report.answer.tests if t.id == test_id)
    return [plain_text(line.says) for line in test.shown]


@pytest.mark.parametrize(
    ("day", "sizes"),
    [
        # the release that counts 37 in two tranches was reprinted on 22 July 2020: 37 - 28 = 9
        ("2020-07-21", "28 entities on 7 October 2019, 11 on 20 July 2020"),
        ("2020-07-22", "28 entities on 7 October 2019, 9 in June 2020, 11 on 20 July 2020"),
        # 28 + 9 + 11 + 5 = 53, as the event of June 2021 counts in all
        ("2021-06-30", "28 entities on 7 October 2019, 9 in June 2020, 11 on 20 July 2020, 5 on 24 June 2021"),
    ],
)
def test_a_tranche_whose_size_only_a_provision_tells_stands_among_the_others(plain_brief, day, sizes):
    assert shown(plain_brief("bis-entity-list", as_of=day), "pressure") == [
        f"bodies listed over Xinjiang: {sizes}; none on record since"
    ]


def test_the_size_of_a_tranche_is_not_said_to_be_missing_beside_it(plain_brief):
    (line,) = next(t for t in plain_brief("bis-entity-list").answer.tests if t.id == "pressure").shown
    assert "without its size" not in line.look.caution
    assert "The nine of June 2020" in line.look.caution


def test_a_part_of_which_nobody_knows_whether_it_began_is_not_drawn_as_in_force(plain_brief):
    lead = plain_brief("bis-entity-list", as_of="2026-12-01").lead
    assert lead.title == (
        "In force: tranche of July 2021; tranche of June 2021 and others; "
        "suspended to 9 November 2026, not known since: affiliates rule (50 per cent)"
    )
    assert "State of the affiliates rule after the suspension: not known: from 10 November 2026, not known" in lead.svg
