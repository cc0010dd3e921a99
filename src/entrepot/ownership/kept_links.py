"""Files of ownership data in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.contract import table
from entrepot.core.store.store_reading import in_one_reading
from entrepot.core.store.whole_files import WholeFiles
from entrepot.core.words.translate import marked
from entrepot.ownership.contract import OWNERSHIP_FILES, OWNERSHIP_LINKS, OWNERSHIP_PARTIES
from entrepot.ownership.recorded_links import recorded_links

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from entrepot.core.store.whole_files import Put
    from entrepot.ownership.read_links import Links

KEPT = WholeFiles(
    marked("file of ownership data"), "entrepot own files", (OWNERSHIP_FILES, OWNERSHIP_PARTIES, OWNERSHIP_LINKS)
)


def put(folder: Path, links: Links) -> Put:
    """Keep a file; whether it is new, or takes the place of what was read of it before.

    Raises:
        StoreError: the store cannot be used.
    """
    return KEPT.put(folder, links.row["file_id"], (table(OWNERSHIP_FILES, [links.row]), links.parties, links.links))


@in_one_reading
def held_links(folder: Path) -> tuple[pa.Table, pa.Table]:
    """Parties and links of every file, those of the record first.

    Raises:
        StoreError: the store cannot be read.
    """
    import pyarrow as pa

    parties, links = recorded_links()
    own = [KEPT.held(folder, contract) for contract in (OWNERSHIP_PARTIES, OWNERSHIP_LINKS)]
    return pa.concat_tables([parties, own[0]]), pa.concat_tables([links, own[1]])
