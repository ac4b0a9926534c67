"""One page: words and rules from a text layer or a picture, one module for each reader."""
