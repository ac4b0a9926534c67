"""Workbooks: a module for each kind of file, all of which give `Sheet`s."""
