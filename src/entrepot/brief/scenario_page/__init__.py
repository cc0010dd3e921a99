"""A simulation as a page: the answer, old and new routes drawn, scenarios side by side, all that is assumed."""
