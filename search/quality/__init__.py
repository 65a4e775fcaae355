"""Does the search find what it should, and nothing else? Measured on pairs of query and document form."""

from .measuring import Figures, Pair, Quality, measure, mistakes, read_pairs
from .scratch import scratch_index

__all__ = ["Figures", "Pair", "Quality", "measure", "mistakes", "read_pairs", "scratch_index"]
