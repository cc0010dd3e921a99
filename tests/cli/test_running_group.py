"""What a command with subcommands cannot take beside its own argument is refused: else nobody would miss it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from entrepot.cli import divert, own, record, simulate


@pytest.mark.parametrize(
    ("command", "first", "second", "way"),
    [
        (divert.command, "2021.csv", "2022.csv", "entrepot load FILE FILE"),
        (simulate.command, "ban.toml", "tariff.toml", "--beside FILE"),
        (record.command, "observations", "events", ""),
        (own.command, "Example Ltd", "Another Ltd", ""),
    ],
)
def test_a_second_argument_is_refused_with_how_several_are_given(command, first, second, way):
    done = CliRunner().invoke(command, [first, second])
    assert done.exit_code == 2
    assert f"{second} stands beside it" in done.output
    assert way in done.output


def test_a_subcommand_still_takes_what_is_its_own():
    done = CliRunner().invoke(divert.command, ["event-study", "a.csv", "b.csv"])
    assert "stands beside it" not in done.output
