"""The administrator of a demo: made once per database, with a password of its own."""

import secrets
import socket
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from zaveza.users.models import User

EMAIL = "admin@zaveza.example"


class Command(BaseCommand):
    """Makes sure that somebody can sign in to the demo and tells how.

    The password stands in `demo-password` of the data folder, readable by its owner only. Whoever changes it in the
    admin keeps the change: the command says so instead of setting it back.
    """

    help = "Make the demo's administrator once and print the addresses and how to sign in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="port that the site is about to be served on")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        _refuse_port_in_use(port)
        base = f"http://127.0.0.1:{port}"
        self.stdout.write(
            f"\n  Public site  {base}/\n"
            f"  Admin        {base}/admin/\n"
            f"  Sign in      {EMAIL}\n"
            f"  Password     {self._password()}\n\n"
            "  Stop with Ctrl+C.\n"
        )

    def _password(self) -> str:
        path = Path(settings.DATA_DIR) / "demo-password"
        user = User.objects.filter(email__iexact=EMAIL).first()
        known = path.read_text().strip() if path.exists() else ""
        if user is not None and known and user.check_password(known):
            return known
        if user is not None and user.has_usable_password():
            return "the one that was set in the admin"
        password = secrets.token_urlsafe(12)
        if user is None:
            user = User.objects.create_superuser(EMAIL, password, first_name="Ana", last_name="Demo")
        else:
            user.set_password(password)
            user.save(update_fields=["password"])
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
        path.write_text(password + "\n")
        return password


def _refuse_port_in_use(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(f"Port {port} is in use; name another: make demo PORT={port + 1}") from error
