"""What is measured against: a bare Chalice route that stores what it gets with one default boto3 ``put_item``."""

import os

import boto3
from chalice import Chalice

app = Chalice(app_name="bare")
table = boto3.client("dynamodb")


@app.route("/api/check-ins", methods=["POST"])
def check_in():
    body = app.current_request.json_body
    item = {
        "pk": {"S": f"bare#{app.current_request.headers['x-home-link']}"},
        "sk": {"S": "CHECKIN"},
        "v": {"N": "1"},
        "feeling": {"S": body["feeling"]},
        "needs": {"L": [{"S": need} for need in body["needs"]]},
        "note": {"S": body["note"]},
        "at": {"S": "2026-11-22T01:00:00.000Z"},
        "source": {"S": "link"},
        "ttl": {"N": "1795309200"},
        "news": {"M": {"id": {"S": "one"}, "name": {"S": "check-in.recorded"}}},
    }
    table.put_item(TableName=os.environ["TABLE"], Item=item)
    return {"stored": True}
