import datetime as dt
import re

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation
from django.utils.safestring import mark_safe

from zaveza.base.sprite import DRAWINGS
from zaveza.base.templatetags import base_tags

NBSP = "\xa0"
FRIDAY = dt.date(2019, 5, 31)


def render(source: str, **context: object) -> str:
    request = RequestFactory().get("/sl/pledges/?status=partly&page=3")
    return Template(source).render(Context({"request": request, **context}))


def tidy(html: str) -> str:
    """Markup with the formatter's white space taken out."""
    return re.sub(r"(?<=>) | (?=<)", "", re.sub(r"[ \n]+", " ", html))


@pytest.mark.parametrize(
    ("language", "short", "long", "weekday"),
    [
        ("sl", f"31.{NBSP}5.{NBSP}2019", f"31.{NBSP}maj 2019", f"petek, 31.{NBSP}5.{NBSP}2019"),
        ("en", f"31{NBSP}May{NBSP}2019", f"31{NBSP}May 2019", f"Friday, 31{NBSP}May{NBSP}2019"),
        ("pl", "31.05.2019", f"31{NBSP}maja 2019", "Piątek, 31.05.2019"),
        ("ka", "31.05.2019", f"31{NBSP}მაისი 2019", f"პარასკევი, 31{NBSP}მაისი{NBSP}2019"),
    ],
)
def test_dates_in_every_language(language, short, long, weekday):
    with translation.override(language):
        assert base_tags.day(FRIDAY) == short
        assert base_tags.long_day(FRIDAY) == long
        assert base_tags.weekday_day(FRIDAY) == weekday


def test_a_moment_is_shown_on_its_day_in_slovenia():
    late_evening_utc = dt.datetime(2026, 2, 2, 23, 30, tzinfo=dt.UTC)
    assert base_tags.day(late_evening_utc) == f"3.{NBSP}2.{NBSP}2026"
    assert base_tags.day_time(late_evening_utc) == f'<time datetime="2026-02-03">3.{NBSP}2.{NBSP}2026</time>'


def test_a_missing_date_prints_nothing():
    assert base_tags.day(None) == ""
    assert base_tags.weekday_day(None) == ""
    assert base_tags.day_time(None) == ""


def test_day_time_in_other_styles():
    assert base_tags.day_time(FRIDAY, "long") == f'<time datetime="2019-05-31">31.{NBSP}maj 2019</time>'
    assert "petek" in base_tags.day_time(FRIDAY, "weekday")


@pytest.mark.parametrize(("language", "expected"), [("sl", "1.035"), ("en", "1,035"), ("pl", f"1{NBSP}035")])
def test_thousands_are_separated(language, expected):
    with translation.override(language):
        assert base_tags.number(1035) == expected


@pytest.mark.parametrize(
    ("part", "total", "expected"),
    [(7, 24, f"29{NBSP}%"), (1, 200, f"1{NBSP}%"), (0, 5, f"0{NBSP}%"), (3, 0, ""), (None, 5, ""), (3, None, "")],
)
def test_percentages_are_whole_and_never_divide_by_nothing(part, total, expected):
    assert base_tags.percent_of(part, total) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("v šoli in s starši", f"v{NBSP}šoli in s{NBSP}starši"),
        ("Z delom (v občini)", f"Z{NBSP}delom (v{NBSP}občini)"),
        ("»K ljudem«", f"»K{NBSP}ljudem«"),
        ("i w szkole", f"i{NBSP}w{NBSP}szkole"),
        ("Lev hodi", "Lev hodi"),
        ('<a class="a b" href="x">v šoli</a>', f'<a class="a b" href="x">v{NBSP}šoli</a>'),
    ],
)
def test_one_letter_words_are_glued_to_the_next(text, expected):
    assert base_tags.glue(text) == expected


@pytest.mark.parametrize(
    ("word", "expected"), [("zaveze", "Zaveze"), ("članki", "Članki"), ("დაპირებები", "დაპირებები"), ("", "")]
)
def test_a_first_letter_is_capital_where_the_script_has_capitals(word, expected):
    assert base_tags.first_upper(word) == expected


def test_glue_escapes_what_is_not_safe_and_keeps_what_is():
    assert render("{{ text|glue }}", text="v <b>") == f"v{NBSP}&lt;b&gt;"
    assert render("{{ text|glue }}", text=mark_safe("v <b>šoli</b>")) == f"v{NBSP}<b>šoli</b>"


