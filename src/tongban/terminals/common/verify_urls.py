"""Addresses of public verification; included by `common`."""

from django.urls import path

from tongban.terminals.common import verify

urlpatterns = [
    path("verify/", verify.page, name="verify"),
    path("verify/number/", verify.by_number, name="verify_number"),
    path("verify/file/", verify.by_file, name="verify_file"),
    path("verify/root.pem", verify.root, name="verify_root"),
    path("verify/<str:token>", verify.by_token, name="verify_token"),
]
