"""One contender in a process of its own: CPU per warm check-in.

    python bench/worker.py FOLDER_OF_APP TOKENS_FILE

Prints the median of rounds, in microseconds of this process's CPU time per call.
"""

import json
import statistics
import sys
import time
from pathlib import Path

ROUND = 50


def main(folder: str, tokens_file: str) -> None:
    sys.path[:0] = [folder, str(Path(__file__).parent)]
    from event import check_in

    import app

    events = [check_in(token, f"bench-key-{number}") for number, token in enumerate(json.loads(Path(tokens_file).read_text()))]
    rounds = []
    for start in range(0, len(events), ROUND):
        before = time.process_time()
        answers = [app.app(event, None) for event in events[start : start + ROUND]]
        rounds.append((time.process_time() - before) / len(answers) * 1e6)
        wrong = {answer["statusCode"] for answer in answers} - {200, 201}
        if wrong:
            raise SystemExit(f"answers {wrong}: {answers[0]['body']}")
    print(statistics.median(rounds[1:]))


if __name__ == "__main__":
    main(*sys.argv[1:])
