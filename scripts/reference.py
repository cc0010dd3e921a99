"""Write docs/reference from the code, so that the two cannot disagree.

    python scripts/reference.py           write the pages
    python scripts/reference.py --check   exit 1 when they are not what the code says

Tables and JSON schemas come from the contracts, packaged tables from where they lie, the command line from click,
errors from the tree in core/errors.py, settings from the environment variables that the source names, the Python page
from the public names of the package, changes from changelog.d and CHANGELOG.md, the page of the house from the first
lines of modules, dependencies from the locks, the installed packages and scripts/dependencies.toml.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

import click

import dependencies
import entrepot
import house_map
import release
from entrepot.brief.render import findings_schema
from entrepot.core import contract, errors
from entrepot.core.tables.packaged import PackagedTable
from entrepot.sources.tables import RecordTable

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
SETTING = re.compile(r"\bENTREPOT_[A-Z][A-Z_]*\b")
WRITTEN = "<!-- Written by scripts/reference.py: change the code, then run `make reference`. -->\n\n"


def modules() -> list[ModuleType]:
    """Every module of the package, imported; `__main__` runs when imported, so it is left out."""
    names = [m.name for m in pkgutil.walk_packages(entrepot.__path__, "entrepot.")]
    return [entrepot, *(importlib.import_module(n) for n in sorted(names) if not n.endswith("__main__"))]


def contracts(found: list[ModuleType]) -> dict[str, tuple[str, contract.Contract]]:
    """Name -> room and contract, for each contract that a module holds by itself or in a dict, list or tuple.

    Tables that lie in the package and belong to no record stand on a page of their own.

    Raises:
        SystemExit: two different contracts have one name.
    """
    result: dict[str, tuple[str, contract.Contract]] = {}
    inside = {one.contract.name for one in packaged(found) if not isinstance(one, RecordTable)}
    # A contract belongs to the room whose contract.py defines it; other rooms may import it.
    for module in sorted(found, key=lambda m: not m.__name__.endswith(".contract")):
        held = [v.contract if isinstance(v, PackagedTable) else v for v in _each(vars(module).values())]
        for one in (v for v in held if isinstance(v, contract.Contract)):
            room = module.__name__.split(".")[1] if "." in module.__name__ else "entrepot"
            known = result.setdefault(one.name, (room, one))
            if known[1] != one:
                sys.exit(f"two contracts are called {one.name!r}: in {known[0]} and in {module.__name__}")
    return {name: known for name, known in sorted(result.items()) if name not in inside}


def _each(values: Iterable[object]) -> Iterator[object]:
    """The values, and those of each dict, list or tuple among them."""
    for value in values:
        yield from value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else (value,)


def packaged(found: list[ModuleType]) -> list[PackagedTable]:
    """The tables that lie in the package, each once, in the order of room and file."""
    values = (v for module in found for v in _each(vars(module).values()))
    tables = {(v.package, v.file): v for v in values if isinstance(v, PackagedTable) and v.file}
    return [tables[key] for key in sorted(tables)]


def tables_page(found: dict[str, tuple[str, contract.Contract]]) -> str:
    """Every table: meaning, grain, columns, and where its JSON schema lies."""
    head = (
        "# Tables\n\n"
        "Each table keeps a contract: what a row is, what each column means, in which unit, and why a cell\n"
        "may be empty. Every command that prints a table prints these columns; its JSON is an array of such\n"
        "rows and keeps the schema named under the table.\n"
    )
    parts = [
        f"{contract.markdown(one)}\nRoom: `{room}`. JSON schema: [{name}.json](schemas/{name}.json).\n"
        for name, (room, one) in found.items()
    ]
    return "\n".join([head, *parts])


def packaged_page(found: list[PackagedTable]) -> str:
    """Every data file that is a table, and the contracts of those that are not among the tables of the record."""
    head = (
        "# Packaged tables\n\n"
        "Every CSV of the package stands under a contract, and each of its rows says what it comes from: an id of the\n"
        "register of sources, a work with its licence and version, a standard, or a script. `Entrepot` stands for\n"
        "words and judgements that come from nowhere else. The tables of the record stand under [Tables](tables.md).\n"
    )
    rows = ["| file | table | meaning |", "|---|---|---|"]
    for one in found:
        file = f"{one.package.replace('.', '/')}/data/{one.file}".removeprefix("entrepot/")
        page = "tables.md" if isinstance(one, RecordTable) else ""
        rows.append(f"| `{file}` | [{one.contract.name}]({page}#{one.contract.name}) | {one.contract.meaning} |")
    inside = {one.contract.name: one.contract for one in found if not isinstance(one, RecordTable)}
    return "\n".join([head, *rows, "", *(contract.markdown(inside[name]) for name in sorted(inside))])


def command_line() -> click.Command | None:
    """The click command behind `entrepot`, which `entrepot.cli` holds as `main` or beside it."""
    cli = importlib.import_module("entrepot.cli")
    names = sorted(vars(cli), key=lambda name: name != "main")
    held = [vars(cli)[name] for name in names]
    return next((c for c in held if isinstance(c, click.Group)), None)


def commands(command: click.Command | None, parent: click.Context | None = None) -> Iterator[click.Context]:
    """The context of a command and of all below it, in the order of the help; none for none."""
    if command is None:
        return
    name = command.name if parent else "entrepot"
    # With the settings that a run has: click keeps the help option of a command as first asked for.
    context = click.Context(command, info_name=name, parent=parent, **command.context_settings)
    yield context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from commands(below, context)


def commands_page(root: click.Command | None) -> str:
    """Every command: usage, help, arguments and options."""
    codes = (
        "# Command line\n\n"
        f"Exit codes: {errors.DONE} done, {errors.INTERNAL} internal error, {errors.BAD_INPUT} bad input, "
        f"{errors.MATCHED} matched under `--fail-on-match`.\n"
    )
    return "\n".join([codes, *(_command(c) for c in (commands(root) if root else ()))])


def _command(context: click.Context) -> str:
    command = context.command
    usage = " ".join([context.command_path, *command.collect_usage_pieces(context)])
    lines = [f"## {context.command_path}\n", f"```text\n{usage}\n```\n", _prose(command.help or "")]
    records = [r for p in command.get_params(context) if (r := p.get_help_record(context))]
    if records:
        lines += ["| option | meaning |", "|---|---|"]
        lines += [f"| `{_cell(names)}` | {_cell(text)} |" for names, text in records if text]
        lines.append("")
    return "\n".join(lines)


def _prose(text: str) -> str:
    """Click's help as markdown: a paragraph that click must not wrap keeps its lines."""
    paragraphs = inspect.cleandoc(text).split("\f")[0].split("\n\n")
    kept = [f"```text\n{p[2:]}\n```" if p.startswith("\b\n") else p for p in paragraphs if p]
    return "\n\n".join(kept) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def errors_page() -> str:
    """The tree of errors as core/errors.py draws it, then each with its exit code and meaning."""
    tree = inspect.cleandoc(errors.__doc__ or "").split("\n\n")
    parts = [f"# Errors\n\n{tree[0]}\n\n```text\n{tree[1]}\n```\n"]
    parts += [f"{_joined(p)}\n" for p in tree[2:]]
    for error in error_classes():
        head = f"## {error.__name__}\n\nExit code {error.exit_code}. "
        parts.append(head + _joined(inspect.getdoc(error) or "").split("Args:")[0].strip() + "\n")
    return "\n".join(parts)


