"""Erase what is kept of a person beside the public record, and published words that the law has erased."""

import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pledges import services
from pledges.enums import RedactionGround
from pledges.models import Person
from zaveza.users.models import User


class Command(BaseCommand):
    help = (
        "Erase a person's private data: contacts of links, drafts, tips, follows, letters. Candidacies, programmes, "
        "replies and hashes stay; words in published records are erased only where --words names them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("person", nargs="?", help="public id of the person, such as person-17")
        parser.add_argument("--email", action="append", default=[], metavar="ADDRESS", help="a further address")
        parser.add_argument(
            "--words",
            action="append",
            default=[],
            metavar="RECORD.TEXT",
            help="also erase a published text, such as reply-12.text or assessment-4127.reasoning",
        )
        parser.add_argument("--ground", choices=RedactionGround.values, default=RedactionGround.PERSONAL_DATA)
        parser.add_argument(
            "--by", metavar="ADDRESS", help="e-mail address of the user who answers for it, for the log"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["person"] or options["email"] or options["words"]):
            raise CommandError("Name a person, an address or words.")
        person = self._person(options["person"])
        by = self._user(options["by"])
        texts = [self._text(words) for words in options["words"]]
        if not options["yes"]:
            self._ask(person, options)
        try:
            for public_id, name in texts:
                services.redact(services.record_by_id(public_id), [name], options["ground"], by)
                self.stdout.write(f"{public_id}.{name}: erased")
        except services.RuleViolation as error:
            raise CommandError(" ".join(error.messages)) from error
        if person or options["email"]:
            erased = services.erase_person(person, options["email"], by)
            self.stdout.write(", ".join(f"{name} {count}" for name, count in asdict(erased).items()))

    @staticmethod
    def _person(public_id: str | None) -> Person | None:
        if not public_id:
            return None
        person = Person.objects.filter(public_id=public_id).first()
        if person is None:
            raise CommandError(f"There is no person {public_id}.")
        return person

    @staticmethod
    def _user(address: str | None) -> User | None:
        if not address:
            return None
        user = User.objects.filter(email__iexact=address).first()
        if user is None:
            raise CommandError(f"There is no user {address}.")
        return user

    @staticmethod
    def _text(words: str) -> tuple[str, str]:
        public_id, _dot, name = words.partition(".")
        try:
            record = services.record_by_id(public_id)
        except services.RuleViolation as error:
            raise CommandError(" ".join(error.messages)) from error
        if name not in services.REDACTABLE[type(record)]:
            known = ", ".join(f"{public_id}.{each}" for each in services.REDACTABLE[type(record)])
            raise CommandError(f"{words} is no text that may be erased; there are {known}.")
        return public_id, name

    def _ask(self, person: Person | None, options: dict[str, Any]) -> None:
        what = [*([str(person)] if person else []), *options["email"], *options["words"]]
        if not sys.stdin.isatty():
            raise CommandError("Nobody is there to ask: add --yes.")
        self.stdout.write(f"Erase for good: {', '.join(what)}")
        if input("Type yes to go on: ").strip() != "yes":
            raise CommandError("Nothing was erased.")
