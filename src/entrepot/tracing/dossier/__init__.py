"""The dossier: the file on a shipment that a customs officer asks for. See docs/design/62-the-dossier.md."""
