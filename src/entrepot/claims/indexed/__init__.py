"""The record by value, by place and by day, so that a figure of a report finds its rows. See docs/design/13."""
