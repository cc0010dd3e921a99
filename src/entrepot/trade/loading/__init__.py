"""A publisher's file of flows made ours, with every fault counted."""
