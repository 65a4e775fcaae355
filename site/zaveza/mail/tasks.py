"""Work of the mail that is done in the background."""

from django_tasks import task

from . import services


@task
def deliver(pk: int) -> bool:
    """Send one letter, if it is still to be sent; whether it left."""
    return services.deliver_now(pk)
