"""What is on a stick after a cut of power, and whether it may be so."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import readers

READ_VAULTS = Path(__file__).resolve().parents[2] / "target/debug/examples/read_vaults"


@dataclass(frozen=True)
class State:
    """`number` is the write whose contents open; None where there is no vault (`why` is then None
    too), or none that opens. `damaged`: one of its two copies is not whole."""

    number: int | None = None
    damaged: bool = False
    why: str | None = None

    def against(self, moment):
        """In a few words, beside what was being written, or was written last."""
        if self.why is not None:
            return "nothing opens"
        if self.number is None:
            return "none"
        ages = {moment.number: "new", moment.number - 1: "old"}
        age = ages.get(self.number, "older or from nowhere")
        return f"{age}, one copy torn" if self.damaged else age


def fault(moment, state):
    """Why that must not be after a cut at this moment; None where it may."""
    if state.why is not None:
        return f"nothing opens: {state.why}"
    allowed = {
        "create": {None, 0},
        "write": {moment.number - 1, moment.number},
        "mirror": {moment.number},
        "rest": {moment.number},
    }[moment.phase]
    if state.number not in allowed:
        return f"contents {state.number}, not among {allowed}"
    if state.damaged and moment.phase not in ("write", "mirror"):
        return "a copy is torn, and nothing was being written"
    return None


def found(system, part, reader):
    """The state of a stick, by each way of reading it."""
    return {way: _state(files, reader) for way, files in readers.files(system, Path(part)).items()}


def _state(files, reader):
    states = [reader.read(file) for file in files]
    match states:
        case []:
            return State()
        case [one]:
            return one
        case _:
            return State(why=f"{len(states)} vaults where one was made: {states}")


class Reader:
    """The signer's own code, in a process of its own; `folder` is for files on their way to it."""

    def __init__(self, folder):
        folder.mkdir()
        self.file = folder / "vault"
        self.known = {}
        program = os.environ.get("READ_VAULTS", READ_VAULTS)
        self.process = subprocess.Popen(
            [program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()
        shutil.rmtree(self.file.parent)

    def read(self, file):
        digest = sha256(file).digest()
        if digest not in self.known:
            self.file.write_bytes(file)
            self.process.stdin.write(f"{self.file}\n")
            self.process.stdin.flush()
            self.known[digest] = said(self.process.stdout.readline().strip())
        return self.known[digest]


def said(line):
    """The state that the signer's code has put into words."""
    how, _, rest = line.partition(" ")
    assert how in ("none", "sound", "damaged", "shut"), f"the signer's code said: {line!r}"
    if how == "none":
        return State()
    return State(why=rest) if how == "shut" else State(int(rest), damaged=how == "damaged")
