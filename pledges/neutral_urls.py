"""Public addresses of this app without a language: what machines and citations ask for."""

from django.urls import path

from . import views

urlpatterns = [
    path("ledger/zaveza-ledger.jsonl", views.ledger_download, name="ledger_download"),
    path("evidence/<str:public_id>/copy", views.evidence_copy, name="evidence_copy"),
    path("ledger/verify.py", views.ledger_verifier, name="ledger_verifier"),
]
