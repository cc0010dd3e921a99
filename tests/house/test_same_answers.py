"""Two checkouts compared by their answers: what is found, what is substituted, what is allowed, what is run."""

from __future__ import annotations

import dataclasses
import re
import shlex
import sys
from datetime import UTC, datetime, timedelta

import click
import pytest

import reference
import same_answers
from answers import comparing, inputs, running
from answers.comparing import Allowance, Comparison
from answers.running import Answer, Command, Scene, Side

# Options that no command of commands.toml tries, and why.
NOT_TRIED = {
    "--accept-loss": "needs a list that lost more than a few entries",
    "--store": "the store is given by the environment",
    "--reader": "needs a model that answers: tests/claims/test_reader.py",
    "--reader-model": "as --reader",
    "--from URL": "nothing is fetched",
}


def answer(code=0, stdout="", stderr="", files=None):
    return Answer(code, stdout.encode(), stderr.encode(), files or {}, frozenset(), 0.0)


@pytest.fixture
def comparison(tmp_path):
    """Compares answers of `tmp_path/one` and `tmp_path/two`; `.allowed` takes allowances."""
    sides = [Side(n, tmp_path / n, sys.executable, tmp_path / "kept" / n) for n in ("one", "two")]
    return Comparison(*sides, tmp_path / "run", datetime.now(UTC))


def written(folder, name, content):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_equal_bytes_are_the_same(comparison):
    assert comparison.verdict("entrepot x", answer(stdout="a"), answer(stdout="a")).word == comparing.SAME


@pytest.mark.parametrize("part", ["code", "stdout", "stderr"])
def test_a_difference_is_found_with_its_first_line(comparison, part):
    ones, twos = ({part: 0}, {part: 2}) if part == "code" else ({part: "a\nb\nc"}, {part: "a\nB\nC"})
    verdict = comparison.verdict("entrepot x", answer(**ones), answer(**twos))
    assert verdict.word == comparing.DIFFERS
    shown = verdict.differences[0]
    expected = (1, "0", "2") if part == "code" else (2, "b", "B")
    assert (shown.line, shown.before, shown.after) == expected


def test_of_a_long_line_the_piece_that_differs_is_shown(comparison):
    verdict = comparison.verdict("entrepot x", answer(stdout="x" * 5000 + "a"), answer(stdout="x" * 5000 + "b"))
    assert verdict.differences[0].before.endswith("xa")
    assert len(verdict.differences[0].before) <= comparing.WIDTH + 2


def test_files_are_compared(comparison, tmp_path):
    a, b = written(tmp_path / "a", "f.csv", "x\n1\n"), written(tmp_path / "b", "f.csv", "x\n2\n")
    assert comparison.verdict("c", answer(files={"f.csv": a}), answer(files={"f.csv": a})).word == comparing.SAME
    assert comparison.verdict("c", answer(files={"f.csv": a}), answer(files={"f.csv": b})).differences[0].line == 2
    missing = comparison.verdict("c", answer(files={"f.csv": a}), answer())
    assert (missing.differences[0].before, missing.differences[0].after) == ("written", "not written")
    raw = [written(tmp_path / n, "p.png", bytes([255, i])) for i, n in enumerate("ab")]
    found = comparison.verdict("c", answer(files={"p.png": raw[0]}), answer(files={"p.png": raw[1]}))
    assert (found.differences[0].before, found.differences[0].after) == ("ff00", "ff01")


def test_what_is_of_the_run_is_substituted(comparison, tmp_path):
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    later = (datetime.now(UTC) + timedelta(seconds=20)).strftime("%Y-%m-%dT%H:%M:%SZ")
    one, two = answer(stderr=f"{tmp_path}/one/src {now}"), answer(stderr=f"{tmp_path}/two/src {later}")
    verdict = comparison.verdict("entrepot x", one, two)
    assert verdict.word == comparing.SUBSTITUTED
    assert set(verdict.substituted) == {"path of the checkout", "time of the run"}


def test_another_time_is_a_difference(comparison):
    one, two = answer(stdout="listed 2021-06-24T10:00:00Z"), answer(stdout="listed 2021-06-25T10:00:00Z")
    assert comparison.verdict("entrepot x", one, two).word == comparing.DIFFERS


def test_a_store_is_compared_by_its_rows(comparison, tmp_path):
    duckdb = pytest.importorskip("duckdb")
    paths = []
    for name, rows in (("a", [1, 2]), ("b", [2, 1]), ("c", [2, 3])):
        (tmp_path / name).mkdir()
        paths.append(tmp_path / name / "s.duckdb")
        with duckdb.connect(str(paths[-1])) as con:
            con.execute("CREATE TABLE t (x INTEGER)")
            con.executemany("INSERT INTO t VALUES (?)", [[r] for r in rows])
    one, two, three = ({"s.duckdb": p} for p in paths)
    assert comparison.verdict("c", answer(files=one), answer(files=two)).word == comparing.SUBSTITUTED
    assert comparison.verdict("c", answer(files=one), answer(files=three)).word == comparing.DIFFERS


