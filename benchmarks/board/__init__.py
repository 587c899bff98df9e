"""Measuring the board: load, live pages, and a soak."""
