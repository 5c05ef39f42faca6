"""Everything that changes parties, mandates, accounts and the organisation; each act with its actor and its moment."""

from tongban.contexts.parties.actions.accounts import (
    begin_staff_login,
    confirm_totp,
    create_account,
    demo_code,
    end_sessions,
    totp_link,
)
from tongban.contexts.parties.actions.organisation import (
    create_agency,
    create_officer,
    create_window,
    give_commission,
    retire_officer,
    revoke_commission,
    set_roles,
)
from tongban.contexts.parties.actions.people import (
    correct_party,
    grant_mandate,
    register_legal,
    register_natural,
    revoke_mandate,
    sign_in,
)

__all__ = [
    "begin_staff_login",
    "confirm_totp",
    "correct_party",
    "create_account",
    "create_agency",
    "create_officer",
    "create_window",
    "demo_code",
    "end_sessions",
    "give_commission",
    "grant_mandate",
    "register_legal",
    "register_natural",
    "retire_officer",
    "revoke_commission",
    "revoke_mandate",
    "set_roles",
    "sign_in",
    "totp_link",
]
