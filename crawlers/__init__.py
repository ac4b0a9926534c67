"""Finds the papers of portals, fetches them politely and archives them; the only room that knows the network."""
