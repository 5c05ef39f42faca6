"""What is answered while the database is away, and what a load balancer asks."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

log = logging.getLogger(__name__)


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """200 "ok", or 503 while the database is away."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")


class OutageMiddleware:
    """While the database is away or restarting, a view's failure is "try again", never a fault and never a half act."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """503 with Retry-After for a lost database. The same request may be sent again: its id makes that safe."""
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        reason = str(exception).split("\n", 1)[0]
        log.warning("%s %s: the database is away (%s)", request.method, request.path, reason)
        connection.close()
        text = _("系统正在恢复，请您稍等几秒再试一次。已经提交成功的内容不会丢失。")
        return HttpResponse(
            f"{text}\n", status=503, headers={"Retry-After": "3"}, content_type="text/plain; charset=utf-8"
        )
