"""The whole site into a folder, to look at: ``python -m chalicelib.pages.build OUT_DIR [--facts FILE]``."""

import argparse
from collections.abc import Mapping
from pathlib import Path

from chalicelib.pages import assets
from chalicelib.pages.facts import SiteFacts, from_file
from chalicelib.pages.render import render_site


def write(pages: Mapping[str, str | bytes], out: Path) -> None:
    """Every page as a file under ``out``."""
    for path, content in pages.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--facts", type=Path, help="JSON with the compounds' public names and numbers")
    given = parser.parse_args()
    pages = render_site(from_file(given.facts) if given.facts else SiteFacts(), assets.load())
    write(pages, given.out)
    print(f"{len(pages)} files in {given.out}")


if __name__ == "__main__":
    main()
