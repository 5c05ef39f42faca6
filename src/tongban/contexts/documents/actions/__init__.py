"""What can be done with documents. Every action is keyword-only and takes the moment."""

from tongban.contexts.documents.actions.acts import issue_document, render_document
from tongban.contexts.documents.actions.files import store_file
from tongban.contexts.documents.actions.licences import issue_licence, revoke_licence

__all__ = ["issue_document", "issue_licence", "render_document", "revoke_licence", "store_file"]
