"""Dates and periods of three languages, resolved against the day of publication. See docs/design/13."""
