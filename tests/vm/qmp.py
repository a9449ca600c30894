"""QEMU's control socket (QMP): commands with their answers, and the events that come between."""

import json
import socket
import time


class Refused(Exception):
    """QEMU has answered a command with an error."""


class Qmp:
    """Connected to the socket at `path`; each event is kept in `events` until it is taken."""

    def __init__(self, path, patience=60):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.settimeout(patience)
        self.socket.connect(str(path))
        self.received = b""
        self.events = []
        self._message()  # the greeting
        self.run("qmp_capabilities")

    def run(self, command, **arguments):
        """The answer to a command; underscores in its argument's names stand for hyphens."""
        named = {name.replace("_", "-"): value for name, value in arguments.items()}
        message = {"execute": command, "arguments": named}
        self.socket.sendall(json.dumps(message).encode() + b"\n")
        while True:
            answer = self._message()
            if "event" in answer:
                self.events.append(answer)
            elif "error" in answer:
                raise Refused(f"{command}: {answer['error']['desc']}")
            else:
                return answer["return"]

    def event(self, name, **data):
        """Takes the first event of this name and with this data, or gives None."""
        self.run("query-name")  # what has happened so far comes before its answer
        for event in self.events:
            if event["event"] == name and data.items() <= event.get("data", {}).items():
                self.events.remove(event)
                return event
        return None

    def close(self):
        self.socket.close()

    def _message(self):
        while b"\n" not in self.received:
            data = self.socket.recv(1 << 16)
            if not data:
                raise ConnectionError("QEMU has ended")
            self.received += data
        line, self.received = self.received.split(b"\n", 1)
        return json.loads(line)


def connected(path, process, patience=60):
    """To a QEMU that has just been started."""
    end = time.monotonic() + patience
    while True:
        try:
            return Qmp(path)
        except (FileNotFoundError, ConnectionRefusedError):
            if process.poll() is not None:
                raise ConnectionError(f"QEMU has ended with {process.returncode}") from None
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
