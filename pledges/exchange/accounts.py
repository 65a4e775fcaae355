"""Who signed what an import replays: an account of this site, else one that nobody can sign in with."""

import hashlib

from zaveza.users.models import User

# RFC 2606: no mail is ever delivered there.
_DOMAIN = "signatory.invalid"


class Accounts:
    """The accounts behind e-mail addresses and signed names; asked for once each."""

    def __init__(self) -> None:
        self._by_email: dict[str, int | None] = {}
        self._by_name: dict[str, int] = {}

    def by_email(self, email: str) -> int | None:
        """The account of an address, if there is one."""
        key = email.casefold()
        if key not in self._by_email:
            found = User.objects.filter(email__iexact=email).values_list("pk", flat=True).first()
            self._by_email[key] = found
        return self._by_email[key]

    def by_name(self, name: str) -> int:
        """The account that stands for somebody who signed elsewhere; made at the first time, and switched off."""
        if name not in self._by_name:
            digest = hashlib.sha256(name.encode()).hexdigest()[:16]
            first, _blank, last = name.partition(" ")
            account = User.objects.filter(email=f"{digest}@{_DOMAIN}").first()
            if account is None:
                account = User.objects.create_user(
                    f"{digest}@{_DOMAIN}", None, first_name=first[:150], last_name=last[:150], is_active=False
                )
            self._by_name[name] = account.pk
        return self._by_name[name]
