"""The report that Entrepot began with, held against the record statement by statement. Run: make case."""
