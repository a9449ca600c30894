#!/usr/bin/env python3
"""The rig's own tests, which need no guest: the screen's reader, the camera, the keys."""

import sys

sys.dont_write_bytecode = True  # nothing beside the sources
import environment

environment.enter()

import io
import os
import random
import socket
import struct
import tempfile
import threading
import unittest
from pathlib import Path

import numpy
import zxingcpp
from PIL import Image

import keys
import usbredir
import write_log
from codes import codes
from cuts import Cutter, Log, Moment, survivors
from font import fonts
from forms import PAGE, Secrets
from frames import Reel, bare_jpeg, fitted, jpeg, yuyv
from garbage import WAYS, Garbage
from judge import State, fault
from screen import FULL_BLOCK, UNREAD, Screen
from sticks import SECTOR
from uvc import PAYLOAD_MAX, Webcam, in_payloads
from write_log import Flush, Mark, Write

BLACK, WHITE, BLUE = (0, 0, 0), (255, 255, 255), (0, 0, 170)
SCREENS = ((640, 480), (1280, 800), (1366, 768), (1920, 1080), (3840, 2160))
TEXT = "Pay 0.015 000 00 BTC\n\n  To tb1q w508 d6qe\u2500\u2502 |_,.'"


def drawn(text, size, font, scale=1, at=(0, 0), ink=WHITE, paper=BLACK, image=None):
    """The text as the program draws it."""
    image = image or Image.new("RGB", size, paper)
    pixels = numpy.array(image)
    for row, line in enumerate(text.split("\n")):
        for column, character in enumerate(line):
            glyph = font.glyphs[character].repeat(scale, axis=0).repeat(scale, axis=1)
            high, wide = glyph.shape
            y, x = at[1] + row * high, at[0] + column * wide
            pixels[y : y + high, x : x + wide] = numpy.where(glyph[..., None], ink, paper)
    return Image.fromarray(pixels)


