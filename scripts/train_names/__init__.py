"""Train the points of names/data/model.json; see docs/design/07-matcher.md."""
