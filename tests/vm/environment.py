"""The virtual environment of the Python tests, made outside of the tree."""

import os
import subprocess
import sys
from pathlib import Path

PEERS = Path(__file__).resolve().parents[1] / "peers"
WANTED = PEERS / "requirements.txt"
# what the wallets of others make and judge serves the machine's tests, too
sys.path.append(str(PEERS))


def enter():
    """Makes the environment where it is missing or old, and goes on in its Python."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = cache / "coldlight/peers-venv"
    python, done = home / "bin/python", home / "requirements.done"
    if Path(sys.prefix) == home:
        return
    if not done.exists() or done.read_text() != WANTED.read_text():
        print(f"Installing what {WANTED.name} names into {home}", flush=True)
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--requirement", WANTED], check=True)
        done.write_text(WANTED.read_text())
    os.execv(python, [python, "-B", *sys.argv])
