"""How much can have come round through a hub: intervals from the flows."""
