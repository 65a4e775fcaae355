"""Public addresses of this app, below the language."""

from django.urls import path, re_path

from . import exports, views

app_name = "pledges"
urlpatterns = [
    path("pledges/", views.pledge_list, name="pledge_list"),
    re_path(r"^pledges/export\.(?P<form>csv|xlsx|jsonl)$", exports.pledge_export, name="pledge_export"),
    path("pledges/<str:public_id>/", views.pledge, name="pledge"),
    path("pledges/<str:public_id>/timemap/", views.pledge_timemap, name="pledge_timemap"),
    path("candidates/<str:public_id>/", views.candidate, name="candidate"),
    path("programmes/<str:public_id>/", views.programme, name="programme"),
    path("municipalities/", views.municipality_list, name="municipality_list"),
    path("municipalities/<slug:slug>/", views.municipality, name="municipality"),
    path("municipalities/<slug:slug>/timemap/", views.municipality_timemap, name="municipality_timemap"),
    path("ledger/", views.ledger, name="ledger"),
    path("ledger/L-<int:sequence>/", views.ledger_row, name="ledger_row"),
]