@pytest.mark.parametrize(
    ("command", "word"),
    [("screen a.csv --out b.xlsx", comparing.SUBSTITUTED), ("screen a.xlsx --out b.csv", comparing.DIFFERS)],
)
def test_the_id_of_a_run_may_differ_only_where_its_results_are_a_workbook(comparison, tmp_path, command, word):
    runs = [f"run-{n:016x}" for n in (1, 2)]
    files = [{"s.duckdb": written(tmp_path / run, "s.duckdb", f'{{"id": "{run}"}}')} for run in runs]
    assert comparison.verdict(command, answer(files=files[0]), answer(files=files[1])).word == word


@pytest.mark.parametrize(
    ("allowance", "word"),
    [
        (Allowance("ids", pattern="m-[0-9]+", numbered=True), comparing.ALLOWED),
        (Allowance("ids", pattern="m-[0-9]+", commands=("screen*",)), comparing.ALLOWED),
        (Allowance("ids", pattern="m-[0-9]+", commands=("lists*",)), comparing.DIFFERS),
        (Allowance("ids", pattern="m-[0-9]+", parts=("stderr",)), comparing.DIFFERS),
        (Allowance("notes", lines="^m-"), comparing.ALLOWED),
        (Allowance("any", anything=True), comparing.ALLOWED),
        (Allowance("other", pattern="z"), comparing.DIFFERS),
    ],
)
def test_an_allowed_difference_is_said_to_be_one(comparison, allowance, word):
    comparison.allowed.append(allowance)
    verdict = comparison.verdict("entrepot screen x", answer(stdout="m-1 m-2 m-1"), answer(stdout="m-3 m-4 m-3"))
    assert verdict.word == word
    if word == comparing.ALLOWED:
        assert verdict.differences[0].reasons == (allowance.reason,)
        assert comparison.used[allowance.reason] == 1


def test_a_numbered_name_has_to_stay_one_name(comparison):
    comparison.allowed.append(Allowance("ids", pattern="m-[0-9]+", numbered=True))
    verdict = comparison.verdict("entrepot screen x", answer(stdout="m-1 m-2 m-1"), answer(stdout="m-3 m-4 m-4"))
    assert verdict.word == comparing.DIFFERS


def test_the_first_group_of_a_pattern_stays(comparison):
    comparison.allowed.append(Allowance("last digits", pattern=r"(\d\.\d{3})\d+"))
    assert comparison.verdict("mirror", answer(stdout="1.23456"), answer(stdout="1.23471")).word == comparing.ALLOWED
    assert comparison.verdict("mirror", answer(stdout="1.23456"), answer(stdout="1.23571")).word == comparing.DIFFERS


def test_what_varies_by_itself_is_named_with_its_reason():
    assert all("varies from run to run" in a.reason for a in comparing.allowances(same_answers.VARIES))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("a,value_usd\n1,2\n", "a,amount,unit\n1,2,USD\n"),
        ('[{"a": 1, "value_usd": 2}]', '[{"a": 1, "amount": 2, "unit": "USD"}]'),
        ('table t\n{"a": 1, "value_usd": 2}', 'table t\n{"a": 1, "amount": 2, "unit": "USD"}'),
    ],
)
def test_columns_can_be_left_out(comparison, one, two):
    comparison.allowed.append(Allowance("amounts have a unit", columns=("value_usd", "amount", "unit")))
    assert comparison.verdict("load x", answer(stdout=one), answer(stdout=two)).word == comparing.ALLOWED
    changed = two.replace("1", "7", 1)
    assert comparison.verdict("load x", answer(stdout=one), answer(stdout=changed)).word == comparing.DIFFERS


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('pattern = "x"', "no reason"),
        ('reason = "r"\npatern = "x"', "unknown keys: patern"),
        ('reason = "r"\npattern = "("', "is no pattern"),
    ],
)
def test_an_allowance_that_says_too_little_is_refused(tmp_path, entry, said):
    file = written(tmp_path, "allowed.toml", f"[[allowed]]\n{entry}\n")
    with pytest.raises(ValueError, match=said):
        comparing.allowances(file)


def test_what_a_command_needs_of_an_earlier_one_is_filled_in(tmp_path):
    written(tmp_path, "hits.csv", "id,x\n,1\nm-2,2\n")
    written(tmp_path, "in.txt", "a")
    assert running.words_of("entrepot explain {hits.csv:id}", tmp_path, None) == (["entrepot", "explain", "m-2"], b"")
    assert running.words_of("entrepot load {shared}/f", tmp_path, tmp_path)[0][2] == f"{tmp_path}/f"
    assert running.words_of("entrepot screen - < in.txt", tmp_path, None) == (["entrepot", "screen", "-"], b"a")
    with pytest.raises(LookupError, match=r"none\.csv was not written"):
        running.words_of("entrepot explain {none.csv:id}", tmp_path, None)


