"""The method: links as a graph, the spread of a block through it, and what proves a verdict."""
