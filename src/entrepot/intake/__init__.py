"""The one opener of users' files: unpacked, decoded, cut into rows and cells. See docs/design/28-intake.md."""
