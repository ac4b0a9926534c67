"""Ruled tables whose cells are not yet what the paper means: undrawn rules, spilt lines, several tables in a frame."""
