"""What the running role may do: everything it needs, and nothing that could rewrite history.

Called after every migration by the role that owns the tables. The triggers of schema.sql say the same to the owner.
"""

from __future__ import annotations

from typing import Final

from django.db import connection
from psycopg import sql

from tongban.kernel.refusals import N_, Refusal

#: Tables where the running role has less than SELECT, INSERT, UPDATE, DELETE.
LIMITED: Final = {
    "ledger_event": ("SELECT", "INSERT"),
    "ledger_request": ("SELECT", "INSERT"),
    "ledger_stream": ("SELECT", "INSERT", "UPDATE"),
    "ledger_private": ("SELECT", "INSERT", "DELETE"),  # DELETE is erasure
    "ledger_counter": ("SELECT", "INSERT", "UPDATE"),
    "django_migrations": ("SELECT",),
}
USUAL: Final = ("SELECT", "INSERT", "UPDATE", "DELETE")


class RoleMissing(Refusal):
    """The server has no such role: on a server of one's own it must be made first."""

    code = "role_missing"
    message = N_("数据库里没有运行角色 %(role)s。请先在服务器上建立它（CREATE ROLE），再运行 tongban migrate。")


class RoleOwnsTables(Refusal):
    """The running role owns tables or is a super-user, so no privilege binds it."""

    code = "role_owns_tables"
    message = N_(
        "运行角色 %(role)s 拥有数据表或者是超级用户，权限约束不了它。请让另一个角色拥有数据表（TONGBAN_MIGRATE_URL）。"
    )


def grant(role: str) -> int:
    """Give `role` exactly what it may on every table of the schema; returns the number of tables. Repeatable.

    Refuses `RoleMissing`, and `RoleOwnsTables` where the role could do anything anyway.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = %s", (role,))
        found = cursor.fetchone()
        if found is None:
            raise RoleMissing(role=role)
        cursor.execute("SELECT tablename, tableowner FROM pg_tables WHERE schemaname = current_schema()")
        tables = dict(cursor.fetchall())
        if found[0] or role in tables.values():
            raise RoleOwnsTables(role=role)
        name = sql.Identifier(role)
        cursor.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name))
        for table in tables:
            rights = sql.SQL(", ").join(sql.SQL(right) for right in LIMITED.get(table, USUAL))
            on = sql.Identifier(table)
            cursor.execute(sql.SQL("REVOKE ALL ON TABLE {} FROM {}").format(on, name))
            cursor.execute(sql.SQL("GRANT {} ON TABLE {} TO {}").format(rights, on, name))
    return len(tables)


def excess(role: str) -> tuple[str, ...]:
    """Rights over the limited tables that `role` has and should not ("DELETE on ledger_event"), for `doctor`."""
    found = []
    with connection.cursor() as cursor:
        for table, allowed in LIMITED.items():
            for right in ("INSERT", "UPDATE", "DELETE", "TRUNCATE"):
                if right not in allowed:
                    cursor.execute("SELECT has_table_privilege(%s, %s, %s)", (role, table, right))
                    if cursor.fetchone()[0]:
                        found.append(f"{right} on {table}")
    return tuple(found)
