"""Every amount that a brief states, computed once more from the packaged tables by code that shares none with it."""
