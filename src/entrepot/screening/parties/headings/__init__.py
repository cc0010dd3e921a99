"""What the columns of a party file hold: the words of their headings, and what their cells show."""
