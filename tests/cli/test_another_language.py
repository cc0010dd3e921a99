"""The command line in English with its letters changed: help, headings, refusals; and how a language is asked for."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import click
import pytest

from entrepot.cli import group
from entrepot.cli.spoken_help import click_speaking, spoken_command
from entrepot.core.words.languages import PSEUDO
from entrepot.core.words.translate import speaking


def commands(command, path=()):
    """Every command with its path, as it is named on the command line."""
    yield path, command
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            yield from commands(command.get_command(click.Context(command), name), (*path, name))


def left(text):
    """The words outside of what the catalogue gave; brackets may lie in brackets."""
    text = re.sub(
        r"(⟦[^⟦⟧]*?\.\.|(?<=^  )[a-z-]+ +⟦[^⟦⟧\n]*)\.$", "", text, flags=re.MULTILINE
    )  # cut by click for a list
    while (inner := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = inner
    return text


EVERY = dict(commands(group))


@pytest.mark.parametrize("path", EVERY, ids=" ".join)
def test_the_help_of_a_command_is_in_the_catalogue(path):
    """Usage, options with their kinds and the names of commands are typed, and stay; all else is changed."""
    with speaking(PSEUDO), click_speaking():
        context = click.Context(spoken_command(group), info_name="entrepot")
        for name in path:
            below = context.command.get_command(context, name)
            context = click.Context(below, info_name=name, parent=context)
        said = context.command.get_help(context)
    rest = left(re.sub(r"^⟦Úšágé:⟧.*(\n +\S.*)*", "", said))
    options = {word for p in context.command.params for word in (*p.opts, *p.secondary_opts)}
    typed = [line for line in rest.splitlines() if line.strip()]
    names = set(context.command.list_commands(context)) if isinstance(context.command, click.Group) else set()
    metavars = re.compile(r"[A-Z][A-Z0-9_@:\[\]|.=…]*|\[.*|.*\]|[a-z0-9|-]+\]?")
    for line in typed:
        first, *others = line.replace(",", " ").split()
        if first.startswith("-"):
            assert first in options | {"-h", "--help", "--version"}, line
            others = [w for w in others if not w.startswith("-")]
        elif first in names:
            assert others == [], line
        others = [w for w in others if w not in {"⟦", "⟧", "x>=0", "0<=x<=1"} and re.search("[A-Za-z]{2}", w)]
        assert [w for w in others if not metavars.fullmatch(w)] == [], line


def run(*args, **environment):
    return subprocess.run(
        [sys.executable, "-m", "entrepot", *args], capture_output=True, text=True, check=False, encoding="utf-8",
        env={k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "ENTREPOT_LANG"))} | environment,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("measures", "uflpb"), "⟦úñkñówñ ⟦méášúré⟧⟧ 'uflpb'; ⟦díd ýóú méáñ uflpa"),
        (("brief",), "⟦Míššíñg árgúméñt⟧ 'MEASURE'"),
        (("lists", "--formt"), "⟦Nó šúçh óptíóñ '--formt'"),
        (("brieff",), "⟦úñkñówñ ⟦çómmáñd⟧⟧ 'brieff'"),
    ],
)
def test_a_refusal_is_in_the_catalogue(args, said):
    found = run("--language", PSEUDO, *args)
    assert found.returncode == 2
    assert said in found.stderr
    assert run(*args).stderr.isascii()


def test_headings_are_in_the_catalogue():
    head = run("--language", PSEUDO, "lists").stdout.splitlines()[0]
    assert re.sub(r"⟦[^⟦⟧]*⟧|\s", "", head) == ""


@pytest.mark.parametrize(
    ("args", "environment", "is_changed"),
    [
        ((), {}, False),
        ((), {"LANG": "en_XA.UTF-8"}, True),
        ((), {"LANG": "de_DE.UTF-8"}, False),
        ((), {"ENTREPOT_LANGUAGE": "en-XA", "LANG": "de_DE.UTF-8"}, True),
        (("--language", "en"), {"ENTREPOT_LANGUAGE": "en-XA"}, False),
        (("--language=en-XA",), {}, True),
    ],
)
def test_how_a_language_is_asked_for(args, environment, is_changed):
    assert ("⟦" in run(*args, "--help", **environment).stdout) == is_changed


def test_without_a_word_the_help_is_shown():
    assert run().stderr.startswith("Usage: entrepot")
    assert run(ENTREPOT_LANGUAGE=PSEUDO).stderr.startswith("⟦Úšágé:⟧ entrepot")


def test_a_language_that_is_not_there_is_refused_in_english():
    found = run("--language", "tlh", "lists")
    assert found.returncode == 2
    assert "'tlh' is not one of 'en', 'en-XA'" in found.stderr


def test_english_loads_no_catalogue():
    code = "import sys, entrepot.cli; sys.exit('entrepot.core.words.catalogue' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_ids_do_not_hang_on_the_language():
    """What is kept is English, so that a row that was shown in one language is opened in another."""
    asked = ("corridor", "series", "khunjerab", "--format", "json")
    assert run("--language", PSEUDO, *asked).stdout == run(*asked).stdout
