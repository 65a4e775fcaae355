"""What opens something without an account stands in no log."""

import json
import logging

from zaveza.json_logs import JsonFormatter
from zaveza.secrets_in_logs import MaskingFormatter, masked

SECRET = "zl_" + "a" * 32 + "_" + "B-_9" * 10 + "xyz"


def record(message: str, *args: object) -> logging.LogRecord:
    return logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)


def test_plain_lines_are_masked_with_their_arguments_and_traceback() -> None:
    entry = record("Not Found: %s", f"/sl/hand-in/{SECRET}/")
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        entry.exc_info = (ValueError, error, error.__traceback__)
    line = MaskingFormatter().format(entry)
    assert "Not Found: /sl/hand-in/zl_…/" in line
    assert SECRET not in line
    assert SECRET[-20:] not in line


def test_lines_of_json_are_masked_with_the_path() -> None:
    class Request:
        path = f"/sl/reply/{SECRET}/"

    entry = record("Not Found")
    entry.request = Request()
    line = JsonFormatter().format(entry)
    assert json.loads(line)["path"] == "/sl/reply/zl_…/"


def test_other_words_stay() -> None:
    assert masked("szl_abc zl_ab zl_") == "szl_abc zl_ab zl_"
