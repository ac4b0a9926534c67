"""Calls the rooms: document processes, the command line and the Prefect flow."""
