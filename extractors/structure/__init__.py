"""A table → the trees of its rows and of its columns: what is part of what, read from its own clues and figures."""
