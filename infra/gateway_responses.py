"""Errors that the API gateway answers by itself, in the same problem+json as ours: without them a wrong token gets {"message": …}."""

import json
from typing import Any

# gateway's name → (status, 中文, English)
ANSWERS = {
    "UNAUTHORIZED": (401, "请先登录。", "Sign in first."),
    "EXPIRED_TOKEN": (401, "登录已过期,请重新登录。", "Your session has ended. Sign in again."),
    "ACCESS_DENIED": (403, "没有权限。", "You may not do this."),
    "MISSING_AUTHENTICATION_TOKEN": (404, "没有这个地址。", "There is nothing at this address."),
    "RESOURCE_NOT_FOUND": (404, "没有这个地址。", "There is nothing at this address."),
    "REQUEST_TOO_LARGE": (413, "内容太长。", "This is too long."),
    "UNSUPPORTED_MEDIA_TYPE": (415, "不接受这种格式。", "This format is not accepted."),
    "THROTTLED": (429, "请求太多,请稍后再试。", "Too many requests. Try again shortly."),
    "INTEGRATION_TIMEOUT": (504, "没能及时完成,请再试一次。", "This took too long. Try again."),
    "DEFAULT_4XX": (None, "请求无法处理。", "The request could not be handled."),
    "DEFAULT_5XX": (None, "服务暂时不可用,请再试一次。", "The service is not available right now. Try again."),
}
HEADERS = {"Content-Type": "application/problem+json", "Cache-Control": "no-store"}


def problem(status: int | None, chinese: str, english: str) -> dict[str, Any]:
    body: dict[str, Any] = {"type": "about:blank", "title": english.rstrip("."), "detail": chinese, "detail_en": english}
    return body if status is None else {**body, "status": status}


def as_document() -> dict[str, Any]:
    """As the Swagger extension ``x-amazon-apigateway-gateway-responses`` has them."""
    return {kind: _answer(*answer) for kind, answer in ANSWERS.items()}


def put(client: Any, rest_api: str, api_stage: str) -> None:
    """Write all of them and publish the API's stage anew; without that they do not show."""
    for kind, answer in as_document().items():
        client.put_gateway_response(restApiId=rest_api, responseType=kind, **answer)
    client.create_deployment(restApiId=rest_api, stageName=api_stage)


def _answer(status: int | None, chinese: str, english: str) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "responseParameters": {f"gatewayresponse.header.{name}": f"'{value}'" for name, value in HEADERS.items()},
        "responseTemplates": {"application/json": json.dumps(problem(status, chinese, english), ensure_ascii=False)},
    }
    return answer if status is None else {**answer, "statusCode": str(status)}
