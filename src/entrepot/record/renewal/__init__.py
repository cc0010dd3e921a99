"""The record refreshed from what publishers offer by address. See docs/design/44-a-record-of-ones-own.md."""
