"""The world economy in equilibrium, before a change and after it."""
