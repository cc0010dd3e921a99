"""What a dossier says: as rows, as a document, drawn, sentence by sentence."""
