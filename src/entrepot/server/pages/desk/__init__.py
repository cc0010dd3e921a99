"""Pages of files of parties: screened, decided, what changed since, the record. See docs/design/50-pages.md."""
