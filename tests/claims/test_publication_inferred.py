"""The day of publication that is inferred from the text is none that lies ahead of it."""

from __future__ import annotations

import pytest

from entrepot.claims.open import open_report


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The office spoke on 9 November 2025. It will pause the ban until November 27th, 2026.", "2025-11-09"),
        ("Ведомство сообщило 9 ноября 2025 года. Запрет приостановлен до 27 ноября 2026 года.", "2025-11-09"),
        ("The ban is paused until 27 November 2026.", "None"),
        ("Shipments were counted on 9 November 2025 and on 3 March 2026.", "2026-03-03"),
    ],
)
def test_a_day_until_which_something_holds_is_not_that_of_the_report(text, day, tmp_path):
    path = tmp_path / "report.txt"
    said = "Слова, которые ничего не говорят о дне. " if "года" in text else "Words that say nothing of a day. "
    path.write_text(f"Metals\n\n{said * 8}{text}", encoding="utf-8")
    assert str(open_report(path).published) == day
