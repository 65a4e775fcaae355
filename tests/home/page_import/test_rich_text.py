"""HTML of an import file: only what an editor could have written, and no silent loss."""

import pytest

from home.page_import.problems import Place, Problems
from home.page_import.rich_text import clean_html
from zaveza.base.blocks import TEXT_FEATURES

pytestmark = pytest.mark.django_db


def cleaned(html: str) -> tuple[str, list[str], list[str]]:
    """The cleaned HTML, the warnings and the errors."""
    problems = Problems()
    place = Place(problems, 1, "a", "sl", "body")
    result = clean_html(html, TEXT_FEATURES, place, lambda kind, target, place: 7)
    return result, [str(each) for each in problems.warnings], [str(each) for each in problems.errors]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("plain", "<p>plain</p>"),
        ("", ""),
        ("<p>a</p>\n\n<p> </p><p>b</p>", "<p>a</p><p>b</p>"),
        ("<p>„a“ ”b” «c» &amp; &lt;d&gt;</p>", "<p>„a“ ”b” «c» &amp; &lt;d&gt;</p>"),
        ("<p>a <strong>b</strong> <em>c</em><br>d</p>", "<p>a <b>b</b> <i>c</i><br/>d</p>"),
        ("<div><p>a</p>b</div>", "<p>a</p><p>b</p>"),
        ('<p class="x" style="color:red" id="y">a</p>', "<p>a</p>"),
        ("<ul><li><p>a</p></li><li>b<ul><li>c</li></ul></li></ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
        ('<a href="https://a.si/?b=1&amp;c=2">a</a>', '<p><a href="https://a.si/?b=1&amp;c=2">a</a></p>'),
        ('<a href="page:about">a</a>', '<p><a id="7" linktype="page">a</a></p>'),
        ('<a href="document:a.pdf">a</a>', '<p><a id="7" linktype="document">a</a></p>'),
        ("<p>a<!-- b --></p>", "<p>a</p>"),
    ],
)
def test_kept(html: str, expected: str) -> None:
    assert cleaned(html) == (expected, [], [])


@pytest.mark.parametrize(
    ("html", "expected", "told"),
    [
        ("<p>a</p><script>alert(1)</script>", "<p>a</p>", "script"),
        ("<svg><script>alert(1)</script></svg><p>a</p>", "<p>a</p>", "svg"),
        ("<style>p{}</style><p>a</p>", "<p>a</p>", "style"),
        ('<p><img src="x" onerror="alert(1)">a</p>', "<p>a</p>", "img"),
        ("<h2>a</h2><p>b</p>", "<p>a</p><p>b</p>", "h2"),
        ('<p><a href="javascript:alert(1)">a</a></p>', "<p>a</p>", "javascript"),
        ('<p><a href=" jav&#x09;ascript:alert(1)">a</a></p>', "<p>a</p>", "href"),
        ('<p><a linktype="page" id="1">a</a></p>', "<p>a</p>", "href"),
        ("<p><u>a</u></p>", "<p>a</p>", "u"),
    ],
)
def test_taken_out_and_told(html: str, expected: str, told: str) -> None:
    result, warnings, errors = cleaned(html)
    assert (result, errors) == (expected, [])
    assert told in warnings[0]


def test_entry_without_a_list_is_refused() -> None:
    assert len(cleaned("<li>a</li>")[2]) == 1


def test_cleaning_again_changes_nothing() -> None:
    once = cleaned("<p>a <b>b</b></p><ol><li>c</li><li>d</li></ol>")[0]
    assert cleaned(once)[0] == once
