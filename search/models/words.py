"""What editors teach the search: words that mean the same, and forms of names."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchSynonym(models.Model):
    """A group of words that find each other."""

    words = models.TextField(
        _("words"),
        help_text=_(
            "One word or phrase in each line, in its basic form: whoever searches for one finds the others, in all "
            "their forms. A word in quotation marks stands for this form alone."
        ),
    )
    related = models.BooleanField(
        _("counts less"),
        default=False,
        help_text=_("The words are near, not the same (councillor, man or woman): what they find comes last."),
    )

    class Meta:
        verbose_name = _("synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words", "pk"]

    def __str__(self) -> str:
        return " = ".join(self.members)

    @property
    def members(self) -> list[str]:
        """The words and phrases, each once."""
        return list(dict.fromkeys(line.strip() for line in self.words.splitlines() if line.strip()))

    def clean(self) -> None:
        super().clean()
        if len(self.members) < 2:
            raise ValidationError({"words": _("Give at least two words, each in a line of its own.")})
        if len(self.members) > 12:
            raise ValidationError({"words": _("Give at most twelve words.")})


class SearchName(models.Model):
    """A name with the forms that the search does not guess."""

    name = models.CharField(_("name"), max_length=100, unique=True, help_text=_("One word: Črnomelj, Novak."))
    forms = models.TextField(_("other forms"), help_text=_("Separated by spaces: Črnomlja Črnomlju Črnomljem."))

    class Meta:
        verbose_name = _("name")
        verbose_name_plural = _("names")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name = self.name.strip()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        from ..analysis import fold

        if len(self.name.split()) != 1 or not fold(self.name):
            raise ValidationError({"name": _("Give one word.")})


class SearchWord(models.Model):
    """A word of the searchable texts: what is suggested while one types, and instead of a misspelt word.

    `word` is folded, `spelling` one way in which it is written.
    """

    word = models.CharField(_("folded word"), max_length=64, primary_key=True)
    spelling = models.CharField(_("spelling"), max_length=200)
    documents = models.IntegerField(_("documents that have it"), default=0)

    class Meta:
        verbose_name = _("word of the texts")
        verbose_name_plural = _("words of the texts")
        ordering = ["word"]

    def __str__(self) -> str:
        return self.spelling
