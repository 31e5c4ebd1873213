"""``make bench``: one JSON line per figure. Ratios are within one run; quote those, since machines differ."""

import sys

from bench import acts, cpu, ground, letters, site, sweeping, tickets


def main() -> int:
    site.measure()
    with ground.aws() as aws:
        acts.measure(aws.endpoint)
        letters.measure(aws.endpoint)
        tickets.measure(aws.endpoint)
        cpu.warm(aws.endpoint)
        cpu.init(aws.endpoint)
        sweeping.measure(aws)
    return 0


if __name__ == "__main__":
    sys.exit(main())
