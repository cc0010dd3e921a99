"""Words that are not as they were meant: mistyped, scanned badly, or broken by the end of a field."""
