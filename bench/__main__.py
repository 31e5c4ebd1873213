"""``make bench``: one JSON line per figure. Ratios are within one run; quote those, since machines differ."""

import sys

from bench import acts, cpu, ground, site, sweeping


def main() -> int:
    site.measure()
    with ground.aws() as endpoint:
        acts.measure(endpoint)
        cpu.warm(endpoint)
        cpu.init(endpoint)
        sweeping.measure(endpoint)
    return 0


if __name__ == "__main__":
    sys.exit(main())
