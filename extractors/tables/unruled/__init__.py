"""Tables without (some of) their rules: blocks of lines → headings → columns → rows of a lattice."""
