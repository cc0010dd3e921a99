"""Mirror statistics: the same flow as its exporter and its importer count it."""
