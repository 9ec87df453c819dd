#!/usr/bin/env python3
"""How long a start takes, from the process to the first answer: in an empty folder, and with the database there.

    cargo build --release && python3 tests/measure/start.py [RUNS]
"""

import pathlib
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

PROGRAM = pathlib.Path(__file__).resolve().parents[2] / "target/release/grounds"
QUERY = b'{"query": "{ law(slug: \\"kratom-consumer-protection-act\\") { supporters { nodes { name } } } }"}'


def start(folder: str) -> float:
    """Starts the server, asks one question, stops it. Milliseconds up to the answer."""
    begin = time.perf_counter()
    server = subprocess.Popen(
        [PROGRAM, "--listen", "127.0.0.1:0"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    url = next(line.split()[-1] for line in server.stdout if line.strip().startswith("GraphQL "))
    request = urllib.request.Request(url, data=QUERY, headers={"Content-Type": "application/json"})
    answer = urllib.request.urlopen(request).read()
    milliseconds = (time.perf_counter() - begin) * 1000
    assert b"American Kratom Association" in answer, answer
    server.stdout.close()
    server.send_signal(signal.SIGINT)
    assert server.wait() == 0
    return milliseconds


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    first, later = [], []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as folder:
            first.append(start(folder))
            later.append(start(folder))
    for name, times in (("first start (makes and fills the database)", first), ("later start", later)):
        low, middle, high = min(times), statistics.median(times), max(times)
        print(f"{name}: min {low:.0f} ms, median {middle:.0f} ms, max {high:.0f} ms of {runs}")


if __name__ == "__main__":
    main()
