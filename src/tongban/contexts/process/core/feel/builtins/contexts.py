"""Functions of contexts."""

from __future__ import annotations

from typing import Any

from tongban.contexts.process.core.feel import notes
from tongban.contexts.process.core.feel.builtins.registry import builtin

Context = dict[str, Any]


@builtin("get value(m|context: context, key: string)")
def get_value(context: Context, key: str) -> Any:
    """The entry under `key`."""
    return context[key] if key in context else notes.null(f"there is no entry “{key}”")


@builtin("get value(m|context: context, keys: list)")
def get_deep_value(context: Context, keys: list[Any]) -> Any:
    """The entry under `keys`, one context after the other."""
    found: Any = context
    for key in keys:
        if not isinstance(found, dict) or not isinstance(key, str) or key not in found:
            return notes.null("there is no entry under these keys")
        found = found[key]
    return found if keys else None


@builtin("get entries(m|context: context)")
def get_entries(context: Context) -> list[Context]:
    """The entries as contexts of `key` and `value`."""
    return [{"key": key, "value": value} for key, value in context.items()]


@builtin("context(entries: list)")
def context_of(entries: list[Any]) -> Context | None:
    """The context that has these entries."""
    made: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or "value" not in entry:
            return notes.null("context(): an entry lacks key or value")
        if entry["key"] in made:
            return notes.null("context(): a key comes twice")
        made[entry["key"]] = entry["value"]
    return made


@builtin("context put(context: context, key: string, value: Any)")
def context_put(context: Context, key: str, value: Any) -> Context:
    """The context with one entry more or another."""
    return {**context, key: value}


@builtin("context put(context: context, keys: list, value: Any)")
def context_put_deep(context: Context, keys: list[Any], value: Any) -> Context | None:
    """The context with one entry more or another, one context after the other."""
    if not keys or not isinstance(keys[0], str):
        return notes.null("context put(): a key is missing")
    if len(keys) == 1:
        return {**context, keys[0]: value}
    inner = context.get(keys[0])
    if not isinstance(inner, dict):
        return notes.null("context put(): an entry on the way is no context")
    made = context_put_deep(inner, keys[1:], value)
    return None if made is None else {**context, keys[0]: made}


@builtin("context merge(contexts: list)")
def context_merge(contexts: list[Any]) -> Context | None:
    """All entries; the last of a name wins."""
    if not all(isinstance(context, dict) for context in contexts):
        return notes.null("context merge(): a member is no context")
    return {key: value for context in contexts for key, value in context.items()}
