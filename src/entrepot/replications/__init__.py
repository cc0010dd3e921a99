"""Published results redone, beside what was published."""
