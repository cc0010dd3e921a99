"""How a file of parties is to be read, where it does not say so itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a file; empty for what is read from it.

    Attributes:
        name_columns: headings of the columns that hold parties.
        address_columns: of those that hold their addresses.
        country_columns: of those that hold their countries.
        sheet: of a workbook.
        encoding: of a text file, as Python names it.
        kind: what the parties are, person or company; empty where they are of both kinds.
    """

    name_columns: tuple[str, ...] = ()
    address_columns: tuple[str, ...] = ()
    country_columns: tuple[str, ...] = ()
    sheet: str = ""
    encoding: str = ""
    kind: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """All headings that are named."""
        return (*self.name_columns, *self.address_columns, *self.country_columns)

    def options(self) -> list[str]:
        """The options of `entrepot screen` that say the same."""
        named = (
            ("--name-column", self.name_columns),
            ("--address-column", self.address_columns),
            ("--country-column", self.country_columns),
            ("--sheet", (self.sheet,)),
            ("--encoding", (self.encoding,)),
            ("--kind", (self.kind,)),
        )
        return [word for option, values in named for v in values if v for word in (option, v)]
