"""The commands, a module for each kind; `cli.main` puts them together."""
