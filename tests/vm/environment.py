"""What the Python tests need besides the system's packages, made outside of the tree."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

PEERS = Path(__file__).resolve().parents[1] / "peers"
WANTED = PEERS / "requirements.txt"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "coldlight"
# what the wallets of others make and judge serves the machine's tests, too
sys.path.append(str(PEERS))


def enter():
    """Makes the environment where it is missing or old, and goes on in its Python."""
    if Path(sys.prefix) == CACHE / "peers-venv":
        return
    theirs = python("peers-venv", WANTED)
    os.execv(theirs, [theirs, "-B", *sys.argv])


def python(name, wanted, *options):
    """The Python of a virtual environment with exactly what the file `wanted` names."""
    home = CACHE / name

    def make():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
        pip = [home / "bin/python", "-m", "pip", "install", "--quiet", *options]
        pip += ["--disable-pip-version-check", "--requirement", wanted]
        subprocess.run(pip, check=True)

    return once(home, wanted, make) / "bin/python"


def node_modules(name, package):
    """The modules that `package`, a folder with package.json and its lock, names."""
    home = CACHE / name

    def make():
        home.mkdir(parents=True, exist_ok=True)
        for file in ("package.json", "package-lock.json"):
            shutil.copy(package / file, home)
        npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run([*npm, "--prefix", home], check=True)

    return once(home, package / "package-lock.json", make) / "node_modules"


def once(home, wanted, make):
    """`home`, made anew where what it was made from is another file than `wanted`."""
    done = home / "requirements.done"
    if not done.exists() or done.read_text() != wanted.read_text():
        done.unlink(missing_ok=True)
        print(f"Installing what {wanted.name} names into {home}", flush=True)
        make()
        done.write_text(wanted.read_text())
    return home
