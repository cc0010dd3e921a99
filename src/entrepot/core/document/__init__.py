"""Documents as blocks of text: what is said, never how it looks."""
