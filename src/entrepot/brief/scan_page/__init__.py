"""A scan of flows as a page of plots: intervals, paths, map, what could have been seen, faults."""
