"""The worst misses and false alerts of each class, with the reasons that the matcher gives.

Names are shown of public-domain lists and MIT sets only. The pairs in other scripts are for tests and are not to be
passed on: of them the page gives counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from screening import data, perturb, perturbed, scripts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from screening.adapters import Answer, Entrepot

MOST = 20
Row = tuple[str, str, float, tuple[str, ...]]  # query, what it met or should have met, score, reasons


def write(who: Entrepot, path: Path) -> None:
    """Write the page."""
    sections = [*_labelled(who), *_un(who), *_ssb(who), *_uflpa(who), *_counts(who)]
    head = (
        "# Error analysis of the matcher\n\nWritten by `python benchmarks/bench_screening.py --errors`. The reasons "
        "are those that the matcher gives. Misses are ordered by the score that the right answer got, lowest first; "
        "false alerts by the score of the wrong one, highest first.\n"
    )
    path.write_text("\n".join([head, *sections]) + "\n", encoding="utf-8")


def _section(title: str, rows: Sequence[Row]) -> str:
    lines = [f"## {title}\n"]
    for left, right, score, reasons in rows[:MOST]:
        lines.append(f"- **{_text(left)}** / **{_text(right)}**: {score:.3f}. {' '.join(_text(r) for r in reasons)}")
    return "\n".join([*lines, "" if rows else "None.\n"])


def _text(text: str) -> str:
    """One line of Markdown, without marks of its own."""
    return " ".join(text.split()).replace("*", "\\*").replace("|", "\\|").replace("<", "&lt;")


def _labelled(who: Entrepot) -> list[str]:
    pairs = data.name_bench()
    scores = who.score_pairs([(p.left, p.right) for p in pairs], [p.schema for p in pairs])
    out = []
    for schema in ("Person", "Company"):
        chosen = [(s, p) for s, p in zip(scores, pairs, strict=True) if (p.schema == "Person") == (schema == "Person")]
        for same, title in ((True, "misses"), (False, "false alerts")):
            ordered = sorted((x for x in chosen if x[1].same is same), key=lambda x: x[0] if same else -x[0])
            rows = [(p.left, p.right, float(s), who.reasons(p.left, p.right, p.schema)) for s, p in ordered[:MOST]]
            name = "persons" if schema == "Person" else "organisations and vessels"
            out.append(_section(f"Labelled pairs, {name}: {title}", rows))
    return out


def _un(who: Entrepot) -> list[str]:
    held = perturbed.un_and_sdn()
    cases = perturb.perturbed_set(data.un_names(), 1, perturbed.SEED)
    right = data.right_answers([c.original for c in cases], held)
    found = who.search([c.text for c in cases], held, "Person", least=perturbed.LEAST)
    order = sorted((a.score_of(r), i) for i, (a, r) in enumerate(zip(found, right, strict=True)) if r)[:MOST]
    misses = [
        (f"{cases[i].text} ({', '.join(cases[i].classes)})", cases[i].original, score,
         who.reasons(cases[i].text, cases[i].original, "Person"))
        for score, i in order
    ]  # fmt: skip
    invented = data.negatives()[:: len(data.negatives()) // 5_000]
    alarms = who.search(invented, held, "Person", least=perturbed.LEAST)
    worst = sorted(range(len(invented)), key=lambda i: -alarms[i].best)[:MOST]
    false = [
        (invented[i], alarms[i].names[0], alarms[i].best, who.reasons(invented[i], alarms[i].names[0], "Person"))
        for i in worst
        if alarms[i].names
    ]
    return [_section("UN names changed: misses", misses), _section("Invented names: false alerts", false)]


def _ssb(who: Entrepot) -> list[str]:
    out = []
    for schema, title in (("Person", "persons"), ("Company", "organisations")):
        cases, pools = perturbed.ssb_cases(schema)
        held = next(iter(pools.values()))
        found = who.search([c[0] for c in cases], held, schema)
        name = dict(zip(reversed(held.entities), reversed(held.names), strict=True))
        misses = sorted(
            (a.score_of(frozenset({c[1]})), c) for a, c in zip(found, cases, strict=True) if c[1] is not None
        )[:MOST]
        alarms = sorted(
            (-a.best, c[0], a.names[0]) for a, c in zip(found, cases, strict=True) if c[1] is None and a.names
        )
        out.append(_section(
            f"SDN {title} changed: misses",
            [(f"{q} ({how})", name[e], s, who.reasons(q, name[e], schema)) for s, (q, e, how) in misses if e],
        ))  # fmt: skip
        out.append(_section(
            f"SDN {title}, made-up neighbours: false alerts",
            [(q, met, -s, who.reasons(q, met, schema)) for s, q, met in alarms[:MOST]],
        ))  # fmt: skip
    return out


def _uflpa(who: Entrepot) -> list[str]:
    queries, entities = data.uflpa()
    held = scripts.pool()
    own = dict(zip(reversed(entities.entities), reversed(entities.names), strict=True))
    found = who.search([q for q, _ in queries], held, "Company")
    missed = sorted(
        (a.score_of(frozenset({e})), q, own[e])
        for a, (q, e) in zip(found, queries, strict=True)
        if a.entities[:1] != (e,)
    )
    rows = [(q, name, s, who.reasons(q, name, "Company")) for s, q, name in missed]
    return [_section("Chinese names of UFLPA entities: misses", rows)]


def _counts(who: Entrepot) -> list[str]:
    lines = [
        "## Names in other scripts: counts\n",
        "| set | pairs | right answer first | found later | not found |",
        "|---|---|---|---|---|",
    ]
    for task, (script, schema) in scripts.SETS.items():
        pairs = data.cross_script(script, schema)
        right = [frozenset({f"pair {data.same_text(b)}"}) for _, b in pairs]
        found = who.search([a for a, _ in pairs], scripts.among(task), scripts.KIND[schema])
        lines.append(f"| {task} | {len(pairs)} | " + " | ".join(str(n) for n in _places(found, right)) + " |")
    return ["\n".join(lines)]


def _places(found: Sequence[Answer], right: Sequence[frozenset[str]]) -> tuple[int, int, int]:
    first = np.array([a.first_is(r) for a, r in zip(found, right, strict=True)])
    held = np.array([bool(r & set(a.entities)) for a, r in zip(found, right, strict=True)])
    return int(first.sum()), int((held & ~first).sum()), int((~held).sum())
