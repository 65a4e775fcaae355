"""The reading process: a file on standard input, its paragraphs as JSON on standard output, and little else allowed.

Started by `isolation` with the file's content type, the language of its sentences and the limits as arguments.
"""

import json
import os
import sys
from typing import Any

from .extracted import Limits


def _confine(limits: Limits) -> None:
    """Bound processor time and memory, and forbid writing files, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the clock of the parent process remains
        return
    for name, value in (
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(name, (value, value))


def main(arguments: list[str]) -> None:
    """Read, and answer."""
    options: dict[str, Any] = json.loads(arguments[0])
    limits = Limits(**options["limits"])
    # What a parser prints does not get into the answer.
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    sys.stdout = sys.stderr
    # The parsers are loaded first: they are ours.
    from .reading import read

    _confine(limits)
    content = sys.stdin.buffer.read(limits.bytes + 1)
    found = read(content, options["content_type"], options["language"], limits)
    json.dump(found.as_data(), answer)
    answer.close()


if __name__ == "__main__":
    main(sys.argv[1:])
