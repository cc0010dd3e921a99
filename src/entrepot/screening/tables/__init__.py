"""Files of parties opened: decoded, unpacked, cut into rows and cells."""
