"""The schemas as JSON Schema: what an OpenAPI document shows is what the reader checks."""

from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import fields

from akva.formats.schemas.fields import Many, Own


class Converter(OpenAPIConverter):
    """Knows our own fields: each tells its shape."""

    def init_attribute_functions(self) -> None:
        super().init_attribute_functions()  # type: ignore[no-untyped-call]
        self.attribute_functions.append(shape_of)


class Plugin(MarshmallowPlugin):
    Converter = Converter


def plugin() -> MarshmallowPlugin:
    """Make apispec's plugin for one document of OpenAPI 3.1."""
    return Plugin()


def shape_of(field: fields.Field[Any], **_: object) -> dict[str, Any]:
    """Give what a field says of itself; null is told where it may stand."""
    if isinstance(field, Many):
        return dict(field.shape)
    if not isinstance(field, Own):
        return {}
    shape = dict(field.shape)
    if field.allow_none:
        shape["type"] = [shape["type"], "null"]
    if field.allow_none and "enum" in shape:
        shape["enum"] = [*shape["enum"], None]
    return shape
