"""The switchboard: every route, queue, schedule and stream comes in here and goes straight to a room.

Every event handler must stand in this file: Lambda imports a handler declared in a blueprint without ever importing ``app.py``.
"""

from typing import Any

from chalice import Chalice, Rate
from chalice.app import CloudWatchEvent, DynamoDBEvent, SQSEvent

from chalicelib import arrivals, audits, callers, doors, forgetting, releasing, session, subscriptions, web, wiring
from chalicelib.activities import routes as activities
from chalicelib.batches import take_messages, take_news
from chalicelib.care import routes as care
from chalicelib.cases import routes as cases
from chalicelib.delivery import routes as delivery
from chalicelib.errands import routes as errands
from chalicelib.notices import routes as notices
from chalicelib.open311 import routes as open311
from chalicelib.pages import routes as pages
from chalicelib.patrols import routes as places
from chalicelib.patrols import walk_routes as patrols
from chalicelib.promises import routes as promises
from chalicelib.promises.sweep import sweep as sweep_everything
from chalicelib.recruiting import routes as recruiting
from chalicelib.residents import copy_routes as copies
from chalicelib.residents import routes as residents
from chalicelib.rewards import routes as rewards
from chalicelib.roster import routes as roster
from chalicelib.sensors import admission
from chalicelib.sensors import routes as alerts
from chalicelib.standards import routes as standards
from chalicelib.supplies import routes as supplies
from chalicelib.tickets import incident_routes as incidents
from chalicelib.tickets import photo_routes as photos
from chalicelib.tickets import routes as tickets
from chalicelib.trips import routes as trips
from chalicelib.volunteers import routes as volunteers

settings = wiring.settings()
app = Chalice(app_name="nuanlin")
app.debug = False
app.register_middleware(web.finish, "http")
callers.use_links(doors.links())
for room in (
    activities,
    alerts,
    care,
    cases,
    copies,
    delivery,
    errands,
    notices,
    incidents,
    open311,
    pages,
    patrols,
    photos,
    places,
    promises,
    recruiting,
    residents,
    rewards,
    roster,
    session,
    standards,
    supplies,
    tickets,
    trips,
    volunteers,
):
    app.register_blueprint(room.rooms)


@app.on_sqs_message(queue=settings.sensors_queue, batch_size=10, maximum_concurrency=5)
def receive_sensor_messages(event: SQSEvent) -> dict[str, Any]:
    """What sensors publish, through the IoT rule, and what the mailbox says of its letters."""
    return take_messages(event.to_dict(), arrivals.take, settings.partial_batch)


@app.lambda_function()
def mailbox(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Letters, from a REST API of their own, with a role that reads no other table."""
    return arrivals.letters(event)


@app.lambda_function()
def admit_gateway(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Whether a gateway that an installer enrols is awaited: AWS IoT asks before it makes a thing."""
    return admission.answer(wiring.store(), wiring.clock().now(), event)


@app.on_dynamodb_record(stream_arn=settings.stream_arn, batch_size=25, starting_position="TRIM_HORIZON")
def react_to_news(event: DynamoDBEvent) -> None:
    """What was saved tells the rest."""
    take_news(event.to_dict(), subscriptions.react, subscriptions.keep)


@app.schedule(Rate(1, unit=Rate.MINUTES))
def sweep(event: CloudWatchEvent) -> None:
    """Everything whose next moment to look has come."""
    sweep_everything(wiring.store(), wiring.clock().now(), subscriptions.send())


@app.schedule(Rate(1, unit=Rate.HOURS))
def audit(event: CloudWatchEvent) -> None:
    """What should have been written and sent, recomputed and compared."""
    audits.everything()


@app.schedule(Rate(1, unit=Rate.DAYS))
def daily(event: CloudWatchEvent) -> None:
    """What may not be kept for longer than a month goes; solved cases that have waited for the end of theirs come."""
    forgetting.run(wiring.store(), wiring.clock().now())
    releasing.run(wiring.store(), wiring.clock().now())
