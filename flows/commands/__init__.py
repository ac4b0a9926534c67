"""The commands, a module for each kind; `flows.cli` puts them together."""
