"""Evidence first: each figure and each date of a report with its nearest rows of the record. See docs/design/13."""
