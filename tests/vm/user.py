"""A person at the machine: reads the screen, presses keys, and never before the screen has stood."""

import re
import time

# A page that is confirmed must have stood for a quarter of a second, by the guest's clock; frames
# are slow to be drawn in emulation.
READING = 1.5
HOME = "Wipe and power off"


class User:
    def __init__(self, vm):
        self.vm = vm

    def press(self, *names):
        """Keys by name, after the screen was read."""
        time.sleep(READING)
        self.vm.key(*names)

    def choose(self, character, then):
        """A letter of a menu, until what it leads to is on the screen."""
        time.sleep(READING)
        self.vm.type(character)
        return self.vm.wait_for(then)

    def begin(self):
        """From the first screen to home: the layout of a US keyboard, tried out."""
        self.vm.wait_for("Which layout does your keyboard have")
        self.press("ret")
        self.vm.wait_for("Type no secret here")
        self.vm.wait_gone("The self-test takes a moment more.")
        self.press("ret")
        return self.vm.wait_for(HOME)

    def use_network(self, letter, label):
        self.choose("n", "which coins are spent")
        self.choose(letter, label)
        self.press("esc")
        return self.vm.wait_for(HOME)

    def type_words(self, words):
        """From home to the passphrase."""
        self.choose("o", "Type 12 to 24 words")
        self.choose("t", "Type the backup words")
        for number, word in enumerate(words.split(), 1):
            self.vm.type(word + " ")
            self.vm.wait_for(f"{number} word")
        self.vm.wait_for("their checksum is right")
        self.press("ret")
        return self.vm.wait_for("Passphrase")

    def open_wallet(self, words, fingerprint, passphrase=""):
        """From home to home with the wallet open."""
        self.type_words(words)
        self.vm.type(passphrase)
        self.press("ret")
        self.vm.wait_for(fingerprint)
        self.press("ret")
        return self.vm.wait_for(f"{fingerprint} is open.")

    def scan(self, camera=None):
        """From home to the first page of the review."""
        self.choose("s", "Scan an unsigned transaction")
        if camera is not None and not camera.plugged:
            camera.plug()

    def review_and_sign(self):
        """From the first page of the review to the answer; gives what each page said."""
        pages = [self.vm.wait_for("Review 1 of").text()]
        many = int(re.search(r"Review 1 of (\d+)", pages[0])[1])
        for number in range(2, many + 1):
            self.press("ret")
            pages.append(self.vm.wait_for(f"Review {number} of {many}").text())
        time.sleep(READING)
        self.vm.type("sign")
        self.vm.wait_for("[ sign ]")
        self.press("ret")
        return pages

    def read_answer(self):
        """The answer's texts off the screen, each read by two readers, until the loop is whole."""
        parts = {}

        def whole(screen):
            for data, readers in self.vm.codes().items():
                if len(readers) == 2:
                    text = data.decode()
                    parts.setdefault(text, None)
            return is_whole(list(parts)) and screen

        self.vm.wait_until(whole, "every part of the answer")
        return [text for text in parts]

    def home_from_answer(self):
        self.press("ret")
        self.vm.wait_for("Signatures here are deterministic")
        self.press("ret")
        return self.vm.wait_for(HOME)

    def lock(self):
        """Leaves the wallet; the next signer is at home."""
        self.choose("l", "No wallet is open.")


def is_whole(texts):
    """Are all the pure parts of a UR there (BCR-2020-005)?"""
    numbers, total = set(), None
    for text in texts:
        if match := re.match(r"UR:CRYPTO-PSBT/(\d+)-(\d+)/", text):
            number, total = int(match[1]), int(match[2])
            numbers.add(number)
        elif re.match(r"UR:CRYPTO-PSBT/[A-Z]", text):
            return True
    return total is not None and numbers >= set(range(1, total + 1))
