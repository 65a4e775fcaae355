"""Does the search find what it should, and nothing else, and the best first?"""

from .measuring import Figures, Pair, Quality, measure, mistakes, read_pairs
from .ranking import JUDGEMENTS, Judged, measure_ranking, read_judgements
from .scratch import scratch_index

__all__ = [
    "JUDGEMENTS",
    "Figures",
    "Judged",
    "Pair",
    "Quality",
    "measure",
    "measure_ranking",
    "mistakes",
    "read_judgements",
    "read_pairs",
    "scratch_index",
]
