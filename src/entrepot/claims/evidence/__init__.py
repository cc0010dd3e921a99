"""Evidence first: what a report mentions, and what the record has near it."""
