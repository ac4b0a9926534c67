"""The night: portals are crawled, what is new goes down the line, a release is published. The ledger knows how far."""
