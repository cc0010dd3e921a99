"""The ledger: entries that are chained and sealed, in SQLite or PostgreSQL."""
