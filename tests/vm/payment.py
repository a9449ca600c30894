"""What is signed in the machine: a payment of published words, made and judged by others."""

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

import environment  # noqa: F401 (finds the peers' folder)
import embit_peer
import families
import kernel
import light
import psbt

PROGRAM = os.environ.get("COLDLIGHT") or Path(__file__).parents[2] / "target/debug/coldlight"
FAMILY = families.Family("P2WPKH of the demo words", "wpkh(B)", "84h/1h/0h", "B", "p2wpkh")
WORDS = families.WORDS["B"]
FINGERPRINT = families.master("B").my_fingerprint.hex()


@dataclass
class Payment:
    """An unsigned PSBT of embit's, and the frames in which another screen shows it."""

    folder: Path

    def __post_init__(self):
        self.unsigned = embit_peer.unsigned(FAMILY, 0)
        path = self.folder / "payment.psbt"
        path.write_bytes(self.unsigned)
        frames = self.folder / "frames"
        show = [PROGRAM, "show", path, "--format", "ur", "--fragment", "60", "--frames", frames]
        subprocess.run(show, check=True, stdout=subprocess.DEVNULL)
        self.frames = [Image.open(frame).convert("L") for frame in sorted(frames.iterdir())]

    def judge(self, answer):
        """Finishes the transaction with the signatures of `answer`; Bitcoin Core verifies it."""
        spent = psbt.spent(self.unsigned)
        ours = psbt.signatures(answer, len(spent))
        theirs = psbt.signatures(embit_peer.sign(self.unsigned, FAMILY, "B"), len(spent))
        assert ours.keys() == theirs.keys(), "not a signature for each input"
        final = embit_peer.finish(self.unsigned, answer, FAMILY)
        assert kernel.accepts(final, spent), "Core rejects the transaction"

    def judge_texts(self, texts):
        """The same for an answer as QR codes gave it."""
        self.judge(light.put_together(texts))


def judge_pages(pages):
    """Every amount and the whole address stand on the review's pages."""
    said = " ".join(" ".join(pages).split())
    for wanted in ("1 500 000 sat", "10 000 sat", "1 490 000 sat", "change, proven"):
        assert wanted in said, f"the review does not say {wanted!r}: {said}"
    address = "bcrt1qw508d6qejxtdg4y5r3zarvary0c5xw7kygt080"
    assert address in said.replace(" ", ""), f"the review does not show {address}: {said}"
