"""The portals that are visited, one YAML file each, validated on load; unknown keys are refused."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

import yaml
from pydantic import ValidationError

from schemas.portals.models import (
    Bounds,
    Entry,
    Expected,
    Family,
    Level,
    Pace,
    Portal,
    TlsException,
    Window,
)

__all__ = [
    "Bounds",
    "Entry",
    "Expected",
    "Family",
    "Level",
    "Pace",
    "Portal",
    "PortalError",
    "TlsException",
    "Window",
    "load_portal",
    "load_portals",
    "portals",
]

FOLDER: Final = Path(__file__).parent


class PortalError(Exception):
    """A portal's file that cannot be used: not YAML, an unknown key, a value out of range, a name given twice."""

    advice = "mend the file; schemas/portals/models.py says what each key means"


@cache
def portals() -> Mapping[str, Portal]:
    """Return the portals of this distribution by id."""
    return load_portals(FOLDER)


def load_portals(folder: Path) -> Mapping[str, Portal]:
    """Read every `*.yaml` of a folder.

    Raises:
        PortalError: a file that cannot be used; an id that is not its file's name.
    """
    read = (load_portal(path) for path in sorted(folder.glob("*.yaml")))
    return MappingProxyType({portal.id: portal for portal in read})


def load_portal(path: Path) -> Portal:
    """Read one portal.

    Raises:
        PortalError: the file cannot be used; says where in it and why.
    """
    try:
        portal = Portal.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PortalError(f"{path.name}: {error}") from error
    except ValidationError as error:
        places = "; ".join(f"{'.'.join(map(str, found['loc']))}: {found['msg']}" for found in error.errors())
        raise PortalError(f"{path.name}: {places}") from error
    if portal.id != path.stem:
        raise PortalError(f"{path.name}: id is {portal.id}, the file's name says {path.stem}")
    return portal
