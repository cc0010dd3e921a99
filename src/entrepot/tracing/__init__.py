"""Tracing: supply links and parties that are listed or placed in a region -> what part of a product comes from them."""
