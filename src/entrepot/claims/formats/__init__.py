"""The formats in which a report comes: bytes in, a `Report` out."""