def error_classes() -> list[type[errors.EntrepotError]]:
    """All errors, parents before children, each family together; whatever has been imported before."""
    modules()

    def below(error: type[errors.EntrepotError]) -> Iterator[type[errors.EntrepotError]]:
        yield error
        for child in error.__subclasses__():
            yield from below(child)

    return [e for e in below(errors.EntrepotError) if e.__module__.startswith("entrepot.")]


def _joined(text: str) -> str:
    return " ".join(text.split())


def settings(found: list[ModuleType], root: click.Command | None) -> dict[str, str]:
    """Environment variable -> what it does: the help of its option, else the sentence that names it.

    Raises:
        SystemExit: the source names a variable that nothing explains.
    """
    sources = {m.__name__: Path(m.__file__).read_text(encoding="utf-8") for m in found if m.__file__}
    result = {name: "" for text in sources.values() for name in SETTING.findall(text)}
    for text in sources.values():
        for sentence in _docstring_sentences(text):
            for name in SETTING.findall(sentence):
                result[name] = result[name] or sentence
    for context in commands(root):
        for parameter in context.command.params:
            if isinstance(parameter, click.Option) and isinstance(parameter.envvar, str):
                result[parameter.envvar] = f"`{max(parameter.opts, key=len)}`: {_joined(parameter.help or '')}"
    if silent := sorted(name for name, text in result.items() if not text):
        sys.exit(f"no docstring and no option says what these do: {', '.join(silent)}")
    return dict(sorted(result.items()))


