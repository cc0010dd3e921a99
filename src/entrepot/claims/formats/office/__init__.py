"""Files of word processors: Word, OpenDocument and RTF."""
