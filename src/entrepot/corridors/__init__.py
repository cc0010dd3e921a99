"""Crossings, routes and their observed throughput."""
