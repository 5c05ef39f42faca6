"""Addresses that all terminals share."""

from django.urls import include, path

from tongban.terminals.common.views import demo_identity, login, preferences, staff

app_name = "common"
urlpatterns = [
    path("login/", login.choose, name="login"),
    path("login/citizen/", login.start, name="login_start"),
    path("login/return/", login.finish, name="login_return"),
    path("login/staff/", staff.password, name="staff_login"),
    path("login/staff/code/", staff.code, name="staff_code"),
    path("logout/", login.logout, name="logout"),
    path("language/", preferences.set_language, name="set_language"),
    path("mode/", preferences.set_mode, name="set_mode"),
    path("demo-identity/", demo_identity.page, name="demo_identity"),
    path("", include("tongban.terminals.common.verify_urls")),
]
