"""A shared ledger that cannot be reached: where its database lies is told to nobody but the log."""

from __future__ import annotations

import pytest

from entrepot.core.errors import StoreElsewhereError, StoreError
from entrepot.server.page_parts import drawn
from entrepot.server.refusal import for_client, status_of, told

WHERE = "postgresql+psycopg://desk:***@db.invented.example/ledger"
SOCKET = 'connection to server on socket "/srv/invented/.s.PGSQL.5432" failed'


def unreachable():
    return StoreElsewhereError(f"the ledger cannot be used ({SOCKET})", found=WHERE, remedy="Is it up?")


def test_a_program_is_told_that_it_cannot_be_used_and_no_more():
    assert status_of(unreachable()) == 503
    assert told(unreachable())["error"]["thing"] == "the ledger cannot be used at present"
    assert "invented" not in str(told(unreachable()))


@pytest.mark.parametrize("exc", [StoreError("the store is broken", found="entrepot.duckdb"), ValueError("x")])
def test_other_errors_are_told_as_they_are(exc):
    assert for_client(exc) is exc


def test_a_page_says_it_and_the_log_says_where(monkeypatch, capsys):
    monkeypatch.setattr(drawn, "drawn", lambda *_, refused, **__: refused)

    class Asked:
        form, files = (), ()

    def render(_asked):
        raise unreachable()

    shown = drawn.with_refusals("desk")(render)(Asked())
    assert shown.status == 503
    assert shown.body.startswith("the ledger cannot be used at present")
    assert "invented" not in shown.body
    assert WHERE in capsys.readouterr().err
