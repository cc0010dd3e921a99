"""What the text of a file itself shows where nothing says it: its likely encodings, its columns of fixed width."""
