"""An API Gateway event (REST, payload 1.0) of a check-in, as both contenders get it."""

import json
from typing import Any

BODY = json.dumps({"feeling": "well", "needs": ["food"], "note": "家里都好"})


def check_in(token: str, key: str) -> dict[str, Any]:
    headers = {
        "Accept": "application/json",
        "Accept-Language": "zh-CN,zh;q=0.9",
        "Content-Type": "application/json",
        "Host": "example.org",
        "Idempotency-Key": key,
        "User-Agent": "Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 MicroMessenger/8.0",
        "X-Forwarded-For": "203.0.113.7, 203.0.113.8",
        "X-Forwarded-Port": "443",
        "X-Forwarded-Proto": "https",
        "X-Home-Link": token,
    }
    return {
        "resource": "/api/check-ins",
        "path": "/api/check-ins",
        "httpMethod": "POST",
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {"resourcePath": "/api/check-ins", "httpMethod": "POST", "path": "/api/check-ins", "identity": {}},
        "body": BODY,
        "isBase64Encoded": False,
    }
