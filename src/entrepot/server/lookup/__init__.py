"""Names looked up as other programs ask: yente's API, OpenRefine's reconciliation, and parties by the stream."""
