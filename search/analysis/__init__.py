"""Text to index tokens: the one place where words are folded and their inflected forms brought together.

Documents go through `analyse`, queries through `query_terms`, shown text through `highlight` and `snippet`. The engines
see nothing but `[a-z0-9]` tokens; which keys a word has is decided in `keys.py` alone.
"""

from .folding import MAX_TOKEN, fold, is_cut
from .highlighting import has_match, highlight, snippet
from .keys import LIGHT, analysis_version, document_keys, query_keys
from .names import name_forms, name_words
from .text import WORD, AnalysedText, Synonym, Term, Token, analyse, query_terms, tokens
from .vocabulary import SynonymGroup, Vocabulary

__all__ = [
    "LIGHT",
    "MAX_TOKEN",
    "WORD",
    "AnalysedText",
    "Synonym",
    "SynonymGroup",
    "Term",
    "Token",
    "Vocabulary",
    "analyse",
    "analysis_version",
    "document_keys",
    "fold",
    "has_match",
    "highlight",
    "is_cut",
    "name_forms",
    "name_words",
    "query_keys",
    "query_terms",
    "snippet",
    "tokens",
]
