"""The API described by itself: OpenAPI 3.1, generated from the access table and the types of bodies and answers."""

import re
from typing import Any

import msgspec

from chalicelib import web
from chalicelib.access import ROUTES, Access, Door

SCHEMES: dict[Door, dict[str, list[str]]] = {
    Door.HOME: {"homeLink": []},
    Door.VOLUNTEER: {"volunteerLink": []},
    Door.DEVICE: {"volunteerLink": [], "device": []},
    Door.STAFF: {"staff": []},
    Door.CLIENT: {"openKey": []},
}
QUERIES = {"/api/messages": {"day": {"type": "string", "format": "date"}}}
"""What stands behind the question mark, all of it optional."""
SECURITY = {
    "homeLink": {"type": "apiKey", "in": "header", "name": "X-Home-Link"},
    "volunteerLink": {"type": "apiKey", "in": "header", "name": "X-Volunteer-Link"},
    "device": {"type": "apiKey", "in": "header", "name": "X-Device"},
    "staff": {"type": "apiKey", "in": "header", "name": "Authorization"},
    "openKey": {"type": "apiKey", "in": "query", "name": "api_key", "description": "of Open311; in a POST it is a field of the form"},
}
PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "detail_en"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what to do, in Chinese"},
        "detail_en": {"type": "string"},
    },
}
FORM = {
    "type": "object",
    "required": ["compound", "home", "code", "nonce"],
    "properties": {
        **{name: {"type": "string"} for name in ("compound", "home", "code", "nonce", "lang", "feeling", "note")},
        "needs": {"type": "array", "items": {"type": "string"}},
    },
}


def document() -> dict[str, Any]:
    """The whole description. Types with the same name must be the same type: msgspec tells them apart by module."""
    bodies, answers = web.bodies(), web.answers()
    types = [kind for kind in [*bodies.values(), *answers.values()] if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
    unique = list(dict.fromkeys(types))
    schemas, components = msgspec.json.schema_components(unique, ref_template="#/components/schemas/{name}")
    named: dict[Any, Any] = dict(zip(unique, schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for (method, path), access in ROUTES.items():
        operation = _operation(path, access, named.get(bodies.get((method, path))), named.get(answers.get((method, path))))
        if path.startswith("/open311/"):
            operation |= _standard(method)
        if path.endswith("/paper"):
            operation |= {
                "requestBody": _content("application/x-www-form-urlencoded", FORM),
                "responses": {"303": {"description": "a static page"}, "4XX": operation["responses"]["4XX"]},
            }
        paths.setdefault(path, {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Nuanlin 暖邻", "version": "1", "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "paths": paths,
        "components": {"schemas": {**components, "Problem": PROBLEM}, "securitySchemes": SECURITY},
    }


def _operation(path: str, access: Access, body: Any, answer: Any) -> dict[str, Any]:
    parameters = [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in re.findall(r"{(\w+)}", path)]
    parameters += [{"name": name, "in": "query", "schema": schema} for name, schema in QUERIES.get(path, {}).items()]
    if access.keyed:
        key = {"type": "string", "minLength": 8, "maxLength": 200}
        parameters.append({"name": "Idempotency-Key", "in": "header", "required": True, "schema": key})
    problem = _content("application/problem+json", {"$ref": "#/components/schemas/Problem"})["content"]
    responses: dict[str, Any] = {"4XX": {"description": "what went wrong and what to do", "content": problem}}
    success = {"description": "done", "content": _content("application/json", answer or {"type": "object"})["content"]}
    responses |= {"200": success, **({"201": success} if access.keyed else {})}
    operation: dict[str, Any] = {"parameters": parameters, "responses": responses}
    if body is not None:
        operation["requestBody"] = _content("application/json", body)
    if access.door in SCHEMES:
        operation["security"] = [SCHEMES[access.door]]
    return operation


def _standard(method: str) -> dict[str, Any]:
    """What wiki.open311.org/GeoReport_v2 describes is not described again."""
    either: dict[str, Any] = {"content": {"application/json": {"schema": {}}, "text/xml": {"schema": {}}}}
    answered = {status: {"description": "see wiki.open311.org/GeoReport_v2", **either} for status in ("200", "4XX")}
    form = {"requestBody": _content("application/x-www-form-urlencoded", {"type": "object"})} if method == "POST" else {}
    return {"responses": answered, **form}


def _content(kind: str, schema: Any) -> dict[str, Any]:
    return {"required": True, "content": {kind: {"schema": schema}}}
