"""A desk: the verbs of Entrepot with one store, as an analyst's machine or a server has it."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any

from entrepot.desk.given_values import as_taken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Verb -> its module under entrepot.desk.
VERBS: Mapping[str, str] = {
    "brief": "brief",
    "screen": "screen",
    "rescreen": "rescreen",
    "review": "review",
    "decide": "review",
    "withdraw": "review",
    "ledger_verify": "ledger",
    "ledger_decisions": "ledger",
    "ledger_case": "ledger",
    "ledger_redact": "ledger",
    "verify_clearance": "clearance",
    "clearance_key": "clearance",
    "timestamp_clearance": "clearance_timestamp",
    "check": "check",
    "lists": "lists",
    "load_list": "lists",
    "diff_lists": "lists",
    "remove_list": "lists",
    "show_listed": "lists",
    "search": "search",
    "fetch": "lists",
    "own": "own",
    "load_ownership": "own",
    "ownership_files": "own",
    "remove_ownership": "own",
    "load_supply": "trace",
    "supply_files": "trace",
    "supply_links": "supply_links",
    "refused_supply": "trace",
    "remove_supply": "trace",
    "supply_balance": "supply_balance",
    "supply_example": "supply_example",
    "supply_parties": "supply_parties",
    "trace": "trace",
    "dossier": "dossier",
    "load": "load",
    "flows": "flows",
    "mirror": "mirror",
    "measures": "measures",
    "clock": "measures",
    "duties": "duties",
    "divert": "divert",
    "demos": "demos",
    "event_study": "divert",
    "corridor_network": "corridor_network",
    "corridor_route": "corridor_route",
    "corridor_flow": "corridor_flow",
    "corridor_risk": "corridor_risk",
    "corridor_trains": "corridor_trains",
    "corridor_cooperation": "corridor_cooperation",
    "simulate": "simulate",
    "scenario_codes": "simulate",
    "replicate": "replicate",
    "corridor_series": "corridor_series",
    "corridor_conflicts": "corridor_conflicts",
    "corridor_effect": "corridor_effect",
    "record": "record",
    "add_rows": "record",
    "refresh": "refresh",
    "record_versions": "refresh",
    "forget": "record",
    "explain": "explain",
}


def verb(name: str) -> Any:
    """The function behind a verb; its module is imported when it is first asked for.

    Raises:
        KeyError: no such verb.
    """
    return as_taken(getattr(import_module(f"entrepot.desk.{VERBS[name]}"), name))


class Desk:
    """The verbs with one store: `Desk(store="desk").screen("suppliers.csv")`.

    Each verb takes what its function in `entrepot.desk` takes, but for `store`.

    Attributes:
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
    """

    __slots__ = ("store",)

    def __init__(self, store: str | Path | None = None) -> None:
        self.store = store

    def __getattr__(self, name: str) -> Any:
        if name not in VERBS:
            raise AttributeError(f"a desk has no verb {name!r}; it has {', '.join(VERBS)}")
        function = verb(name)
        # The answers of some rest on the files given and the packaged record alone.
        return partial(function, store=self.store) if "store" in signature(function).parameters else function

    def __dir__(self) -> list[str]:
        return sorted((*VERBS, "store"))
