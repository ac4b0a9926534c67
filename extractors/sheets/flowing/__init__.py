"""Documents that flow: paragraphs and tables one after the other, in parts that pages begin with."""
