"""Publishers' formats of ownership data, and a table of one's own: each gives a `LinkDraft`."""
