"""What every test stands on: an environment for importing the switchboard, and the cast."""

import os

os.environ.update(
    STAGE="test",
    TABLE="nuanlin-test",
    SENSORS_QUEUE="nuanlin-test-sensors",
    STREAM_ARN="arn:aws:dynamodb:us-east-1:000000000000:table/nuanlin-test/stream/2026",
    POOL_ARN="arn:aws:cognito-idp:us-east-1:000000000000:userpool/us-east-1_test",
    POOL_CLIENT_ID="client",
    FAILED_NEWS_QUEUE_URL="http://127.0.0.1:9/queue",
    SITE_URL="http://127.0.0.1:8000",
    AWS_DEFAULT_REGION="us-east-1",
    AWS_ACCESS_KEY_ID="testing",
    AWS_SECRET_ACCESS_KEY="testing",
)
for name in ("AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN", "PARTIAL_BATCH", "CLOCK_FILE", "AWS_REGION"):
    os.environ.pop(name, None)

import tests.effort  # noqa: E402, F401 how hard Hypothesis tries, wherever it is used
from tests.stack import local_stack  # noqa: E402, F401 the whole stack, for whoever asks for it
from tests.workers import pytest_collection_modifyitems, pytest_xdist_make_scheduler  # noqa: E402, F401
