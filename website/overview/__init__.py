"""The pages about many papers: departments, places, portals, doubts, and what search looks through."""
