"""What of the record can be searched: pledges, programmes, persons and municipalities, each once for all languages."""

from search.registry import register
from search.vocabulary import register_names

from .people import CandidateNames, MunicipalityNames, MunicipalitySource, PersonSource, ProgrammeSource
from .pledges import PledgeSource

__all__ = ["MunicipalitySource", "PersonSource", "PledgeSource", "ProgrammeSource"]

for source in (PledgeSource(), ProgrammeSource(), PersonSource(), MunicipalitySource()):
    register(source)
register_names(MunicipalityNames())
register_names(CandidateNames())
