"""How one flow moved around a date, beside flows that the measure did not touch."""
