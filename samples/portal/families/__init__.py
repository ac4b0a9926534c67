"""The five families' addresses and pages, as the saved pages of real portals show them."""

from collections.abc import Mapping
from types import MappingProxyType

from samples.portal.families.build import Build, Manner
from samples.portal.families.generic import Generic
from samples.portal.families.jcms import Jcms
from samples.portal.families.trs import Trs
from samples.portal.families.ucap import Ucap
from samples.portal.families.vsb import Vsb
from schemas.portals import Family

__all__ = ["FAMILIES", "Build", "Manner"]

FAMILIES: Mapping[Family, Manner] = MappingProxyType(
    {"trs": Trs(), "vsb": Vsb(), "jcms": Jcms(), "ucap": Ucap(), "generic": Generic()}
)