def test_the_sprite_holds_only_what_the_page_used():
    html = render('{% icon "search" 16 %}{% status_glyph "partly" 28 %}{% use_pattern "stalled" %}{% sprite %}')
    assert '<svg class="i" width="16" height="16" aria-hidden="true"><use href="#i-search"/></svg>' in html
    assert '<svg class="g" width="28" height="28" aria-hidden="true"><use href="#s-partly"/></svg>' in html
    assert html.count("<symbol ") == 2
    assert html.count("<pattern ") == 1
    assert 'class="sprite"' in html


def test_a_page_without_drawings_has_no_sprite():
    assert "<svg" not in render("{% sprite %}")


def test_an_unknown_drawing_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="i-unicorn"):
        render('{% icon "unicorn" %}')


def test_every_status_and_gate_has_its_shape():
    from pledges.enums import Gate, Status

    codes = {*Status.values, *Gate.values} - {"", "open", "none"}
    assert {f"s-{code}" for code in codes} <= set(DRAWINGS)


def test_captured_text_is_escaped_where_it_is_printed():
    html = render('{% capture words %}\n  a  "b"\n {{ x }}{% endcapture %}<p title="{{ words }}"></p>', x="<c>")
    assert html == '<p title="a &quot;b&quot; &lt;c&gt;"></p>'


def test_a_page_is_sent_without_indentation_but_with_the_lines_of_a_text():
    page = "\n  <p>\n    v\xa0\n  šoli</p>\n\n<textarea>\n  a\n</textarea>\n   <b>c</b> <i>d</i>"
    html = render("{% squeeze %}" + page + "{% endsqueeze %}")
    assert html == "\n<p>\nv\xa0\nšoli</p>\n<textarea>\n  a\n</textarea>\n<b>c</b> <i>d</i>"


def test_other_pages_of_a_list_keep_the_query():
    assert render("{% page_query 2 %}") == "?status=partly&amp;page=2"
    assert render("{% page_query 1 %}") == "?status=partly"


def test_absolute_addresses_have_no_query():
    assert render("{% absolute %}") == "http://testserver/sl/pledges/"
    assert render('{% absolute "/media/a.png" %}') == "http://testserver/media/a.png"


class _Form(forms.Form):
    email = forms.EmailField(help_text="Only to confirm.")
    region = forms.ChoiceField(choices=[("a", "A")], required=False)
    rules = forms.BooleanField()
    reply = forms.ChoiceField(choices=[("mail", "by mail"), ("no", "not at all")], widget=forms.RadioSelect)


def test_a_field_names_its_hint_and_its_error():
    form = _Form({"email": "ana@"})
    html = tidy("".join(render('{% include "components/field.html" %}', field=field) for field in form))
    assert 'aria-describedby="id_email-hint id_email-error"' in html
    assert 'aria-invalid="true"' in html
    assert '<p class="err" id="id_email-error">' in html
    assert 'class="in-sel"' in html
    assert "<legend>" in html
    assert html.count('type="radio"') == 2


def test_facts_leave_out_what_is_not_known():
    html = render(
        '{% include "components/facts.html" %}',
        facts=[{"term": "Kind", "value": "action"}, {"term": "Number", "value": 0}, {"term": "Note", "value": ""}],
    )
    assert "<dt>Kind</dt>" in tidy(html)
    assert "<dd>0</dd>" in tidy(html)
    assert "Note" not in html


def test_chips_link_to_the_list_without_the_filter():
    html = render(
        '{% include "components/chips.html" %}',
        chips=[{"label": "Goriška", "url": "?page=1"}],
        clear_url="/sl/pledges/",
    )
    assert '<a class="chip" href="?page=1">' in tidy(html)
    assert '<a href="/sl/pledges/">' in html


def test_an_empty_list_says_so_and_offers_a_way_out():
    html = render(
        '{% include "components/empty.html" %}',
        empty_heading="No pledges", empty_text="None match.", empty_url="/x/", empty_action="Clear",
    )  # fmt: skip
    assert "<h3>No pledges</h3>" in html
    assert 'href="/x/"' in html


def test_a_notice_escapes_its_lines():
    html = render('{% include "components/notice.html" with kind="warn" %}', lines=["Unknown status: <b>"])
    assert "notice-warn" in html
    assert "&lt;b&gt;" in html
