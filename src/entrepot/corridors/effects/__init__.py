"""What a dated event changed at a crossing, where the record allows it to be said."""
