"""A report held against the record, claim by claim. See docs/design/13-claims.md."""
