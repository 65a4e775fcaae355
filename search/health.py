"""What `/-/ready` says about search."""

from django.conf import settings

from zaveza.health import Health

from .analysis import analysis_version
from .engines import get_engine
from .models import IndexState


def check_search() -> Health:
    """Whether searches are answered; an index that needs a rebuild is told, but does not make the site unready."""
    answer = get_engine().health()
    if not answer.ready:
        return answer
    told = []
    if IndexState.current().analysis not in ("", analysis_version()):
        told.append("index is of another text analysis, run search_index rebuild")
    if settings.ELASTICSEARCH_URL:
        from .engines import elasticsearch

        told.append(f"elasticsearch {elasticsearch.health().state}")
    return Health("; ".join([answer.state, *told]))
