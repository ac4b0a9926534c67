"""The review of doubtful amounts: the site served on this machine alone, with a page on which a reviewer decides."""
