"""The code behind ``chalice deploy`` and ``chalice package``, called with a prepared project and with bytecode added to the zip."""

import os
from pathlib import Path
from typing import Any

from infra import dependencies


def deploy(project: Path, stage: str) -> list[dict[str, Any]]:
    """Deploy a prepared project; returns what Chalice recorded of each resource it made."""
    from chalice.utils import UI

    factory, config = _open(project, stage, dependencies.here())
    deployer = factory.create_default_deployer(factory.create_botocore_session(), config, UI())
    return deployer.deploy(config, chalice_stage_name=stage)["resources"]


def package(project: Path, stage: str, out: Path, merge_template: Path, python: str) -> None:
    """Write ``deployment.zip`` and ``sam.json`` into ``out``."""
    factory, config = _open(project, stage, python)
    packager = factory.create_app_packager(config, factory.create_package_options(), "cloudformation", "json", str(merge_template))
    packager.package_app(config, str(out), stage)


def _open(project: Path, stage: str, python: str) -> tuple[Any, Any]:
    from chalice.cli.factory import CLIFactory
    from chalice.config import Config

    # Chalice takes the version of the interpreter it runs in, and offers no setting for another.
    Config.lambda_python_version = property(lambda _: f"python{python}")  # type: ignore[method-assign,assignment]
    _compile_what_is_packaged(python)
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    factory = CLIFactory(str(project), debug=False, profile=None, environ=os.environ)
    return factory, factory.create_config_obj(stage)


def _compile_what_is_packaged(python: str) -> None:
    """From now on every zip that Chalice makes carries its bytecode, if this machine has the interpreter for it."""
    from chalice.deploy.packager import LambdaDeploymentPackager

    made_by_chalice = LambdaDeploymentPackager.create_deployment_package
    compiler = dependencies.interpreter(python)

    def with_bytecode(self: Any, project_dir: str, python_version: str) -> str:
        package = made_by_chalice(self, project_dir, python_version)
        if compiler:
            dependencies.compile_into(Path(package), compiler)
        else:
            print(f"There is no python{python} on this machine, so the package carries no bytecode: cold starts will be slower.")
        return package

    LambdaDeploymentPackager.create_deployment_package = with_bytecode
