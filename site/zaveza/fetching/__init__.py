"""Reading what somebody else's address holds, without being led anywhere that only this server can reach."""

from .addresses import UnsafeAddressError, is_public_address
from .client import Fetched, FetchFailedError, Limits, Network, fetch, probe

__all__ = [
    "FetchFailedError",
    "Fetched",
    "Limits",
    "Network",
    "UnsafeAddressError",
    "fetch",
    "is_public_address",
    "probe",
]
