"""The few SVG elements a picture is made of; every text is escaped."""

from __future__ import annotations

from html import escape


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """One element: `class_` is `class`, `_` in names is `-`, null attributes are left out."""
    given = "".join(
        f' {_attribute(key)}="{escape(_number(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{content}</{name}>" if content else f"<{name}{given}/>"


def text(words: object, x: float, y: float, /, **attributes: object) -> str:
    """A line of text at a place; ids are shown as words."""
    return element("text", escape(str(words).replace("_", " ")), x=x, y=y, **attributes)


def group(*parts: str, **attributes: object) -> str:
    """Elements that belong together."""
    return element("g", "".join(parts), **attributes)


def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _number(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)
