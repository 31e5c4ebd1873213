"""How hard Hypothesis tries: a little and always the same in ``make test``, more with ``HYPOTHESIS_PROFILE=ci``."""

import os

from hypothesis import HealthCheck, settings

ALWAYS = {"deadline": None, "database": None, "suppress_health_check": [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]}
settings.register_profile("small", max_examples=40, derandomize=True, **ALWAYS)
settings.register_profile("ci", max_examples=600, derandomize=False, print_blob=True, **ALWAYS)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "small"))
