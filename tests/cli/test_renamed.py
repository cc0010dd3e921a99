"""A renamed command or option works one minor version longer, with a warning; the renames are invented."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from entrepot import cli
from entrepot.cli import old_names
from entrepot.core.errors import BadInputError
from entrepot.core.runtime.renamed import Renamed, works


@pytest.fixture
def invented(monkeypatch):
    """`entrepot tables` is now `record`, its `--condition` now `--where`, and `lists load --is` now `--as`."""
    monkeypatch.setattr(old_names, "COMMANDS", (Renamed("tables", "record", "0.2"), Renamed("older", "clock", "0.0")))
    options = {
        "record": (Renamed("--condition", "--where", "0.2"), Renamed("--gone", "--where", "0.0")),
        "lists load": (Renamed("--is", "--as", "0.2"),),
    }
    monkeypatch.setattr(old_names, "OPTIONS", options)

    def run(*arguments):
        return CliRunner().invoke(cli.group, arguments)

    return run


@pytest.mark.parametrize("given", [("--condition", "place_id=khunjerab"), ("--condition=place_id=khunjerab",)])
def test_old_names_do_what_the_new_ones_do_and_say_so(invented, given):
    old = invented("tables", "observations", "--format", "csv", *given)
    new = invented("record", "observations", "--format", "csv", "--where", "place_id=khunjerab")
    assert (old.exit_code, old.stdout) == (0, new.stdout)
    assert "khunjerab" in old.stdout
    assert old.stderr.splitlines() == [
        "Warning: tables is now called record; the old name goes with the version after 0.2.",
        "Warning: --condition is now called --where; the old name goes with the version after 0.2.",
    ]
    assert new.stderr == ""


def test_an_option_of_a_subcommand_is_found_behind_other_options(invented):
    done = invented("lists", "--store", "s", "load", "none.csv", "--is", "own-a")
    assert "--is is now called --as" in done.stderr
    assert "No such option" not in done.stderr


@pytest.mark.parametrize(
    ("given", "new"), [(("older", "2024-11-25"), "clock"), (("record", "events", "--gone=a"), "--where")]
)
def test_a_name_past_its_time_is_refused_with_the_new_one(invented, given, new):
    failed = invented(*given)
    assert isinstance(failed.exception, BadInputError)
    assert failed.exception.exit_code == 2
    assert new in str(failed.exception)


def test_an_argument_behind_two_dashes_is_left(invented):
    assert old_names.renamed(["record", "--", "--condition"]) == ["record", "--", "--condition"]
    assert old_names.renamed([]) == []


def test_nothing_is_said_while_a_shell_completes(invented, capsys):
    assert old_names.renamed(["tables", "x"], quiet=True) == ["record", "x"]
    assert capsys.readouterr().err == ""


def every_option(path):
    command = cli.group
    for name in path.split():
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(command), name)
    return {o for p in command.params for o in p.opts}


def test_what_is_entered_leads_to_what_is_there():
    """Of the names that the product itself has changed."""
    for change in old_names.COMMANDS:
        assert change.new in cli.COMMANDS
        assert change.old not in cli.COMMANDS
    for path, changes in old_names.OPTIONS.items():
        assert {c.new for c in changes} <= every_option(path)
        assert not {c.old for c in changes} & every_option(path)
    entered = [*old_names.COMMANDS, *(c for changes in old_names.OPTIONS.values() for c in changes)]
    assert [c for c in entered if not works(c)] == [], "their time is over: take them off the list"