def tree(folder, body):
    """A checkout whose `entrepot` runs `body`."""
    package = folder / "src" / "entrepot"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(body)
    return folder


BODY = """
import os, pathlib, sys
print("answer", sys.argv[1:])
pathlib.Path("out.txt").write_text("made by " + sys.argv[1])
(pathlib.Path(os.environ["HOME"]) / "kept").write_text(os.getcwd())
print(pathlib.Path(__file__), file=sys.stderr)
"""


@pytest.fixture
def two_trees(tmp_path, monkeypatch):
    """Runs the script on two small checkouts whose answers are `one` and `two`; returns its exit code."""
    scene = Scene("small", (Command("entrepot first"), Command("entrepot second", ends=0)))
    monkeypatch.setattr(running, "scenes", lambda: [scene, dataclasses.replace(scene, name="other", long=True)])

    def run(one, two, *options):
        trees = [tree(tmp_path / n, body) for n, body in (("one", one), ("two", two))]
        return same_answers.main([*map(str, trees), *options])

    return run


def test_equal_trees_answer_the_same(two_trees, capsys):
    assert two_trees(BODY, BODY, "--quick") == same_answers.SAME
    said = capsys.readouterr().out
    assert re.search(r"^same\* .*entrepot first$", said, re.MULTILINE)
    assert "path of the checkout" in said
    assert "not run: other (long)" in said


def test_a_changed_file_is_found(two_trees, capsys):
    assert two_trees(BODY, BODY.replace("made by", "Made by"), "--only", "small") == same_answers.DIFFERENT
    said = capsys.readouterr().out
    assert "work/out.txt, line 1" in said
    assert "+ Made by first" in said


def test_an_allowed_file_is_said(two_trees, tmp_path, capsys):
    allowed = written(
        tmp_path, "allowed.toml", '[[allowed]]\nreason = "capitals"\nparts = ["*.txt"]\npattern = "[Mm]ade"\n'
    )
    changed = BODY.replace("made by", "Made by")
    assert two_trees(BODY, changed, "--only", "small", "--allow", str(allowed)) == same_answers.SAME
    assert "(allowed: capitals)" in capsys.readouterr().out


def test_a_command_that_fails_on_both_sides_compares_nothing(two_trees, capsys):
    assert two_trees("raise SystemExit('broken')", "raise SystemExit('broken')") == same_answers.DIFFERENT
    assert "ended with 1, not 0: broken" in capsys.readouterr().out


def test_a_folder_without_entrepot_is_refused(tmp_path, capsys):
    assert same_answers.main([str(tmp_path), str(tmp_path)]) == same_answers.REFUSED
    assert "holds no src/entrepot" in capsys.readouterr().err


def test_inputs_are_the_same_each_time(tmp_path):
    examples = running.COMMANDS.parents[2] / "docs" / "examples"
    for name in ("one", "two"):
        inputs.make(tmp_path / name, examples, None)
    made = {p.name: p.read_bytes() for p in (tmp_path / "one").iterdir()}
    assert made == {p.name: p.read_bytes() for p in (tmp_path / "two").iterdir()}
    assert {p.suffix for p in (tmp_path / "one").iterdir()} >= {".csv", ".xlsx", ".jsonl", ".gz", ".docx", ".html"}
    parties = made["parties.csv"].decode()
    assert parties.count("\n") == inputs.PARTIES + 1
    for script in ("\u4e00-\u9fff", "\u0400-\u04ff", "\u0600-\u06ff"):
        assert re.search(f"[{script}]", parties)
    assert made["gb18030.csv"].decode("gb18030").startswith("供应商")


def test_the_workbook_that_is_made_is_one(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    inputs.workbook(tmp_path / "w.xlsx", {"First": [("a & b", 1)], "Second": [("丙",)]})
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")
    assert [[c.value for c in sheet[1]] for sheet in book] == [["a & b", "1"], ["丙"]]


def tried():
    """The words of every command that is run."""
    return [shlex.split(c.text) for scene in running.scenes() for c in scene.commands]


def test_scenes_have_names_of_their_own():
    names = [s.name for s in running.scenes()]
    assert len(names) == len(set(names))


def test_every_command_is_tried():
    known = [c.command_path.split() for c in reference.commands(reference.command_line())]
    run = tried()
    for path in known:
        wanted = f"a scene of scripts/answers/commands.toml has to run: {' '.join(path)}"
        assert any(words[: len(path)] == path for words in run), wanted
        assert any(words == [*path, "--help"] for words in run), f"{wanted} --help"


def test_every_option_is_tried():
    given = {word for words in tried() for word in words if word.startswith("--")}
    known = {
        option.opts[0]
        for command in reference.commands(reference.command_line())
        for option in command.command.params
        if isinstance(option, click.Option)
    }
    assert known - given - NOT_TRIED.keys() == set()
