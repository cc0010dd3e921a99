"""Time stamps by RFC 3161: requests written, stamps read and checked. No word of what is stamped."""
