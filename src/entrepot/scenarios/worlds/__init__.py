"""Baselines of the world economy: the packaged one, and tables of one's own. See docs/design/53-worlds.md."""
