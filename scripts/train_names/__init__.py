"""Train the points of names/data/model.json; see docs/design/04-screening.md."""
