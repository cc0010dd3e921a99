"""GS1 EPCIS: events of JSON-LD 2.0 and XML 1.2, in one shape, held against the standard, as lots and links."""
