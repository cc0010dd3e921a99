"""Names that options and arguments take and a shell completes: measures, lists, versions, tables, crossings.

A shell waits while it completes: nothing here opens the store's database or waits for its lock.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, TypeVar

import click
from click.shell_completion import CompletionItem

from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

F = TypeVar("F", bound="Callable[..., Any]")


class _Name(click.ParamType[str], ABC):
    """A name out of a known set; what is typed is taken as it stands and refused, if at all, by the verb."""

    name = "name"

    @abstractmethod
    def known(self, ctx: click.Context) -> Mapping[str, str]:
        """Every name with a word on it."""

    def shell_complete(
        self,
        ctx: click.Context,
        param: click.Parameter,  # noqa: ARG002
        incomplete: str,
    ) -> list[CompletionItem]:
        return [CompletionItem(n, help=said or None) for n, said in self.known(ctx).items() if n.startswith(incomplete)]


class MeasureName(_Name):
    """The id of a measure."""

    name = "id"

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: ARG002, D102 - as the base
        from entrepot.measures.measure import measures

        return {m.id: m.title for m in measures()}

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Ids, and files where a path is begun: a measure of one's own is one."""
        found = super().shell_complete(ctx, param, incomplete)
        return found or [CompletionItem(incomplete, type="file")]


class RegionName(_Name):
    """A region under a measure."""

    name = "id"

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: ARG002, D102 - as the base
        from entrepot.measures.by_region import under_measures
        from entrepot.vocabulary.regions.region_files import region

        return {u.region: region(u.region).name for u in under_measures()}


class PublishedName(_Name):
    """A list of a publisher that can be loaded or fetched."""

    name = "list"

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: ARG002, D102 - as the base
        from entrepot.lists import registry

        return {s.id: s.title for s in registry.sources().values()}


class LoadedName(_Name):
    """A list that is loaded into the store."""

    name = "list"

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: D102 - as the base
        return {list_id: tr("{count} versions", count=len(days)) for list_id, days in _loaded(ctx).items()}


class VersionName(_Name):
    """A version of the loaded list that stands before it on the line."""

    name = "version"

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: D102 - as the base
        return dict.fromkeys(_loaded(ctx).get(str(ctx.params.get("list_id")), ()), "")


class SearchedName(_Name):
    """A list to screen against: of the record, or loaded, with its version after an @ where that is asked for."""

    name = "list"

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: D102 - as the base
        from entrepot.lists.in_force import embedded, list_ids

        loaded = _loaded(ctx)
        pinned = {f"{list_id}@{day}": "" for list_id, days in loaded.items() for day in days}
        return {**dict.fromkeys(list_ids(embedded()), tr("the record's")), **dict.fromkeys(loaded, "loaded"), **pinned}


class RuleName(_Name):
    """A rule by which a party falls under the listing of its owners."""

    name = "rule"

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: ARG002, D102 - as the base
        from entrepot.ownership.ownership_rules import rule_names

        return rule_names()


class OwnershipForm(_Name):
    """A format of ownership data."""

    name = "format"

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: ARG002, D102 - as the base
        from entrepot.ownership.read_links import FORMATS

        return dict.fromkeys(FORMATS, "")


class SupplyForm(_Name):
    """What a file of supply is read as."""

    name = "kind"

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: ARG002, D102 - as the base
        from entrepot.tracing.contract import KINDS

        return dict.fromkeys(KINDS, "")


class TableName(_Name):
    """A table of the record."""

    name = "table"

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: ARG002, D102 - as the base
        from entrepot.record.embedded import tables

        return {t.contract.name: t.contract.meaning for t in tables()}


class Condition(_Name):
    """A condition on a table: its columns, and behind place_id= the crossings."""

    name = "condition"

    def known(self, ctx: click.Context) -> Mapping[str, str]:  # noqa: D102 - as the base
        from entrepot.record.embedded import assemble, tables

        wanted = {t.contract.name: t for t in tables()}
        # An option without its value ends click's parsing before the arguments: they are still in args.
        asked = wanted.get(str(ctx.params.get("table") or next(iter(ctx.args), "")))
        columns = {f"{c.name}=": c.meaning for c in asked.contract.columns} if asked else {}
        if "place_id=" not in columns:
            return columns
        crossings = assemble((wanted["crossings"],)).tables["crossings"].to_pylist()
        return columns | {f"place_id={c['place_id']}": c["name"] for c in crossings}


def _loaded(ctx: click.Context) -> Mapping[str, Sequence[str]]:
    """Loaded lists with their days, from the store that the line names."""
    from entrepot.core import store
    from entrepot.core.errors import StoreError
    from entrepot.lists import versions

    given = next((c.params["store"] for c in _upward(ctx) if c.params.get("store")), None)
    try:
        return versions.days(store.location(given))
    except (StoreError, OSError):
        return {}


def _upward(ctx: click.Context | None) -> Iterable[click.Context]:
    while ctx is not None:
        yield ctx
        ctx = ctx.parent


def exposed_options(command: F) -> F:
    """Add --region and --list: what makes a party of a supply chain count."""
    lists = click.option(
        "--list",
        "lists",
        type=SearchedName(),
        multiple=True,
        metavar="LIST",
        help="Screen the parties against this list alone; may be repeated. Default: all that are held.",
    )
    return click.option(
        "--region",
        "within",
        multiple=True,
        metavar="REGION",
        help="Count this region alone; may be repeated. Default: every region under a measure on record.",
    )(lists(command))
