"""What can be done with documents. Every action is keyword-only and takes the moment."""

from tongban.contexts.documents.actions.acts import issue_document, render_document
from tongban.contexts.documents.actions.files import store_file
from tongban.contexts.documents.actions.licences import issue_licence, qr_svg, revoke_licence
from tongban.contexts.documents.actions.prints import render_form, render_sheet

__all__ = [
    "issue_document",
    "issue_licence",
    "qr_svg",
    "render_document",
    "render_form",
    "render_sheet",
    "revoke_licence",
    "store_file",
]
