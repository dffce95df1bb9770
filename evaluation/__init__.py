"""Measurements of quality and speed on annotated and reference material."""
