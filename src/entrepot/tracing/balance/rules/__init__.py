"""The rules: each gives the faults of one kind of statement."""
