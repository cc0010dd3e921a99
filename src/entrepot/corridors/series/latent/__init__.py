"""The latent amounts of a series: the level under a walk, and draws around it within what reports leave open."""
