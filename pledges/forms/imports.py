"""The form of the import wizard."""

import zipfile

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..exchange.jobs import EXTENSIONS


class ImportForm(forms.Form):
    """One file of tables."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX with one sheet for each table, one table as CSV, or a ZIP of CSV files."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{extension}" for extension in EXTENSIONS)}),
        max_length=200,
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        limit = settings.IMPORT_MAX_UPLOAD_SIZE
        if file.size and file.size > limit:
            raise forms.ValidationError(
                _("The file is %(size)s; at most %(limit)s is accepted.")
                % {"size": filesizeformat(file.size), "limit": filesizeformat(limit)}
            )
        extension = (file.name or "").rpartition(".")[2].lower()
        if extension not in EXTENSIONS:
            formats = ", ".join(name.upper() for name in EXTENSIONS)
            raise forms.ValidationError(_("Accepted are: %(formats)s.") % {"formats": formats})
        if extension != "csv" and not zipfile.is_zipfile(file):
            raise forms.ValidationError(_("The content of the file is not what its name says."))
        file.seek(0)
        return file
