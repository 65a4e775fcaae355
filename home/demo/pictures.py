"""Pictures for the demo, drawn here: a ruled sheet with a few shapes, the same for the same seed."""

import io
import random

from django.core.files.images import ImageFile
from PIL import Image as Pillow
from PIL import ImageDraw

from zaveza.images.models import CustomImage

PAPER, INK, ACCENT, WARM, HAIR = "#f5f5f0", "#161e25", "#0c4a4e", "#96401d", "#cfd2c8"


def draw(seed: int, size: tuple[int, int] = (1200, 630)) -> bytes:
    """A PNG: rules of a ledger, a margin and a group of shapes placed by `seed`."""
    chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    width, height = size
    picture = Pillow.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(picture)
    for y in range(60, height, 60):
        pen.line([(0, y), (width, y)], fill=HAIR, width=2)
    pen.line([(width // 6, 0), (width // 6, height)], fill=WARM, width=3)
    pen.line([(width // 6 + 10, 0), (width // 6 + 10, height)], fill=WARM, width=3)
    for _shape in range(9):
        x, y = chance.randrange(width // 4, width - 160), chance.randrange(60, height - 180)
        edge = chance.randrange(50, 150)
        colour = chance.choice([INK, ACCENT, ACCENT, WARM])
        kind = chance.randrange(3)
        box = [x, y, x + edge, y + edge]
        if kind == 0:
            pen.ellipse(box, outline=colour, width=8)
        elif kind == 1:
            pen.rectangle(box, fill=colour)
        else:
            pen.polygon([(x, y + edge), (x + edge // 2, y), (x + edge, y + edge)], fill=colour)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def picture(title: str, description: str, seed: int) -> CustomImage:
    """A stored picture with alternative text."""
    return CustomImage.objects.create(
        title=title,
        description=description,
        credit="Zaveza",
        licence="CC0",
        file=ImageFile(io.BytesIO(draw(seed)), name=f"demo-{seed}.png"),
        width=1200,
        height=630,
    )
