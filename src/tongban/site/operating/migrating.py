"""The migrating process: connects as the role that owns the tables (TONGBAN_ROLE=owner), and only it does."""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Migrate, then give the running role exactly its rights."""
    os.environ["TONGBAN_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongban.site.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from tongban.contexts.catalogue import actions as catalogue
    from tongban.foundation import time
    from tongban.foundation.ledger import grants

    call_command("migrate", interactive=False, verbosity=1)
    catalogue.adopt(now=time.now())
    if settings.DATABASES["default"]["USER"] != settings.TONGBAN_RUNTIME_ROLE:
        grants.grant(settings.TONGBAN_RUNTIME_ROLE)
    else:
        print("one role owns the tables and runs the software: the ledger is not append-only for it", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
