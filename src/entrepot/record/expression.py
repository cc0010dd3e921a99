"""What a condition may be made of: comparisons and functions whose cost is bounded by the length of what they read.

A condition is parsed before it runs, and every node of it must be known here. What a person needs to pick rows is
allowed; what builds large values, reads anything but the row, or may never end (subqueries, `range`, `repeat`,
`query`, lambdas, parameters) is refused by name. A list of the allowed, not of the forbidden: the database gains
functions with each version.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    import duckdb

# Nodes of the parser that compare, compute or call: the cost of each is bounded by what it reads. What is not here is
# refused, a query within the condition first of all.
_CLASSES = frozenset(
    {"BETWEEN", "CASE", "CAST", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT", "FUNCTION", "OPERATOR", "TYPE"}
)
# Written between two values; none builds more than the two are long. ** is not among them: it makes large numbers.
_OPERATORS = frozenset({"+", "-", "*", "/", "//", "%", "||", "~~", "!~~", "~~*", "!~~*", "~~~", "@>", "<@", "&&", "^@"})
FUNCTIONS = (
    "abs",
    "ceil",
    "coalesce",
    "concat",
    "contains",
    "date_diff",
    "day",
    "ends_with",
    "floor",
    "greatest",
    "ifnull",
    "instr",
    "least",
    "left",
    "len",
    "length",
    "list_contains",
    "list_has_all",
    "list_has_any",
    "list_value",
    "lower",
    "ltrim",
    "month",
    "nullif",
    "prefix",
    "quarter",
    "regexp_full_match",
    "regexp_matches",
    "right",
    "round",
    "rtrim",
    "starts_with",
    "strlen",
    "substr",
    "substring",
    "suffix",
    "to_days",
    "to_months",
    "to_years",
    "trim",
    "trunc",
    "try_strptime",
    "upper",
    "year",
)
# To which a value may be cast: those of columns of the record. A type of any size (a list, a bit string) is not.
_TYPES = frozenset(
    {
        "bigint",
        "boolean",
        "bool",
        "date",
        "decimal",
        "double",
        "float",
        "int",
        "int4",
        "int8",
        "integer",
        "numeric",
        "real",
        "smallint",
        "text",
        "timestamp",
        "varchar",
        "interval",
    }
)
_SPOKEN = {
    "SUBQUERY": marked("a query inside the condition"),
    "LAMBDA": "a lambda",
    "PARAMETER": "a parameter",
    "STAR": "a star",
    "WINDOW": "a window",
    "COLLATE": "a collation",
}


def refusal(connection: duckdb.DuckDBPyConnection, condition: str) -> str:
    """Why a condition is refused before it runs; empty where it may run.

    Args:
        connection: a database to parse with; nothing is executed but the parser.
        condition: one expression, as text.
    """
    parsed = connection.execute("SELECT json_serialize_sql($sql)", {"sql": f"SELECT {condition}"}).fetchall()[0][0]
    try:
        tree = json.loads(parsed)
    except RecursionError:
        return tr("it is nested too deeply")
    if tree["error"]:
        return str(tree.get("error_message") or tr("it cannot be read")).splitlines()[0]
    return _shape(tree["statements"]) or _forbidden(tree["statements"][0]["node"]["select_list"][0])


def _shape(statements: list[Any]) -> str:
    """Why the text is not one expression and nothing else."""
    if len(statements) != 1 or statements[0]["node"]["type"] != "SELECT_NODE":
        return tr("it is not one expression")
    node = statements[0]["node"]
    clauses = ("where_clause", "having", "qualify", "sample", "group_expressions", "modifiers")
    if len(node["select_list"]) != 1 or node["from_table"]["type"] != "EMPTY" or any(node.get(c) for c in clauses):
        return tr("it is not one expression")
    return ""


def _forbidden(root: Any) -> str:
    """The first part of an expression that is not allowed, in words."""
    open_nodes = [root]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, list):
            open_nodes += node
        elif isinstance(node, dict):
            if fault := _fault(node):
                return fault
            open_nodes += node.values()
    return ""


def _fault(node: dict[str, Any]) -> str:
    kind = node.get("class")
    if kind is None:
        return ""
    if kind not in _CLASSES:
        return tr("{get} is not allowed", get=_SPOKEN.get(kind, kind.lower()))
    if kind == "FUNCTION":
        name = str(node.get("function_name")).casefold()
        if name not in FUNCTIONS and name not in _OPERATORS:
            return tr(
                "the function {name} is not allowed; allowed are {functions}", name=name, functions=", ".join(FUNCTIONS)
            )
    if kind == "TYPE":
        name = str(node.get("type_name")).casefold()
        if name not in _TYPES:
            return tr("the type {name} is not allowed", name=name)
    return ""
