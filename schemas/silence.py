"""Nothing is told to the makers of libraries: their own switches, set before any of them is imported.

onnxruntime (1.32 at least) looks up a host of its maker, keeps a device id in the user's cache folder and writes
session files as soon as it is imported; `disable_telemetry_events()` comes too late. `DO_NOT_TRACK` is what many
others heed, Prefect's client and server among them (https://consoledonottrack.com).
"""

import os
from collections.abc import Mapping, MutableMapping

UNTOLD: Mapping[str, str] = {
    "ORT_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
}


def keep_silent(environment: MutableMapping[str, str] = os.environ) -> None:
    """Set every library's switch in `environment`, whatever stands there: child processes inherit it."""
    environment.update(UNTOLD)
