"""Each command calls one verb of the desk, and each of its options is a keyword of it."""

import inspect
from pathlib import Path

import click
import pytest

import entrepot
from entrepot import cli
from entrepot.desk.desk import VERBS, Desk, verb

# A command, or a command and its subcommand -> the verb that it calls, where that is not called as the command.
CALLS = {
    "lists load": "load_list",
    "lists diff": "diff_lists",
    "lists remove": "remove_list",
    "lists show": "show_listed",
    "corridor series": "corridor_series",
    "corridor risk": "corridor_risk",
    "corridor trains": "corridor_trains",
    "corridor cooperation": "corridor_cooperation",
    "corridor effect": "corridor_effect",
    "corridor conflicts": "corridor_conflicts",
    "divert demos": "demos",
    "simulate codes": "scenario_codes",
    "divert event-study": "event_study",
    "ledger verify": "ledger_verify",
    "ledger decisions": "ledger_decisions",
    "ledger case": "ledger_case",
    "ledger redact": "ledger_redact",
    "own load": "load_ownership",
    "supply load": "load_supply",
    "supply files": "supply_files",
    "supply refused": "refused_supply",
    "supply links": "supply_links",
    "supply remove": "remove_supply",
    "supply balance": "supply_balance",
    "supply example": "supply_example",
    "supply parties": "supply_parties",
    "own files": "ownership_files",
    "own remove": "remove_ownership",
    "record add": "add_rows",
    "record remove": "forget",
    "record refresh": "refresh",
    "record versions": "record_versions",
    "corridor network": "corridor_network",
    "corridor route": "corridor_route",
    "corridor flow": "corridor_flow",
    "clearance verify": "verify_clearance",
    "clearance key": "clearance_key",
    "clearance timestamp": "timestamp_clearance",
}
# Commands that are no capability: they print what the shell needs, speak of the installation, or hold others.
NO_VERB = {"clearance", "completion", "corridor", "doctor", "ledger", "serve", "store", "supply"}
NO_VERB |= {f"store {word}" for word in ("where", "check", "repair", "backup", "restore", "share", "remove")}
# Options that say how an answer is drawn, written or told apart by an exit code, and so are the command's alone.
RENDERED = {"fmt", "out", "fail", "fail_on_match", "fail_on_signal", "fail_on_contradiction", "plot", "profile"}
RENDERED |= {"in_full", "yes"}  # how much is shown, and that nobody is asked
# How the store is used, whatever the verb: in Python the environment says so, ENTREPOT_READ_ONLY.
OF_THE_STORE = {"read_only"}
# Keywords that a command cannot give: who listens, tables in memory, and that a server knows who asks.
ONLY_IN_PYTHON = {"progress", "listings", "ask", "only_by", "sends"}


def commands():
    """Path of words -> click command."""
    found = {}
    context = click.Context(cli.group)
    for name in cli.COMMANDS:
        command = cli.group.get_command(context, name)
        found[name] = command
        if isinstance(command, click.Group):
            for below in command.list_commands(click.Context(command)):
                found[f"{name} {below}"] = command.get_command(click.Context(command), below)
    return found


CAPABILITIES = {name: CALLS.get(name, name) for name in commands() if name not in NO_VERB}


def test_every_command_has_its_line_in_the_help():
    modules = {f.stem for f in Path(cli.__file__).parent.glob("*.py") if "\ndef command(" in f.read_text("utf-8")}
    assert modules == set(cli.COMMANDS), "name it in COMMANDS of cli/__init__.py"


def test_every_command_calls_a_verb():
    called = {verb_name: command for command, verb_name in CAPABILITIES.items()}
    missing = [f"entrepot {called[name]}: {name}" for name in called if name not in VERBS]
    assert missing == [], "name the verb with its module in VERBS of desk/desk.py"
    # `entrepot review` writes by decide and withdraw.
    assert set(VERBS) - {"decide", "withdraw"} <= set(called), "a verb without a command"


@pytest.mark.parametrize(("command", "name"), CAPABILITIES.items())
def test_every_option_is_a_keyword_of_the_verb(command, name):
    options = {p.name for p in commands()[command].params}
    keywords = set(inspect.signature(verb(name)).parameters)
    assert options - RENDERED - OF_THE_STORE <= keywords
    assert keywords - ONLY_IN_PYTHON <= options


# A command begins processes as it is; a script may not be guarded, and worked with long reports before there were any.
OTHERWISE = {("check", "workers")}


@pytest.mark.parametrize(("command", "name"), CAPABILITIES.items())
def test_defaults_agree(command, name):
    given = {p.name: p for p in commands()[command].params}
    for keyword, parameter in inspect.signature(verb(name)).parameters.items():
        option = given.get(keyword)
        if option is None or parameter.default is parameter.empty or (name, keyword) in OTHERWISE:
            continue
        assert (option.to_info_dict().get("default") or None) == (parameter.default or None), keyword


@pytest.mark.parametrize("name", VERBS)
def test_each_keyword_has_a_type_and_a_line_in_the_docstring(name):
    function = verb(name)
    text = inspect.getdoc(function)
    for keyword, parameter in inspect.signature(function).parameters.items():
        assert parameter.annotation is not parameter.empty, keyword
        assert f"\n    {keyword}: " in text, keyword
    assert "Returns:" in text


def test_a_desk_has_one_store(tmp_path):
    desk = Desk(store=tmp_path / "a desk")
    assert desk.lists().to_pylist() == entrepot.Desk(tmp_path / "another").lists().to_pylist()
    assert desk.screen.keywords == {"store": tmp_path / "a desk"}
    assert desk.load is entrepot.load  # which keeps nothing
    with pytest.raises(AttributeError, match="no verb 'scren'"):
        desk.scren  # noqa: B018 - the access is the test


def test_python_screens_against_the_lists_of_the_store(tmp_path):
    # A list that was loaded into the store was left out of `entrepot.screen`, without a word.
    own = tmp_path / "blocked.csv"
    own.write_text("name\nZyxwvut Holdings\n", encoding="utf-8")
    parties = tmp_path / "suppliers.csv"
    parties.write_text("supplier\nZyxwvut Holdings\n", encoding="utf-8")
    desk = Desk(store=tmp_path / "store")
    desk.load_list(own, "own-blocked", version="2026-01-05")
    found = desk.screen(parties, as_of="2026-01-06", workers=1)
    assert [(r["list_id"], r["met_name"]) for r in found.to_pylist()] == [("own-blocked", "Zyxwvut Holdings")]
    assert any("own-blocked holds 1" in note for note in found.notes)
    assert desk.explain(found.to_pylist()[0]["match_id"])[0].kind == "match"


def test_an_answer_is_a_table_to_any_library(tmp_path):
    import polars as pl
    import pyarrow as pa

    found = Desk(store=tmp_path).measures()
    assert pa.table(found).equals(found.table)
    assert pl.DataFrame(found).height == found.num_rows
