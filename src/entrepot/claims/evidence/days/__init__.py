"""How a date stands to the rows offered for it."""
