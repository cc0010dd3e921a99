"""Which documents cannot all be true: a linear programme with a row a document."""
