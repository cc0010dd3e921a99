"""The address from which somebody asks a server; the ledger says it beside the account of the machine."""

from __future__ import annotations

from contextvars import ContextVar

# Of one request, or of the job that it began; empty on the command line, where the account of the machine says all.
ASKED_FROM: ContextVar[str] = ContextVar("asked_from", default="")
