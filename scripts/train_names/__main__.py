"""python scripts/train_names --shared ../shared: train, cross-validate, write names/data/model.json."""
