"""The two roles of the platform: one owns the tables and migrates, the other runs and owns nothing.

The running software therefore can't alter a table, drop a trigger or empty the ledger, whatever a fault makes it say.
"""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg import sql

ADMIN = "postgres"
OWNER = "tongban_owner"
APP = "tongban_app"


def provision(admin: psycopg.Connection[Any], owner_password: str, app_password: str, database: str) -> None:
    """Make roles and database over a super-user's autocommit connection to `template1`. Repeatable."""
    for role, password in ((OWNER, owner_password), (APP, app_password)):
        exists = admin.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone()
        verb = sql.SQL("ALTER" if exists else "CREATE")
        statement = sql.SQL("{} ROLE {} LOGIN PASSWORD {}")
        admin.execute(statement.format(verb, sql.Identifier(role), sql.Literal(password)))
    # In template1, so that every database made from it (also those of tests) has the grants.
    grant(admin, OWNER, APP)
    if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (database,)).fetchone():
        name = sql.Identifier(database)
        admin.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, sql.Identifier(OWNER)))
        admin.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name))
        admin.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(name, sql.Identifier(APP)))


def grant(connection: psycopg.Connection[Any], owner: str, app: str) -> None:
    """Whatever `owner` will create in this database, `app` may read and write, but not alter, drop or truncate."""
    prefix = sql.SQL("ALTER DEFAULT PRIVILEGES FOR ROLE {} GRANT").format(sql.Identifier(owner))
    to = sql.SQL("TO {}").format(sql.Identifier(app))
    connection.execute(sql.SQL("{} SELECT, INSERT, UPDATE, DELETE ON TABLES {}").format(prefix, to))
    connection.execute(sql.SQL("{} USAGE, SELECT ON SEQUENCES {}").format(prefix, to))
