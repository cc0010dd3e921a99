"""Drawings of the server's pages that no report holds: flows by the thousand, supply graphs, shares."""
