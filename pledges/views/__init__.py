"""The public pages of the record. Each reads its models through `.public()` only."""

from .candidacies import candidate, programme
from .municipalities import municipality, municipality_list
from .pledges import pledge, pledge_list

__all__ = ["candidate", "municipality", "municipality_list", "pledge", "pledge_list", "programme"]
