"""Our program at work for a test: its commands, and what crosses the gap."""

import json
import os
import subprocess
from pathlib import Path

import families
import light

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = os.environ.get("COLDLIGHT") or ROOT / "target/debug/coldlight"
# What a static form cannot hold goes as UR.
STATIC_BYTES = {"base64": 2000, "hex": 1400}


class Desk:
    """Our program, at work in one folder."""

    def __init__(self, folder, form="ur"):
        self.folder, self.form, self.files = folder, form, 0

    def run(self, *arguments, codes=(0,)):
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, timeout=300)
        if done.returncode not in codes:
            said = done.stderr.decode(errors="replace").strip()
            raise AssertionError(f"{arguments[0]} ended with {done.returncode}: {said}")
        return done.stdout

    def file(self, data=None):
        self.files += 1
        path = self.folder / str(self.files)
        if data is not None:
            path.write_bytes(data)
        return path

    def carry(self, message):
        """Over the gap: shown by us, read by others and by us."""
        form = self.form if len(message) <= STATIC_BYTES.get(self.form, len(message)) else "ur"
        frames, seen = self.file(), self.file()
        self.run("show", self.file(message), "--format", form, "--frames", frames)
        texts = light.read(sorted(frames.iterdir()))
        assert light.put_together(texts) == message, f"{form}: others read another message"
        each = self.run("scan", "--each", "--camera", f"dir:{frames}").splitlines()
        ours = [json.loads(line)["texts"] for line in each]
        assert ours == [[text] for text in texts], f"{form}: we read other texts than others"
        self.run("scan", "--camera", f"dir:{frames}", "-o", seen)
        assert seen.read_bytes() == message, f"{form}: we read another message"
        return seen

    def keys(self, family, letter):
        wallet = [] if family.single else ["--wallet", self.file(family.wallet().encode())]
        words = self.file(families.WORDS[letter].encode() + b"\n")
        return ["--network", "regtest", "--mnemonic-file", words, *wallet]

    def inspect(self, message, family, letter):
        return json.loads(
            self.run("inspect", message, *self.keys(family, letter), "--json", codes=(0, 3))
        )

    def sign(self, message, family, letter, *options):
        out = self.file()
        self.run("sign", message, *self.keys(family, letter), *options, "--yes", "-o", out)
        return out.read_bytes()