def _docstring_sentences(source: str) -> Iterator[str]:
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, kinds) and (text := ast.get_docstring(node)):
            for paragraph in text.split("\n\n"):
                yield from re.split(r"(?<=[.:;]) +(?=[A-Z`])", _joined(paragraph))


def settings_page(found: dict[str, str]) -> str:
    """Every environment variable that Entrepot reads."""
    head = "# Settings\n\nAn option on the command line wins over its environment variable.\n"
    rows = [f"| `{name}` | {_cell(text)} |" for name, text in found.items()]
    return "\n".join([head, "| variable | meaning |", "|---|---|", *rows, ""])


def python_page() -> str:
    """Every public name of the package with its signature and docstring."""
    head = "# Python\n\nWhat `import entrepot` offers; anything else may change without notice.\n"
    names = sorted(n for n in getattr(entrepot, "__all__", ()) if n != "__version__")
    return "\n".join([head, *(_public(name, getattr(entrepot, name)) for name in names)])


def _public(name: str, value: object) -> str:
    called = inspect.isclass(value) or inspect.isroutine(value)
    given = str(inspect.signature(value)) if inspect.isroutine(value) else ""
    # A function as default stands with its place in memory, which no two runs share.
    call = f"entrepot.{name}" + re.sub(r"<function (.+?) at 0x[0-9a-f]+>", r"\1", given)
    doc = (inspect.getdoc(value) if called or inspect.ismodule(value) else None) or "A value."
    first, _, rest = doc.partition("\n\n")
    lines = [f"## {name}\n", f"```text\n{call}\n```\n", f"{_joined(first)}\n"]
    return "\n".join([*lines, *([f"```text\n{rest}\n```\n"] if rest else [])])


def changes_page() -> str:
    """What has changed since the last release, then what each release changed."""
    entries = sorted(f for f in (ROOT / "changelog.d").glob("*.md") if f.name != "README.md")
    file = ROOT / release.CHANGELOG
    released = file.read_text(encoding="utf-8").removeprefix(release.HEAD) if file.exists() else ""
    return "\n".join(["# Changes\n", *(f"- {f.read_text(encoding='utf-8').strip()}" for f in entries), ""]) + released


def pages() -> dict[str, str]:
    """Path below docs/reference -> content."""
    found = modules()
    tables, root = contracts(found), command_line()
    written = {
        "tables.md": tables_page(tables),
        "packaged.md": packaged_page(packaged(found)),
        "command-line.md": commands_page(root),
        "errors.md": errors_page(),
        "python.md": python_page(),
        "settings.md": settings_page(settings(found, root)),
        "changes.md": changes_page(),
        "house.md": house_map.page(),
        "dependencies.md": dependencies.page(),
    }
    result = {name: WRITTEN + text for name, text in written.items()}
    for name, (_, one) in tables.items():
        schema = json.dumps(contract.json_schema(one), indent=2, ensure_ascii=False)
        result[f"schemas/{name}.json"] = schema + "\n"
    result["schemas/findings-json.json"] = json.dumps(findings_schema(), indent=2, ensure_ascii=False) + "\n"
    return result


def stale(folder: Path, wanted: dict[str, str]) -> list[str]:
    """The files of `folder` that are missing, differ or have nothing to describe any more."""
    there = {str(f.relative_to(folder)): f.read_text(encoding="utf-8") for f in folder.rglob("*") if f.is_file()}
    return sorted(name for name in there.keys() | wanted.keys() if there.get(name) != wanted.get(name))


def write(folder: Path, wanted: dict[str, str]) -> list[str]:
    """Bring `folder` to what is wanted; return what changed."""
    changed = stale(folder, wanted)
    for name in changed:
        file = folder / name
        if name in wanted:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(wanted[name], encoding="utf-8")
        else:
            file.unlink()
    return changed


def main(arguments: list[str]) -> int:
    """Write or check the pages."""
    wanted = pages()
    if arguments == ["--check"]:
        names = stale(REFERENCE, wanted)
        if names:
            print(textwrap.fill(f"docs/reference is stale; run `make reference`: {', '.join(names)}", 110))
        return 1 if names else 0
    for name in write(REFERENCE, wanted):
        print(f"docs/reference/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
