"""A dossier as a document: its blocks, its drawing, its sentences."""
