"""Measuring the screening: data, tasks, figures, and the peers beside which they stand. See benchmarks/README.md."""
