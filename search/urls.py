"""Public addresses of this app, below the language."""

from django.urls import path

from . import views
from .exports import search_table
from .feeds import follow_feed, search_feed

app_name = "search"
urlpatterns = [
    path("", views.search, name="search"),
    path("suggest/", views.suggest, name="suggest"),
    path("feed.atom", search_feed, name="feed"),
    path("hits.csv", search_table, name="table"),
    path("follow/confirm/<str:token>/", views.confirm, name="follow_confirm"),
    path("follow/leave/<str:token>/", views.leave, name="follow_leave"),
    path("follow/leave-all/<str:token>/", views.leave_all, name="follow_leave_all"),
    path("follow/mine/<str:token>/", views.mine, name="follow_mine"),
    path("follow/<slug:kind>/feed.atom", follow_feed, name="follow_feed"),
    path("follow/<slug:kind>/", views.ask, name="follow"),
]
