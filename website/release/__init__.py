"""What the site is made from: the rows of a release, and the files that they were read from."""
