"""A measure of one's own: a file beside the flows, read by the rules of the record."""
