"""How a file of parties is to be read, where it does not say so itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mapped:
    """What a column holds, as one row of a mapping says.

    Attributes:
        heading: of the column.
        holds: name, key, keep, nothing, or what of a party it says.
        of: headings of the first columns of the names that it belongs to.
        number: which number a column of numbers holds.
        row: of the mapping, for messages.
    """

    heading: str
    holds: str
    of: tuple[str, ...] = ()
    number: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a file; empty for what is read from it.

    Attributes:
        name_columns: headings of the columns that hold parties.
        address_columns: of those that hold their addresses.
        country_columns: of those that hold their countries.
        key_columns: of the column with the user's own number of a party.
        keep_columns: of those that come out with the results.
        sheet: of a workbook.
        encoding: of a text file, as Python names it.
        kind: what the parties are, person, company or vessel; empty where they are of several kinds.
        mapping: what each column holds, where a mapping was given.
        map_file: the mapping's file.
    """

    name_columns: tuple[str, ...] = ()
    address_columns: tuple[str, ...] = ()
    country_columns: tuple[str, ...] = ()
    key_columns: tuple[str, ...] = ()
    keep_columns: tuple[str, ...] = ()
    sheet: str = ""
    encoding: str = ""
    kind: str = ""
    mapping: tuple[Mapped, ...] = ()
    map_file: str = ""

    @property
    def chosen(self) -> tuple[str, ...]:
        """All headings that are named."""
        mapped = (one.heading for one in self.mapping if one.holds != "nothing")
        described = (*self.address_columns, *self.country_columns, *self.key_columns)
        return (*self.name_columns, *described, *self.keep_columns, *mapped)

    def options(self) -> list[str]:
        """The options of `entrepot screen` that say the same."""
        named = (
            ("--name-column", self.name_columns),
            ("--address-column", self.address_columns),
            ("--country-column", self.country_columns),
            ("--key-column", self.key_columns),
            ("--keep-column", self.keep_columns),
            ("--sheet", (self.sheet,)),
            ("--encoding", (self.encoding,)),
            ("--kind", (self.kind,)),
            ("--map", (self.map_file,)),
        )
        return [word for option, values in named for v in values if v for word in (option, v)]
