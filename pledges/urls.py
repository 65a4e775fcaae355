"""Public addresses of this app, below the language."""

from django.urls import path, re_path

from . import exports, views
from .feeds import corrections_feed, pledge_feed

app_name = "pledges"
urlpatterns = [
    path("pledges/", views.pledge_list, name="pledge_list"),
    path("pledges/feed.atom", pledge_feed, name="pledge_feed"),
    re_path(r"^pledges/export\.(?P<form>csv|xlsx|jsonl)$", exports.pledge_export, name="pledge_export"),
    path("pledges/<str:public_id>/", views.pledge, name="pledge"),
    path("pledges/<str:public_id>/timemap/", views.pledge_timemap, name="pledge_timemap"),
    path("candidates/<str:public_id>/", views.candidate, name="candidate"),
    path("programmes/<str:public_id>/", views.programme, name="programme"),
    path("proposals/<str:public_id>/", views.proposal, name="proposal"),
    path("recognitions/<str:public_id>/", views.certificate, name="certificate"),
    path("municipalities/", views.municipality_list, name="municipality_list"),
    path("municipalities/<slug:slug>/", views.municipality, name="municipality"),
    path("municipalities/<slug:slug>/timemap/", views.municipality_timemap, name="municipality_timemap"),
    path("tips/new/", views.send_tip, name="send_tip"),
    path("tips/status/", views.tip_status, name="tip_status"),
    path("corrections/", views.corrections, name="corrections"),
    path("corrections/feed/", corrections_feed, name="corrections_feed"),
    path("corrections/rules/<str:version>/", views.corrections_policy, name="corrections_version"),
    path("methodology/", views.methodology, name="methodology"),
    path("methodology/<str:version>/", views.methodology, name="methodology_version"),
    path("funding/", views.funding, name="funding"),
    path("funding/<str:version>/", views.funding, name="funding_version"),
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/L-<int:sequence>/", views.ledger_row, name="ledger_row"),
    path("hand-in/<str:token>/", views.hand_in, name="hand_in"),
    path("hand-in/<str:token>/review/", views.hand_in_review, name="hand_in_review"),
    path("hand-in/<str:token>/receipt/<int:version>/", views.hand_in_receipt, name="hand_in_receipt"),
    path("reply/<str:token>/", views.reply_list, name="reply"),
    path("reply/<str:token>/<str:public_id>/", views.reply, name="reply_to"),
]
