"""Memory that polars no longer needs, given back to the system at once."""

from __future__ import annotations

import os

_SETTING = "_RJEM_MALLOC_CONF"  # of jemalloc, which polars brings; polars puts its own defaults before it


def give_back() -> None:
    """Have pages given back as soon as they are let go, unless the person has said otherwise.

    Only before polars is imported does it hear. An event study on five million rows held 630 MB once its panel was cut,
    of which 280 were in use, and the estimator came on top; the time is the same.
    """
    os.environ.setdefault(_SETTING, "muzzy_decay_ms:0")
