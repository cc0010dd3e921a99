"""What is said to be done is a law's only where nothing stands between that may do it in its place."""

from __future__ import annotations

import pytest

from entrepot.desk.check import check

SAID = [
    ("The CSDDD bans products made with forced labour.", "bans", True),
    ("The CSDDD, a law that critics call weak, bans products made with forced labour.", "bans", True),
    ("The CSDDD is a law prohibiting products of child labour.", "prohibiting", True),
    ("The EU Forced Labour Regulation (FLR) obliges companies to watch their suppliers.", "obliges companies", True),
    ("The EU Forced Labour Regulation, praised by a minister, obliges companies to plan.", "obliges companies", True),
    ("The CSDDD has raised the costs of firms, banning goods linked to forced labour.", "banning", True),
    ("The CSDDD has raised the costs of firms beside other rules, banning plastic bags.", "banning", False),
    ("The CSDDD will stand beside rules prohibiting plastic bags.", "prohibiting", False),
    ("The CSDDD was weakened after lawmakers quarrelled over a bill that bans caged hens.", "bans", False),
    (
        "The EU Forced Labour Regulation was praised by a minister whose own country obliges companies to plan.",
        "obliges companies",
        False,
    ),
    ("Unlike the CSDDD, the new law of Peru bans goods made with forced labour.", "bans", False),
]


@pytest.mark.parametrize(("text", "printed", "is_red"), SAID, ids=[text for text, *_ in SAID])
def test_a_law_is_red_only_for_what_it_is_itself_said_to_do(tmp_path, text, printed, is_red):
    path = tmp_path / "report.txt"
    path.write_text(text, encoding="utf-8")
    said = {c.verdict for c in check(path, published="2025-02-20").found if c.text == printed}
    assert ("contradicts" in said) == is_red
