"""Long verbs as jobs: each in a process of its own, its state in the store's folder, so that no kill loses it."""
