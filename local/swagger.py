"""Chalice's Swagger document, turned into single API Gateway calls: the stand-in imports no documents.

On AWS Chalice's own ImportRestApi and PutRestApi are used; only the local deploy comes here.
"""

from typing import Any

METHODS = ("get", "put", "post", "delete", "options", "head", "patch")
NOBODY = {"authorizationType": "NONE"}


def create(client: Any, document: dict[str, Any]) -> str:
    """A new REST API with every path of the document; returns its id."""
    rest_api = client.create_rest_api(name=document["info"]["title"], endpointConfiguration={"types": ["REGIONAL"]})["id"]
    overwrite(client, rest_api, document)
    return rest_api


def overwrite(client: Any, rest_api: str, document: dict[str, Any]) -> None:
    """The API has the paths and authorizers of the document, and no others."""
    resources = {item["path"]: item["id"] for item in _all(client, rest_api)}
    for path, resource in list(resources.items()):
        if path != "/" and path.count("/") == 1:
            client.delete_resource(restApiId=rest_api, resourceId=resource)  # Its children go with it.
    for old in client.get_authorizers(restApiId=rest_api)["items"]:
        client.delete_authorizer(restApiId=rest_api, authorizerId=old["id"])
    authorizers = {name: _authorizer(client, rest_api, name, scheme) for name, scheme in document.get("securityDefinitions", {}).items()}
    made = {"/": resources["/"]}
    for path, operations in document["paths"].items():
        resource = _resource(client, rest_api, path, made)
        for method in METHODS:
            if method in operations:
                _method(client, rest_api, resource, method.upper(), operations[method], authorizers)


def _all(client: Any, rest_api: str) -> list[dict[str, Any]]:
    return client.get_resources(restApiId=rest_api, limit=500)["items"]


def _resource(client: Any, rest_api: str, path: str, made: dict[str, str]) -> str:
    if path not in made:
        parent, _, part = path.rpartition("/")
        above = _resource(client, rest_api, parent or "/", made)
        made[path] = client.create_resource(restApiId=rest_api, parentId=above, pathPart=part)["id"]
    return made[path]


def _authorizer(client: Any, rest_api: str, name: str, scheme: dict[str, Any]) -> dict[str, str]:
    if scheme.get("x-amazon-apigateway-authtype") != "cognito_user_pools":
        return NOBODY
    pools = scheme["x-amazon-apigateway-authorizer"]["providerARNs"]
    made = client.create_authorizer(
        restApiId=rest_api,
        name=name,
        type="COGNITO_USER_POOLS",
        providerARNs=pools,
        identitySource=f"method.request.header.{scheme.get('name', 'Authorization')}",
        authorizerResultTtlInSeconds=0,
    )
    return {"authorizationType": "COGNITO_USER_POOLS", "authorizerId": made["id"]}


def _method(
    client: Any, rest_api: str, resource: str, verb: str, operation: dict[str, Any], authorizers: dict[str, dict[str, str]]
) -> None:
    guard = next((authorizers[name] for scheme in operation.get("security", []) for name in scheme if name in authorizers), NOBODY)
    where = {"restApiId": rest_api, "resourceId": resource, "httpMethod": verb}
    client.put_method(**where, **guard)
    integration = operation["x-amazon-apigateway-integration"]
    if integration["type"] != "mock":
        client.put_integration(
            **where, type=integration["type"].upper(), integrationHttpMethod=integration["httpMethod"], uri=integration["uri"]
        )
        return
    client.put_integration(**where, type="MOCK", requestTemplates=integration.get("requestTemplates", {}))
    for status, answer in integration.get("responses", {}).items():
        code = answer.get("statusCode", status)
        headers = answer.get("responseParameters", {})
        client.put_method_response(**where, statusCode=code, responseParameters=dict.fromkeys(headers, False))
        client.put_integration_response(**where, statusCode=code, responseParameters=headers)
