"""The store on one DynamoDB table."""

import uuid
from collections.abc import Sequence
from typing import Any

from chalicelib.store.contract import Absent, Add, Change, Conflict, Item, Remove, target
from chalicelib.store.keys import DUE_INDEX, Key, key_of
from chalicelib.store.values import from_typed, to_typed
from chalicelib.wire import Service, ServiceError

BATCH_READ, BATCH_WRITE = 100, 25
BATCH_ROUNDS = 8
TRANSACTION_ROUNDS = 6
_REFUSED = {"ConditionalCheckFailedException", "TransactionCanceledException"}


class DynamoStore:
    def __init__(self, service: Service, table: str) -> None:
        self._service, self._table = service, table

    def get(self, key: Key, *, consistent: bool = False) -> Item | None:
        answer = self._call("GetItem", Key=_typed(key), ConsistentRead=consistent)
        return from_typed(answer["Item"]) if "Item" in answer else None

    def get_many(self, keys: Sequence[Key], *, consistent: bool = False) -> dict[Key, Item]:
        wanted: list[Any] = [_typed(key) for key in keys]
        found: dict[Key, Item] = {}
        while wanted:
            batch, wanted = wanted[:BATCH_READ], wanted[BATCH_READ:]
            request = {self._table: {"Keys": batch, "ConsistentRead": consistent}}
            answer = self._service.call("BatchGetItem", {"RequestItems": request})
            items = [from_typed(item) for item in answer["Responses"].get(self._table, [])]
            found.update({key_of(item): item for item in items})
            wanted = answer.get("UnprocessedKeys", {}).get(self._table, {}).get("Keys", []) + wanted
        return found

    def under(self, pk: str, *, start: str = "", prefix: str = "", consistent: bool = False) -> list[Item]:
        condition, values = "pk = :pk", {":pk": {"S": pk}}
        if prefix:
            condition, values = f"{condition} AND begins_with(sk, :sk)", {**values, ":sk": {"S": prefix}}
        elif start:
            condition, values = f"{condition} AND sk >= :sk", {**values, ":sk": {"S": start}}
        return self._query(KeyConditionExpression=condition, ExpressionAttributeValues=values, ConsistentRead=consistent)

    def due(self, shard: str, until: str, limit: int) -> list[Item]:
        values = {":shard": {"S": shard}, ":until": {"S": until}}
        condition = "due_pk = :shard AND due_at <= :until"
        query = {"KeyConditionExpression": condition, "ExpressionAttributeValues": values}
        answer = self._call("Query", IndexName=DUE_INDEX, Limit=limit, **query)
        return [from_typed(item) for item in answer["Items"]]

    def write(self, *changes: Change) -> None:
        requests = [_request(self._table, change) for change in changes]
        try:
            if len(requests) == 1:
                ((verb, request),) = requests[0].items()
                self._service.call(f"{verb}Item", request)
            else:
                self._transact(requests)
        except ServiceError as error:
            if error.kind not in _REFUSED:
                raise
            raise _conflict(changes, error) from error

    def _transact(self, requests: list[dict[str, Any]]) -> None:
        """A transaction that met another one on the same item says nothing about our conditions: it is made again."""
        request = {"TransactItems": requests, "ClientRequestToken": str(uuid.uuid4())}
        for attempt in range(TRANSACTION_ROUNDS):
            try:
                self._service.call("TransactWriteItems", request)
                return
            except ServiceError as error:
                codes = {reason.get("Code") for reason in error.body.get("CancellationReasons", [])}
                if codes - {"None", None} != {"TransactionConflict"} or attempt == TRANSACTION_ROUNDS - 1:
                    raise
                self._service.sleep(0.02 * 2**attempt)

    def fill(self, items: Sequence[Item]) -> None:
        waiting: list[Any] = [{"PutRequest": {"Item": to_typed(item)}} for item in items]
        rounds = 0
        while waiting:
            batch, waiting = waiting[:BATCH_WRITE], waiting[BATCH_WRITE:]
            answer = self._service.call("BatchWriteItem", {"RequestItems": {self._table: batch}})
            left = answer.get("UnprocessedItems", {}).get(self._table, [])
            rounds = rounds + 1 if left else 0
            if rounds > BATCH_ROUNDS:
                raise ServiceError("UnprocessedItems", 503, {})
            if left:
                self._service.sleep(min(1.0, 0.05 * 2**rounds))
            waiting = left + waiting

    def _query(self, **query: Any) -> list[Item]:
        items: list[Item] = []
        start: dict[str, Any] = {}
        while True:
            answer = self._call("Query", **query, **start)
            items += [from_typed(item) for item in answer["Items"]]
            if "LastEvaluatedKey" not in answer:
                return items
            start = {"ExclusiveStartKey": answer["LastEvaluatedKey"]}

    def _call(self, operation: str, **request: Any) -> dict[str, Any]:
        return self._service.call(operation, {"TableName": self._table, **request})


def _typed(key: Key) -> dict[str, Any]:
    return {"pk": {"S": key.pk}, "sk": {"S": key.sk}}


def _request(table: str, change: Change) -> dict[str, Any]:
    """One change as the member of a transaction; alone, it is the request of PutItem or DeleteItem."""
    tail = {"TableName": table, "ReturnValuesOnConditionCheckFailure": "ALL_OLD"}
    if isinstance(change, Absent):
        return {"ConditionCheck": {"Key": _typed(change.key), "ConditionExpression": "attribute_not_exists(pk)", **tail}}
    if isinstance(change, Add):
        return {"Put": {"Item": to_typed(change.item), "ConditionExpression": "attribute_not_exists(pk)", **tail}}
    seen = {"ConditionExpression": "v = :seen", "ExpressionAttributeValues": {":seen": {"N": str(change.seen)}}}
    if isinstance(change, Remove):
        return {"Delete": {"Key": _typed(change.key), **seen, **tail}}
    return {"Put": {"Item": to_typed(change.item), **seen, **tail}}


def _conflict(changes: Sequence[Change], error: ServiceError) -> Exception:
    """Which change was refused, with the item that stood in its way; the error itself if no condition was the reason."""
    if error.kind == "ConditionalCheckFailedException":
        return Conflict(target(changes[0]), _existing(error.body))
    reasons = error.body.get("CancellationReasons", [])
    for change, reason in zip(changes, reasons, strict=False):
        if reason.get("Code") == "ConditionalCheckFailed":
            return Conflict(target(change), _existing(reason))
    return error


def _existing(body: dict[str, Any]) -> Item | None:
    return from_typed(body["Item"]) if body.get("Item") else None
