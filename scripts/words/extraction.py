"""Every sentence for people, from where it stands: code, templates, help of commands, tables of words, headings."""

from __future__ import annotations

import ast
import importlib
import io
import re
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import reference
from entrepot import cli
from entrepot.brief.contract import CARD_PHRASES, RULE_TABLES
from entrepot.cli.spoken_help import paragraphs
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.told_cells import CLOSED
from entrepot.measures.measure import measures
from entrepot.names.comparing.feature import sentences as feature_sentences
from entrepot.record.embedded import tables as record_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "entrepot"
POT = ROOT / "locale" / "entrepot.pot"
COMPILED = PACKAGE / "core" / "words" / "languages"
PAGES = PACKAGE / "server" / "data" / "strings_en.toml"
# Columns whose words are said, by the file of the table.
WORDS_OF_TABLES = {
    "card_phrases.csv": ("says",),
    "answer_rule.csv": ("says", "reason", "unit"),
    "answer_tests.csv": ("name", "asks", "up", "down"),
    "answer_verdicts.csv": ("says", "reason"),
    "answer_gaps.csv": ("says", "settles", "says_of_all", "settles_of_all"),
}
# Marks of numbers, which each language has its own way of: context and mark.
MARKS = (("number", ","), ("number", "."))
_IN_TEMPLATE = re.compile(r"""\btr\(\s*"((?:[^"\\]|\\.)+)"\s*[,)]""")
_CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "termui", "types", "utils")

Key = tuple[str, str, str]  # context, sentence, its plural: empty where there is none


def sentences() -> dict[Key, set[str]]:
    """Every sentence, and where it stands."""
    found: dict[Key, set[str]] = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*.py")):
        for key in of_code(path.read_text(encoding="utf-8"), "tr"):
            found[key].add(path.relative_to(ROOT).as_posix())
    for path in sorted(PACKAGE.rglob("templates/*.j2")):
        for text in _IN_TEMPLATE.findall(path.read_text(encoding="utf-8")):
            found["", text, ""].add(path.relative_to(ROOT).as_posix())
    for name in _CLICK:
        source = Path(importlib.import_module(f"click.{name}").__file__ or "")
        for key in of_code(source.read_text(encoding="utf-8"), "_"):
            found[key].add(f"click/{source.name}")
    for where, text in (
        *_help(cli.group, "entrepot"),
        *_tables(),
        *_features(),
        *_headings(),
        *_closed(),
        *_meanings(),
        *_remedies(),
    ):
        found["", text, ""].add(where)
    for where, context, text in _keyed():
        found[context, text, ""].add(where)
    for context, mark in MARKS:
        found[context, mark, ""].add("src/entrepot/core/words/catalogue.py")
    return {key: found[key] for key in sorted(found) if key[1]}


def of_code(source: str, name: str) -> Iterator[Key]:
    """The sentences that a module says.

    Args:
        source: its text.
        name: what it calls the function that looks a sentence up.
    """
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [a.value if isinstance(a, ast.Constant) and isinstance(a.value, str) else None for a in node.args]
        match node.func.id, texts:
            case called, [str(text), *_] if called in {name, "marked"}:
                yield "", text, ""
            case "trs", _:
                yield from (("", text, "") for text in texts if text)
            case "ntr", [_, str(one), str(more), *_]:
                yield "", one, more
            case "ngettext", [str(one), str(more), *_]:
                yield "", one, more
            case "counted", [_, str(one), *rest]:
                more = next((r for r in rest if r), f"{one}s")
                yield "", f"{{count:,}} {one}", f"{{count:,}} {more}"
            case "WordsBy", _:
                for held in (value for given in node.args if isinstance(given, ast.Dict) for value in given.values):
                    said = [c.value for c in ast.walk(held) if isinstance(c, ast.Constant)]
                    yield from (("", text, "") for text in said if text and isinstance(text, str))


def _help(command: click.Command, path: str) -> Iterator[tuple[str, str]]:
    """What commands say of themselves, by the command."""
    texts = [command.help, command.epilog, *(p.help for p in command.params if isinstance(p, click.Option))]
    yield from ((path, p) for text in texts for p in paragraphs(text))
    if isinstance(command, click.Group):
        context = click.Context(command, info_name=path)
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from _help(below, f"{path} {name}")


def _tables() -> Iterator[tuple[str, str]]:
    for table in (CARD_PHRASES, *RULE_TABLES):
        where = f"src/{table.package.replace('.', '/')}/data/{table.file}"
        yield from ((where, str(r[c])) for r in packaged_rows(table) for c in WORDS_OF_TABLES[table.file] if r[c])


def _features() -> Iterator[tuple[str, str]]:
    """What is said of two names that were compared."""
    yield from (("src/entrepot/names/data/features.toml", said) for said in feature_sentences().values())


def _headings() -> Iterator[tuple[str, str]]:
    """The headings of tables on a terminal: names of columns with spaces."""
    for name, (_, one) in reference.contracts(reference.modules()).items():
        yield from ((f"table {name}", column.name.replace("_", " ")) for column in one.columns)


def _closed() -> Iterator[tuple[str, str]]:
    """Words of closed lists, as a table on a terminal shows them."""
    for name, (_, one) in reference.contracts(reference.modules()).items():
        for column in one.columns:
            if column.name in CLOSED:
                words = (word.replace("_", " ") for word in column.allowed)
                yield from ((f"table {name}", word) for word in words if re.search("[a-z]{2}", word))


def _meanings() -> Iterator[tuple[str, str]]:
    """What tables of the record are: the rule of a row of theirs that is explained."""
    yield from ((f"table {t.contract.name}", t.contract.meaning) for t in record_tables())


def _remedies() -> Iterator[tuple[str, str]]:
    """What to ask instead for goods from before a clock began: a text of acts that a refusal ends with."""
    for act in measures():
        if act.clock and act.clock.before:
            yield f"src/entrepot/measures/data/acts/{act.id}.toml", act.clock.before


def _keyed() -> Iterator[tuple[str, str, str]]:
    found = tomllib.loads(PAGES.read_text(encoding="utf-8"))
    where = PAGES.relative_to(ROOT).as_posix()
    for part, of in found.items():
        if isinstance(of, dict):
            yield from ((where, f"{part}.{key}", said) for key, said in of.items())


def template() -> str:
    """The catalogue without translations, as gettext keeps it; of places the files alone, for lines move."""
    catalog = Catalog(project="Entrepot", charset="utf-8", fuzzy=False)
    for (context, text, more), places in sentences().items():
        where: Any = [(p, None) for p in sorted(places)]  # Babel takes a place without a line, its types do not
        catalog.add((text, more) if more else text, locations=where, context=context or None)
    held = io.BytesIO()
    write_po(held, catalog, width=118, omit_header=True, sort_output=False)
    return held.getvalue().decode("utf-8")


def compiled(source: Path) -> str:
    """The catalogue of a language made ready for the package: `kk.po` gives `kk.mo`; what came of it in words."""
    with source.open("rb") as stream:
        catalog = read_po(stream, locale=source.stem)
    COMPILED.mkdir(exist_ok=True)
    target = COMPILED / f"{source.stem}.mo"
    with target.open("wb") as stream:
        write_mo(stream, catalog)
    done = sum(bool(m.string) for m in catalog if m.id)
    return f"{target}: {done} of {len(catalog)} sentences, {target.stat().st_size:,} bytes"
