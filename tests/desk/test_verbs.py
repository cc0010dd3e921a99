"""Each command calls one verb of the desk, and each of its options is a keyword of it."""

import inspect

import click
import pytest

import entrepot
from entrepot.cli import COMMANDS, group
from entrepot.desk.desk import VERBS, WITHOUT_STORE, Desk, verb

# A command, or a command and its subcommand -> the verb that it calls.
CALLS = {
    "brief": "brief",
    "screen": "screen",
    "rescreen": "rescreen",
    "check": "check",
    "lists": "lists",
    "lists load": "load_list",
    "lists diff": "diff_lists",
    "lists remove": "remove_list",
    "fetch": "fetch",
    "load": "load",
    "mirror": "mirror",
    "measures": "measures",
    "clock": "clock",
    "divert": "divert",
    "divert event-study": "event_study",
    "replicate": "replicate",
    "record": "record",
    "explain": "explain",
}
# Commands that are no capability: they print what the shell needs, or speak of the installation.
NO_VERB = {"completion", "doctor", "store"}
NO_VERB |= {f"store {word}" for word in ("where", "check", "repair", "backup", "restore", "remove")}
# Options that say how an answer is drawn, written or told apart by an exit code, and so are the command's alone.
RENDERED = {"fmt", "out", "fail", "fail_on_match", "fail_on_signal", "fail_on_contradiction", "plot"}
# `entrepot record remove ID` is a word of an argument: the verb forget takes the ids.
APART = {"record": {"ids"}}
# Keywords that a command cannot give: who listens, and tables in memory.
ONLY_IN_PYTHON = {"progress", "listings"}


def commands():
    """Path of words -> click command."""
    found = {}
    context = click.Context(group)
    for name in COMMANDS:
        command = group.get_command(context, name)
        found[name] = command
        if isinstance(command, click.Group):
            for below in command.list_commands(click.Context(command)):
                found[f"{name} {below}"] = command.get_command(click.Context(command), below)
    return found


def test_every_command_calls_a_verb():
    assert set(commands()) - NO_VERB == set(CALLS)
    assert set(CALLS.values()) | {"forget"} == set(VERBS)


@pytest.mark.parametrize(("command", "name"), CALLS.items())
def test_every_option_is_a_keyword_of_the_verb(command, name):
    options = {p.name for p in commands()[command].params}
    keywords = set(inspect.signature(verb(name)).parameters)
    assert options - RENDERED - APART.get(command, set()) <= keywords
    assert keywords - ONLY_IN_PYTHON <= options


@pytest.mark.parametrize(("command", "name"), CALLS.items())
def test_defaults_agree(command, name):
    given = {p.name: p for p in commands()[command].params}
    for keyword, parameter in inspect.signature(verb(name)).parameters.items():
        option = given.get(keyword)
        if option is None or parameter.default is parameter.empty:
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


@pytest.mark.parametrize("name", VERBS)
def test_verbs_without_a_store_are_named(name):
    assert (name in WITHOUT_STORE) == ("store" not in inspect.signature(verb(name)).parameters)


def test_a_desk_has_one_store(tmp_path):
    desk = Desk(store=tmp_path / "a desk")
    assert desk.lists().to_pylist() == entrepot.Desk(tmp_path / "another").lists().to_pylist()
    assert desk.screen.keywords == {"store": tmp_path / "a desk"}
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
