"""Files of 50 MB sent to the admin: refused in words, and nothing is kept of them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from zaveza.images.models import CustomDocument, CustomImage
from zaveza.users.models import User

pytestmark = pytest.mark.django_db

FIFTY_MEGABYTES = 50 * 1024 * 1024


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("admin@example.si", "a long password"))
    return client


@pytest.mark.parametrize(
    ("address", "model", "name", "signature", "limit"),
    [
        ("wagtailimages:add", CustomImage, "slika.png", b"\x89PNG\r\n\x1a\n", "10"),
        ("wagtaildocs:add", CustomDocument, "zapisnik.pdf", b"%PDF-1.7\n", "20"),
    ],
)
def test_a_file_of_50_mb_is_refused(
    admin: Client, address: str, model: type, name: str, signature: bytes, limit: str
) -> None:
    file = SimpleUploadedFile(name, signature + b"\0" * FIFTY_MEGABYTES)
    response = admin.post(reverse(address), {"title": "Prevelika", "file": file})
    assert response.status_code == 200
    # Wagtail adds what it makes of the file that it has dropped; why it was dropped comes first.
    why, *_others = response.context["form"].errors["file"]
    assert f"{limit},0\xa0MB" in why
    assert not model.objects.exists()
