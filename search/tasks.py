"""What runs after a change, in the request or by a worker (`TASKS`)."""

from django_tasks import task


@task()
def follow_changes() -> None:
    """Write the outbox to the index in the database, and have Elasticsearch follow where it is in use.

    A server that is down costs one short attempt; what it missed is sent when it is back (`manage.py tick`).
    """
    from .services.mirroring import follow
    from .services.outbox import drain

    drain()
    follow()
