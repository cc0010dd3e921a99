"""The language that people are spoken to in. See docs/design/57-words.md."""
