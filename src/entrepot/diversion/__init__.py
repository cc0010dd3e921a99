"""Diversion: where trade went after a measure cut a direct flow, as a bound one can defend."""
