"""Claims: a report held against the record, claim by claim."""
