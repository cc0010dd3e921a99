"""Where facts come from: the register of sources, and explaining a row, a match or a finding."""
