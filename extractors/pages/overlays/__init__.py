"""Pictures of pages with what was recognised on them: debugging is looking."""
