"""Which errors are Prefect's own: its server went away, or never came."""

import httpx
from prefect.exceptions import PrefectException

SAYINGS = ("Failed to reach API", "Timed out while attempting to connect to ephemeral Prefect API server")


def prefect_is_gone(error: BaseException) -> bool:
    """Whether an error says that Prefect's server cannot be had; nothing is then known of the work itself."""
    if isinstance(error, (httpx.HTTPError, PrefectException)):
        return True
    return isinstance(error, RuntimeError) and any(said in str(error) for said in SAYINGS)
