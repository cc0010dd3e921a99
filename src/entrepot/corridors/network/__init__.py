"""The network: places, links between them, and what is known and what is assumed of each link."""
