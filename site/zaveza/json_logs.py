"""Log records as one JSON object per line, for whatever collects the logs of a public site."""

import datetime as dt
import json
import logging

from .secrets_in_logs import masked


class JsonFormatter(logging.Formatter):
    """Time (UTC), level, logger, message and, of an error, its traceback; a request adds its path and status."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (request := getattr(record, "request", None)) is not None and hasattr(request, "path"):
            entry["path"] = request.path
        if (status := getattr(record, "status_code", None)) is not None:
            entry["status"] = status
        if record.exc_info:
            entry["traceback"] = self.formatException(record.exc_info)
        return masked(json.dumps(entry, ensure_ascii=False, default=str))
