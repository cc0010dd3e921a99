"""A change to the inputs, and the difference it makes. See docs/design/52-scenarios.md."""
