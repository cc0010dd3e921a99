"""A name read: cleaned, transliterated, its words told apart, made ready to compare."""
