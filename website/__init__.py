"""A site for a release: its papers beside their pages, its doubts, departments, places and portals, as plain files."""
