"""Text of handed-in files: PDF, DOCX and ODT as paragraphs with their page, cut into sentences.

Files come from anybody, so they are read in a process of their own with limits (`isolation`); what cannot be read is
a `Problem` with words for the reader (`wording.problem_words`), never an exception.
"""

from .extracted import ExtractedText, Limits, Paragraph, Problem
from .isolation import extract_text

__all__ = ["ExtractedText", "Limits", "Paragraph", "Problem", "extract_text"]
