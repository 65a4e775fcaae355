"""Reading what somebody else's address holds, without being led anywhere that only this server can reach."""

from .addresses import UnsafeAddressError, is_public_address
from .client import Fetched, FetchFailedError, Limits, fetch, probe

__all__ = [
    "FetchFailedError",
    "Fetched",
    "Limits",
    "UnsafeAddressError",
    "fetch",
    "is_public_address",
    "probe",
]
