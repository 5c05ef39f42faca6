"""Line budgets: a module has at most 400 lines, a function 40, a template 150. Exceptions stand here, with reasons."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULE, FUNCTION, TEMPLATE = 400, 40, 150
#: path or path::function -> why it may be longer
ALLOWED: dict[str, str] = {}


def functions(tree: ast.AST, prefix: str = "") -> Iterator[tuple[str, int]]:
    """Every function with the number of its lines, without decorators and docstring."""
    for node in ast.iter_child_nodes(tree):
        name = f"{prefix}{getattr(node, 'name', '')}"
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            first = node.body[0]
            doc = (first.end_lineno or first.lineno) - first.lineno + 1 if body is not node.body else 0
            yield name, (node.end_lineno or node.lineno) - node.lineno + 1 - doc
        yield from functions(node, f"{name}." if isinstance(node, ast.ClassDef | ast.FunctionDef) else prefix)


def over(root: Path) -> Iterator[tuple[str, str]]:
    """(what, how much) for everything over its budget."""
    for path in sorted([*root.glob("src/**/*.py"), *root.glob("tests/**/*.py"), *root.glob("bench/**/*.py")]):
        if "migrations" in path.parts:
            continue
        text, name = path.read_text("utf-8"), str(path.relative_to(root))
        if (lines := text.count("\n")) > MODULE:
            yield name, f"{lines} lines, {MODULE} allowed"
        for function, length in functions(ast.parse(text)):
            if length > FUNCTION:
                yield f"{name}::{function}", f"{length} lines, {FUNCTION} allowed"
    for path in sorted(root.glob("src/**/templates/**/*.html")):
        if (lines := path.read_text("utf-8").count("\n")) > TEMPLATE:
            yield str(path.relative_to(root)), f"{lines} lines, {TEMPLATE} allowed"


def main() -> int:
    """Name what is over budget, and exceptions that are no longer needed."""
    found = dict(over(ROOT))
    problems = [f"{what}: {much}" for what, much in found.items() if what not in ALLOWED]
    problems += [f"{what}: is within its budget again, take it off the list" for what in ALLOWED if what not in found]
    for problem in problems:
        print(problem)
    print(f"budgets: {len(problems)} findings, {len(ALLOWED)} exceptions")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
