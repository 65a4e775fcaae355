"""What is computed of stored and uploaded files."""

import hashlib

from django.core.files import File


def sha256_of(file: File) -> str:
    """The SHA-256 of a file, read in pieces; the file is at its beginning again afterwards."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
