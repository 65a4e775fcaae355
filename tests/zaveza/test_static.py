import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import loader

CSS = sorted((Path(settings.BASE_DIR) / "static" / "css").glob("*.css"))
TEMPLATES = sorted((Path(settings.BASE_DIR) / "templates").rglob("*.html"))
LAYERS = ["reset", "tokens", "base", "layout", "components", "utilities", "modes"]
# Where somebody's address book, map or font would come from.
FOREIGN = re.compile(r"""(?:src|action|poster|data)=["']?(?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//""")


def test_the_styles_stay_within_their_budget():
    assert sum(path.stat().st_size for path in CSS) < 35_000


def test_every_style_file_is_linked_and_the_first_declares_the_layers():
    linked = re.findall(r"css/(\w+)\.css", loader.get_template("components/stylesheets.html").render())
    assert sorted(linked) == [path.stem for path in CSS]
    assert linked[0] == "reset"
    declarations = [match for path in CSS for match in re.findall(r"^@layer ([^{;]+);", path.read_text(), re.M)]
    assert declarations == [", ".join(LAYERS)]


@pytest.mark.parametrize("path", CSS, ids=lambda path: path.stem)
def test_every_rule_lies_in_a_layer_and_loads_nothing(path):
    css = path.read_text()
    assert set(re.findall(r"^@layer (\w+) \{", css, re.M)) <= set(LAYERS)
    assert "url(" not in css
    assert "@import" not in css
    assert css.count("{") == css.count("}")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_no_template_carries_inline_style_script_or_a_foreign_address(path):
    source = path.read_text()
    assert not re.search(r"\sstyle=", source)
    assert not re.search(r"\son\w+=", source)
    assert "<style" not in source
    assert not re.search(r"<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)", source)
    assert not FOREIGN.search(source)
