"""Russian names as German, French and Polish spell them."""

import pytest

from entrepot.names.reading.prepare import prepare
from entrepot.names.similarity import similarity

DEFAULT = 0.7


@pytest.mark.parametrize(
    ("spelt", "listed", "kind"),
    [
        ("Jewgenij Prigoschin", "Yevgeny PRIGOZHIN", "person"),
        ("Sergej Tschemesow", "CHEMEZOV, Sergey Viktorovich", "person"),
        ("Wjatscheslaw Wolodin", "VOLODIN, Vyacheslav", "person"),
        ("Walentina Matwijenko", "MATVIYENKO, Valentina", "person"),
        ("Uralwagonsawod", "URALVAGONZAVOD", "company"),
        ("Promswjasbank", "PROMSVYAZBANK", "company"),
        ("Evgueni Prigojine", "PRIGOZHIN, Yevgeniy Viktorovich", "person"),
        ("Viatcheslav Volodine", "VOLODIN, Vyacheslav", "person"),
        ("Ouralvagonzavod", "URALVAGONZAVOD", "company"),
        ("Jewgienij Prigożyn", "Yevgeny PRIGOZHIN", "person"),
        ("Wiaczesław Wołodin", "VOLODIN, Vyacheslav", "person"),
        ("Siergiej Szojgu", "SHOIGU, Sergei", "person"),
    ],
)
def test_a_russian_name_in_another_language_is_met(spelt, listed, kind):
    found = similarity(spelt, listed, kind)
    assert found.score >= DEFAULT
    assert [r for r in found.reasons if r.startswith("Read as if spelt otherwise")]


@pytest.mark.parametrize(
    "text",
    [
        "Mitchell Fletcher",
        "Deutsche Bank",
        "Sergej Viktorovich Navros",
        "Jewel Trading",
        "Peter Schwarz",
        "Czech Export",
        "Moscow News",
        "Couverture Nouvelle",
        "Wijk BV",
    ],
)
def test_what_is_spelt_in_its_own_language_has_no_further_reading(text):
    assert all(prepare(text, kind).further is None for kind in ("person", "company", "any"))
