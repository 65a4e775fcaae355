"""Problems with a file in words."""

from django.utils.translation import gettext as _

from .extracted import Problem


def problem_words(problem: str) -> str:
    """What is wrong with a file and what to do, as a sentence; empty for no problem."""
    words = {
        Problem.EMPTY: _("The file is empty."),
        Problem.TOO_LARGE: _("The file is too large to be read."),
        Problem.UNKNOWN_TYPE: _("The content of the file is neither PDF nor DOCX nor ODT."),
        Problem.ENCRYPTED: _("The file is protected by a password. Ask for a copy without one."),
        Problem.DAMAGED: _("The file is damaged: no program reads all of it. Ask for another copy."),
        Problem.NO_TEXT: _("The file holds no text: it is probably a scan. Type its text in, or ask for the original."),
        Problem.TOO_MUCH_WORK: _("Reading the file took too long or too much memory, so it was stopped."),
        Problem.CUT_SHORT: _("The file is so long that only its beginning was read."),
        Problem.MISLABELLED: _("The file is not what its name says; it was read for what it is."),
    }
    return words[Problem(problem)] if problem else ""
