"""Run one of our command lines with what a stage's functions have in their environment.

    python -m infra.tool --stage prod chalicelib.pages.publish --compound anheli

The arguments after the module go to it, with ``--stage`` added. Stage ``local`` means the stack that ``make run`` started.
"""

import os
import runpy
import sys

from infra import project, stack
from infra.deploy import variables_of


def surround(stage: str) -> None:
    """Put the stage's variables into this process's environment. StackFailed if the stage is not deployed."""
    import boto3

    if stage == "local":
        from local import reach

        reach.join()
    try:
        fixed = project.config(stage)["environment_variables"]
    except KeyError:
        raise stack.StackFailed(f"There is no stage {stage!r} in .chalice/config.json.") from None
    outputs = stack.outputs(boto3.client("cloudformation"), stage)
    if outputs is None:
        raise stack.StackFailed(f"Stage {stage} is not deployed.")
    os.environ.update({**fixed, **variables_of(outputs)})


def main() -> int:
    if len(sys.argv) < 4 or sys.argv[1] != "--stage":
        print(__doc__, file=sys.stderr)
        return 2
    stage, module, rest = sys.argv[2], sys.argv[3], sys.argv[4:]
    from local.place import CannotRun

    try:
        surround(stage)
    except (CannotRun, stack.StackFailed) as failure:
        print(failure, file=sys.stderr)
        return 1
    sys.argv = [module, *rest, "--stage", stage]
    runpy.run_module(module, run_name="__main__", alter_sys=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
