"""Cooperation across the border: events, visitors and Chinese-financed projects, by date and place."""
