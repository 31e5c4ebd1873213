"""Enrol a gateway where it stands: python3 enrol.py anheli-gw7 CODE [/etc/nuanlin/anheli-gw7]

Needs Python 3.9 and paho-mqtt (Debian: apt install python3-paho-mqtt), and the files beside it. The gateway's own certificate and key go
into the folder, with ready configurations; interrupted, run it again with the same words within the hour.
"""

import json
import os
import queue
import string
import sys
from pathlib import Path

import paho.mqtt.client as mqtt

BESIDE = Path(__file__).resolve().parent
SECONDS = 30
CREATE = "$aws/certificates/create/json"
NAMES = {"cert.pem": "certificatePem", "key.pem": "privateKey"}


class Refused(Exception):
    """AWS IoT's own words."""


class Line:
    """One connection under the installer's certificate: a question, and the answer to it."""

    def __init__(self, broker, thing):
        versions = [mqtt.CallbackAPIVersion.VERSION2] if hasattr(mqtt, "CallbackAPIVersion") else []
        self.answers, self.connected = queue.Queue(), queue.Queue()
        self.client = mqtt.Client(*versions, client_id=f"nuanlin-{broker['stage']}-installer-{thing}")
        self.client.tls_set(str(BESIDE / "ca.pem"), str(BESIDE / "installer.pem"), str(BESIDE / "installer.key"))
        self.client.on_connect = lambda *_: self.connected.put(True)
        self.client.on_subscribe = lambda *_: self.connected.put(True)
        self.client.on_message = lambda _, __, message: self.answers.put((message.topic, json.loads(message.payload)))
        self.client.connect(broker["host"], broker["port"])
        self.client.loop_start()
        self.connected.get(timeout=SECONDS)

    def ask(self, topic, question):
        for ending in ("accepted", "rejected"):
            self.client.subscribe(f"{topic}/{ending}", qos=1)
            self.connected.get(timeout=SECONDS)
        self.client.publish(topic, json.dumps(question), qos=1)
        where, answer = self.answers.get(timeout=SECONDS)
        if where.endswith("/rejected"):
            raise Refused(answer.get("errorMessage", "refused"))
        return answer

    def close(self):
        self.client.disconnect()
        self.client.loop_stop()


def enrol(thing, code, folder):
    broker = json.loads((BESIDE / "broker.json").read_text())
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    pending, line = folder / "pending.json", Line(broker, thing)
    try:
        if not pending.exists():
            write(pending, json.dumps(line.ask(CREATE, {})))
        made = json.loads(pending.read_text())
        question = {"certificateOwnershipToken": made["certificateOwnershipToken"], "parameters": {"ThingName": thing, "Code": code}}
        line.ask(f"$aws/provisioning-templates/nuanlin-{broker['stage']}-gateway/provision/json", question)
    except Refused:
        pending.unlink()
        raise
    finally:
        line.close()
    for name, member in NAMES.items():
        write(folder / name, made[member])
    write(folder / "ca.pem", (BESIDE / "ca.pem").read_text())
    configure(thing, broker, folder)
    pending.unlink()


def configure(thing, broker, folder):
    """The ready configurations with what is known here filled in."""
    pems = {name: indented((folder / f"{name}.pem").read_text()) for name in ("ca", "cert", "key")}
    for template in (BESIDE / "ready").iterdir():
        filled = string.Template(template.read_text()).substitute(
            thing=thing, host=broker["host"], port=broker["port"], folder=folder.resolve(), **pems
        )
        write(folder / template.name, filled)


def indented(pem):
    return "\n".join("    " + line for line in pem.strip().splitlines())


def write(path, text):
    """Readable by the owner alone, from its first byte on."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)


def main():
    if not 3 <= len(sys.argv) <= 4:
        print(__doc__, file=sys.stderr)
        return 2
    thing, code = sys.argv[1:3]
    folder = Path(sys.argv[3] if len(sys.argv) == 4 else f"/etc/nuanlin/{thing}")
    try:
        enrol(thing, code, folder)
    except Refused as refused:
        print(f"没有被接受（{refused}）。请核对网关名和口令，口令只能用一次。", file=sys.stderr)
        print(f"Refused ({refused}). Check the gateway's name and the code, which is good once.", file=sys.stderr)
        return 1
    except (OSError, queue.Empty) as error:
        print(f"没有连上（{type(error).__name__} {error}）。请再运行一次。\nNo connection. Run it again.", file=sys.stderr)
        return 1
    print(f"{thing}: {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