class TheScreen(unittest.TestCase):
    def test_text_is_read_in_each_font_and_size(self):
        for size in SCREENS:
            for font in fonts():
                for scale in (1, 2):
                    if 28 * font.width * scale > size[0]:
                        continue
                    rest = size[0] % (font.width * scale), size[1] % (font.height * scale)
                    for at in ((0, 0), (rest[0] // 2, rest[1] // 2)):
                        screen = Screen(drawn(TEXT, size, font, scale, at))
                        self.assertEqual(screen.text(), TEXT, (size, font.width, scale, at))

    def test_colours_do_not_matter(self):
        font = fonts()[0]
        image = drawn("white on black", (640, 480), font)
        image = drawn("black on white", None, font, at=(0, 16), ink=BLACK, paper=WHITE, image=image)
        image = drawn("blue on white  ", None, font, at=(0, 32), ink=BLUE, paper=WHITE, image=image)
        image = drawn(f"bar {FULL_BLOCK * 3}", None, font, at=(0, 48), ink=BLUE, image=image)
        expected = f"white on black\nblack on white\nblue on white\nbar {FULL_BLOCK * 3}"
        self.assertEqual(Screen(image).text(), expected)

    def test_every_glyph_is_read_as_itself_or_its_twin(self):
        for font in fonts():
            shown = [name for name in font.glyphs if not 0x2500 <= ord(name) < 0x25A0]
            rows = [shown[at : at + 38] for at in range(0, len(shown), 38)]
            text = "\n".join("".join(row) + "x" for row in rows)
            size = (39 * font.width, 40 * font.height)
            told = Screen(drawn(text, size, font)).text().split("\n")
            for row, line in zip(rows, told, strict=True):
                for name, read in zip(row, line):
                    self.assertTrue((font.glyphs[name] == font.glyphs[read]).all(), (name, read))

    def test_text_beside_a_picture_is_read(self):
        dice = numpy.random.default_rng(1)
        modules = dice.integers(0, 2, (57, 57), numpy.uint8) * 255
        image = drawn(TEXT, (1280, 800), fonts()[0])
        code = Image.fromarray(modules).resize((684, 684), Image.Resampling.NEAREST)
        image.paste(code, (300, 90))
        screen = Screen(image)
        self.assertTrue(screen.contains("Pay 0.015 000 00 BTC"))
        self.assertTrue(screen.contains("To tb1q w508 d6qe"))
        self.assertIn(UNREAD, screen.text())

    def test_a_screen_without_text_has_none(self):
        self.assertEqual(Screen(Image.new("RGB", (1280, 800))).text(), "")
        noise = numpy.random.default_rng(2).integers(0, 2, (480, 640), numpy.uint8) * 255
        self.assertEqual(Screen(Image.fromarray(noise)).text(), "")

    def test_a_broken_line_is_found(self):
        screen = Screen(drawn("Hold the screen\nstill.", (640, 480), fonts()[0]))
        self.assertTrue(screen.contains("the screen still."))


class TheCamera(unittest.TestCase):
    def webcam(self):
        options = {"kinds": ("mjpeg", "yuyv"), "sizes": ((640, 480), (1280, 720))}
        return Webcam(None, name="Eye", rates=(10, 30), **options)

    def test_its_descriptors_count_their_own_bytes(self):
        data = self.webcam()._configuration()
        self.assertEqual(int.from_bytes(data[2:4], "little"), len(data))
        at, kinds = 0, []
        while at < len(data):
            kinds.append(data[at + 1])
            at += data[at]
        self.assertEqual(at, len(data))
        self.assertEqual(kinds.count(4), 2, "two interfaces, each with setting 0 only")
        self.assertEqual(kinds.count(5), 1, "one endpoint")

    def test_payloads_fit_a_transfer_and_make_the_frame(self):
        for size in (0, 1, PAYLOAD_MAX - 2, PAYLOAD_MAX - 1, 100_000):
            frame = bytes(size)
            payloads = in_payloads(frame, 1)
            self.assertEqual(b"".join(data[2:] for data in payloads), frame)
            self.assertLessEqual(max(map(len, payloads)), PAYLOAD_MAX)
            self.assertEqual([bool(data[1] & 2) for data in payloads].count(True), 1)

    def test_garbage_is_garbage_but_fits_a_transfer(self):
        payloads = in_payloads(bytes(range(256)) * 200, 0)
        for way in WAYS:
            spoiled = Garbage([way])(payloads, "mjpeg")
            self.assertNotEqual(spoiled, payloads, way)
            self.assertLessEqual(max(map(len, spoiled)), PAYLOAD_MAX, way)
            self.assertEqual(Garbage([way], "yuyv")(payloads, "mjpeg"), payloads, way)

    def test_a_small_picture_is_enlarged_by_a_whole_number(self):
        picture = Image.new("RGB", (100, 100), "black")
        frame = fitted(picture, (640, 480))
        self.assertEqual(frame.size, (640, 480))
        self.assertEqual(sum(1 for value in frame.convert("L").tobytes() if value == 0), 400 * 400)

    def test_frames_are_what_their_kind_says(self):
        picture = fitted(Image.new("L", (64, 48), 200), (640, 480))
        self.assertEqual(Image.open(io.BytesIO(jpeg(picture))).size, (640, 480))
        self.assertNotIn(b"\xff\xc4", bare_jpeg(picture))
        self.assertEqual(yuyv(picture)[:4], b"\xc8\x80\xc8\x80")

    def test_a_reel_holds_each_picture_and_loops(self):
        shades = [Image.new("L", (4, 4), shade) for shade in (10, 20)]
        reel = Reel(shades, hold=2)
        self.assertEqual([reel.next("yuyv", (4, 4))[0] for _ in range(6)], [10, 10, 20, 20, 10, 10])


class TheCodes(unittest.TestCase):
    def test_both_readers_read_a_code_off_a_screen(self):
        code = zxingcpp.create_barcode("part 1", zxingcpp.BarcodeFormat.QRCode)
        screen = fitted(Image.fromarray(numpy.array(code.to_image())), (1280, 800))
        self.assertEqual(codes(screen), {b"part 1": {"zbar", "zxing"}})
        self.assertEqual(codes(Image.new("RGB", (1280, 800))), {})

    def test_a_code_survives_the_camera(self):
        code = zxingcpp.create_barcode("part 1", zxingcpp.BarcodeFormat.QRCode)
        frame = jpeg(fitted(Image.fromarray(numpy.array(code.to_image())), (640, 480)))
        self.assertIn(b"part 1", codes(Image.open(io.BytesIO(frame))))


class TheConnection(unittest.TestCase):
    """Against a QEMU that is played here."""

    def setUp(self):
        self.camera = Webcam(
            lambda kind, size: b"a frame",
            name="Eye",
            kinds=("mjpeg",),
            sizes=((640, 480),),
            rates=(10,),
        )
        self.qemu, ours = socket.socketpair()
        self.qemu.settimeout(60)
        stop, self.stopper = os.pipe()
        connection = usbredir.Connection(ours, self.camera)
        self.thread = threading.Thread(target=connection.serve, args=(stop,))
        self.thread.start()
        self.addCleanup(os.close, stop)
        self.addCleanup(ours.close)
        self.header = usbredir.EARLY_HEADER
        self.assertEqual(self.told()[0], usbredir.HELLO)
        self.say(usbredir.HELLO, 0, bytes(64) + struct.pack("<I", usbredir.CAPABILITIES))
        self.header = usbredir.HEADER
        attached = [self.told()[0] for _ in range(3)]
        self.assertEqual(
            attached, [usbredir.INTERFACE_INFO, usbredir.EP_INFO, usbredir.DEVICE_CONNECT]
        )

    def tearDown(self):
        os.close(self.stopper)
        self.thread.join()
        self.qemu.close()

    def say(self, kind, number, body=b""):
        self.qemu.sendall(self.header.pack(kind, len(body), number) + body)

    def told(self):
        def exactly(count):
            return self.qemu.recv(count, socket.MSG_WAITALL) if count else b""

        kind, length, number = self.header.unpack(exactly(self.header.size))
        return kind, number, exactly(length)

    def read(self, number):
        self.say(usbredir.BULK_PACKET, number, usbredir.BULK_HEADER.pack(0x81, 0, 16384, 0, 0))

    def control(self, number, kind, request, value, index, data=b"", length=0):
        sizes = (value, index, length or len(data))
        head = usbredir.CONTROL_HEADER.pack(kind & 0x80, request, kind, 0, *sizes)
        self.say(usbredir.CONTROL_PACKET, number, head + data)
        _, answered, body = self.told()
        self.assertEqual(answered, number)
        return body[3], body[usbredir.CONTROL_HEADER.size :]

    def test_a_read_waits_for_the_stream_and_is_cancelled_once(self):
        self.read(7)
        self.say(usbredir.CANCEL_DATA_PACKET, 7)
        kind, number, body = self.told()
        self.assertEqual((kind, number, body[1]), (usbredir.BULK_PACKET, 7, usbredir.CANCELLED))
        self.say(usbredir.CANCEL_DATA_PACKET, 7)
        # the second cancel has no answer: the next thing told is the status that is asked for
        status, data = self.control(8, 0x80, 0, 0, 0, length=2)
        self.assertEqual((status, data), (usbredir.SUCCESS, bytes(2)))

    def test_commit_starts_the_stream_and_clear_halt_stops_it(self):
        status, probe = self.control(1, 0xA1, 0x81, 0x100, 1, length=26)
        self.assertEqual((status, len(probe)), (usbredir.SUCCESS, 26))
        self.assertEqual(self.control(2, 0x21, 1, 0x200, 1, probe), (usbredir.SUCCESS, b""))
        self.read(3)
        kind, number, body = self.told()
        self.assertEqual((kind, number), (usbredir.BULK_PACKET, 3))
        self.assertEqual(body[usbredir.BULK_HEADER.size :], b"\x02\x82a frame")
        self.assertEqual(self.control(4, 0x02, 1, 0, 0x81), (usbredir.SUCCESS, b""))
        self.read(5)
        self.say(usbredir.CANCEL_DATA_PACKET, 5)
        self.assertEqual(self.told()[2][1], usbredir.CANCELLED)

    def test_an_unknown_request_stalls(self):
        self.assertEqual(self.control(1, 0xC0, 0x51, 0, 0, length=8), (usbredir.STALL, b""))


class TheSearch(unittest.TestCase):
    SECRETS = Secrets("legal winner thank year wave sausage worth useful legal winner thank yellow", "a longer pass phrase")

    def test_every_form_is_found_whole_and_across_two_pages(self):
        for name, forms in self.SECRETS.forms.items():
            for form in forms:
                for at in (100, PAGE - len(form) // 2):
                    memory = bytearray(numpy.random.default_rng(3).bytes(3 * PAGE))
                    memory[at : at + len(form)] = form
                    if at > 100:
                        # the second page lies elsewhere
                        memory[PAGE:] = memory[2 * PAGE :] + memory[PAGE : 2 * PAGE]
                    self.assertIn(name, self.SECRETS.found(bytes(memory)), (name, at))

    def test_cells_are_found_and_noise_is_not(self):
        memory = numpy.random.default_rng(4).bytes(PAGE * 64)
        self.assertEqual(self.SECRETS.found(memory), {})
        cells = b"".join(letter.encode() + bytes(39) for letter in "a longer pass phrase")
        self.assertEqual(list(self.SECRETS.found(memory + cells)), ["the passphrase in a screen's cells"])


class TheKeys(unittest.TestCase):
    def test_text_becomes_keys(self):
        self.assertEqual(keys.of_text("a"), ["a"])
        self.assertEqual(keys.of_text("A"), ["shift", "a"])
        self.assertEqual(keys.of_text("?"), ["shift", "slash"])
        self.assertEqual(keys.of_name("ctrl-alt-delete"), ["ctrl", "alt", "delete"])
        with self.assertRaises(ValueError):
            keys.of_text("é")

    def test_what_goes_down_comes_up(self):
        told = [event["data"] for event in keys.strokes(["shift", "a"])]
        strokes = [(key["key"]["data"], key["down"]) for key in told]
        self.assertEqual(strokes, [("shift", True), ("a", True), ("a", False), ("shift", False)])


class TheCuts(unittest.TestCase):
    OLD, NEW = b"old!" * 128, b"new!" * 128
    ENTRIES = [
        Write(8, OLD * 2), Flush(), Mark("write 1"), Write(8, NEW), Write(9, NEW), Flush(),
        Write(10, NEW), Mark("written 1"), Mark("end"),
    ]  # fmt: skip

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = Path(self.folder.name) / "file"

    def test_a_log_is_read_as_qemu_writes_it(self):
        entries = b""
        for entry in self.ENTRIES:
            match entry:
                case Flush():
                    head, data = (0, 0, write_log.FLUSH, 0), b""
                case Write(sector, data):
                    head = sector, len(data) // SECTOR, 0, 0
                case Mark(text):
                    head, data = (write_log.MARKS, 1, 0, 0), text.encode().ljust(SECTOR, b"\0")
            entries += struct.pack("<QQQQ", *head).ljust(SECTOR, b"\0") + data
        super_block = struct.pack("<QQQI", write_log.MAGIC, write_log.VERSION, 9, SECTOR)
        self.path.write_bytes(super_block.ljust(SECTOR, b"\0") + entries)
        self.assertEqual(write_log.read(self.path), self.ENTRIES)

    def test_moments_are_told_by_the_mark_before_them(self):
        log = Log(self.ENTRIES)
        phases = {moment.at: moment.phase for moment in log.moments}
        self.assertEqual(phases, dict.fromkeys([3, 4, 5, 6, 7], "write") | {8: "rest"})
        self.assertEqual([log.sure(at) for at in range(9)], [0, 0, 1, 1, 1, 1, 5, 5, 5])

    def test_what_was_flushed_stays_and_the_rest_is_any_of_it(self):
        self.path.write_bytes(bytes(4 * SECTOR))
        cutter = Cutter(self.path, Log(self.ENTRIES), 8 * SECTOR)
        left = set()
        for seed in range(100):
            with cutter.cut(Moment(5, "write 1"), seed) as unsure:
                self.assertEqual(unsure, 2)
                left.add(self.path.read_bytes())
        two = [self.OLD, self.NEW]
        self.assertEqual(left, {a + b + bytes(2 * SECTOR) for a in two for b in two})
        with cutter.cut(Moment(8, "written 1"), 0):
            self.assertEqual(self.path.read_bytes()[: 2 * SECTOR], self.NEW * 2)
        cutter.close()

    def test_a_write_is_torn_only_between_sectors(self):
        write = Write(0, b"".join(bytes([number]) * SECTOR for number in range(1, 9)))
        done = [list(survivors([write], random.Random(seed))) for seed in range(200)]
        self.assertIn([], done)
        self.assertIn([(0, write.data)], done)
        torn = [each for each in done if each not in ([], [(0, write.data)])]
        self.assertTrue(torn)
        for sector, data in (piece for each in torn for piece in each):
            self.assertEqual(data, bytes([sector + 1]) * SECTOR)

    def test_only_the_old_or_the_new_is_no_fault(self):
        may = {
            "create 0": [State(), State(0)],
            "created 0": [State(0)],
            "write 3": [State(2), State(3), State(2, damaged=True), State(3, damaged=True)],
            "written 3": [State(3)],
            "mirror 3": [State(3), State(3, damaged=True)],
            "mirrored 3": [State(3)],
        }
        states = [State(), State(why="torn")]
        states += [State(number, damaged) for number in range(5) for damaged in (False, True)]
        for mark, allowed in may.items():
            for state in states:
                good = fault(Moment(9, mark), state) is None
                self.assertEqual(good, state in allowed, (mark, state))


if __name__ == "__main__":
    unittest.main()
