"""How much one visit may take in: of bytes, of an archive's members, of time."""

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that hold for every portal; what differs from portal to portal is in its YAML.

    `file_bytes` bounds an answer as transferred and again after its Content-Encoding is undone; `unpacked_bytes` all
    members of an archive together, `ratio` unpacked to packed bytes above `ratio_from_bytes`, `nesting` archives in
    archives. `wait_at_most_seconds` is the longest Retry-After or Crawl-delay that is waited for within a night.
    """

    file_bytes: int = 200 * MIB
    unpacked_bytes: int = 500 * MIB
    members: int = 2000
    nesting: int = 1
    ratio: int = 200
    ratio_from_bytes: int = MIB
    redirects: int = 5
    retries: int = 2
    timeout_seconds: float = 120.0
    backoff_seconds: float = 30.0
    wait_at_most_seconds: float = 300.0
