"""One party held against the listed names and the region."""
