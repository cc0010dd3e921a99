"""Pages that follow goods: flows on a map, products traced through supply links. See docs/design/50-pages.md."""
