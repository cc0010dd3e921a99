"""The annotated page of a checked report, and the line an editor quotes."""
