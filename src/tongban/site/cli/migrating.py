"""The migrating process: connects as the role that owns the tables (TONGBAN_ROLE=owner), and only it does."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Grant the running role its rights on what will be made, then migrate."""
    os.environ["TONGBAN_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongban.site.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from tongban.foundation.postgres.roles import grant

    owner = settings.DATABASES["default"]["USER"]
    runtime = settings.TONGBAN_RUNTIME_ROLE
    if owner and owner != runtime:
        connection.ensure_connection()
        with connection.cursor():
            grant(connection.connection, owner, runtime)
    call_command("migrate", interactive=False, verbosity=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
