"""What `/-/ready` says about search."""

from django.conf import settings

from zaveza.health import Health

from .analysis import analysis_version
from .engines import availability, get_engine
from .models import IndexState


def check_search() -> Health:
    """Whether searches are answered: `ok`, or `reduced` while the database answers instead of Elasticsearch.

    An index that needs a rebuild is told, too; neither makes the site unready.
    """
    answer = get_engine().health()
    if not answer.ready or IndexState.current().analysis in ("", analysis_version()):
        return answer
    return Health(f"{answer.state}; index is of another text analysis, run search_index rebuild")


def check_elasticsearch() -> Health:
    """Why search is reduced, or the state of the cluster."""
    if not settings.ELASTICSEARCH_URL:
        return Health("not in use")
    why = availability.why_reduced()
    if why:
        return Health(why)
    from .engines import elasticsearch

    return elasticsearch.health()
