"""Bilateral flows and shares of output."""
