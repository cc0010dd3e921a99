"""Files of supply links: read row by row, kept whole in the store."""
