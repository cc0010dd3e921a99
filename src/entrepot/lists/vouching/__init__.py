"""The files of loaded lists vouch for themselves: written, checked, named again, removed."""
