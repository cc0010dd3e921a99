"""A screening spread over the machines of a Spark cluster: the same parts, the same bytes."""
