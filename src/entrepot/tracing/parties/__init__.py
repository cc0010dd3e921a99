"""One firm under several names and numbers: files of supply joined, with reasons, and never for good."""
