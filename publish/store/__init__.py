"""Releases where they are kept: versions, local and remote roots, building, verification."""
