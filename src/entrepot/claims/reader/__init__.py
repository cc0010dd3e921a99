"""An optional language model that points at what open figures are of; off unless asked for. See docs/design/13."""
