"""Reads a file of a stranger in a process of its own, which ends when it takes too long or too much."""

import json
import logging
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from .extracted import ExtractedText, Limits, Problem

logger = logging.getLogger(__name__)

_SOURCE_ROOT = Path(__file__).resolve().parents[2]


def extract_text(
    file: IO[bytes] | Any, content_type: str = "", *, language: str = "", limits: Limits | None = None
) -> ExtractedText:
    """The paragraphs of a PDF, DOCX or ODT (by its content), with their sentences where a `language` is named.

    `content_type` is what the sender says it is: a lie is noted, `text/plain` is believed. The file is read from its
    start and stays open. Takes at most `limits.seconds` and never raises for what a file holds: see `problems`.
    """
    limits = limits or Limits()
    file.seek(0)
    content = file.read(limits.bytes + 1)
    file.seek(0)
    if len(content) > limits.bytes:
        return ExtractedText(problems=(Problem.TOO_LARGE,))
    options = {"content_type": content_type, "language": language, "limits": asdict(limits)}
    command = [sys.executable, "-P", "-m", "zaveza.texts.worker", json.dumps(options)]
    # Nothing of this process's environment: neither secrets nor settings.
    environment = {"PYTHONPATH": str(_SOURCE_ROOT), "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        done = subprocess.run(  # noqa: S603  # our own module
            command, input=content, capture_output=True, timeout=limits.seconds, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        logger.warning("Reading a file was stopped after %s s", limits.seconds)
        return ExtractedText(problems=(Problem.TOO_MUCH_WORK,))
    if done.returncode:
        logger.warning(
            "Reading a file ended with %s: %s", done.returncode, done.stderr[-500:].decode("utf-8", "replace")
        )
        return ExtractedText(problems=(Problem.TOO_MUCH_WORK,))
    try:
        return ExtractedText.from_data(json.loads(done.stdout))
    except (KeyError, TypeError, ValueError):
        logger.exception("The reading process gave no answer")
        return ExtractedText(problems=(Problem.DAMAGED,))
