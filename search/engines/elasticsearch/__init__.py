"""Search on Elasticsearch 8.19 (docs/adr/0005).

Import it late: the client takes a quarter of a second to load. Only `requests.py` imports `elasticsearch.dsl`.
"""

from .connection import connect, health
from .engine import ElasticsearchEngine
from .indexes import IndexUnusable

__all__ = ["ElasticsearchEngine", "IndexUnusable", "connect", "health"]
