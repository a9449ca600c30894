"""A chain of Bitcoin Core's kernel: the regression test network, its states in memory. Blocks are made
here and judged there."""

import hashlib
from io import BytesIO

import pbk
from embit.compact import to_bytes as compact
from embit.script import Script, Witness
from embit.transaction import Transaction, TransactionInput, TransactionOutput

# What everybody can spend, without a signature.
FREE = bytes([0x51])
# The easiest target: every second header is below it.
BITS = 0x207FFFFF
TARGET = 0x7FFFFF << (8 * (0x20 - 3))
SUBSIDY = 50 * 100_000_000
HALVING = 150
MATURITY = 100


def double_sha256(data):
    return hashlib.sha256(hashlib.sha256(data).digest()).digest()


class Chain:
    """Starts at the genesis block."""

    def __init__(self, folder):
        pbk.logging_set_options(pbk.LoggingOptions())
        context = pbk.make_context(pbk.ChainType.REGTEST)
        options = pbk.ChainstateManagerOptions(context, str(folder), str(folder / "blocks"))
        options.update_block_tree_db_in_memory(True)
        options.update_chainstate_db_in_memory(True)
        self.manager = pbk.ChainstateManager(options)
        self.manager.import_blocks([])
        genesis = self.manager.get_active_chain().block_tree_entries[0].block_header
        self.time = int(genesis.timestamp.timestamp())

    @property
    def height(self):
        return self.manager.get_active_chain().height

    def mine(self, transactions=(), script=FREE):
        """A block on the tip, its reward to `script`: the reward's transaction, or None where the
        kernel does not take it. (What processing a block answers says less than the height.)"""
        before = self.height
        reward = self.reward(script, transactions)
        block = self.block([reward, *transactions])
        try:
            self.manager.process_block(pbk.Block(block))
        except pbk.ProcessBlockException:
            pass
        assert self.height in (before, before + 1)
        return reward if self.height == before + 1 else None

    def mine_to(self, height):
        """Empty blocks until this one is the tip."""
        while self.height < height:
            assert self.mine() is not None, f"an empty block is not taken at {self.height + 1}"

    def reward(self, script, transactions):
        height = self.height + 1
        # BIP34: the height first; two bytes at least
        signature = Script(pushed_number(height) + b"\0")
        spend = TransactionInput(bytes(32), 0xFFFFFFFF, signature, 0xFFFFFFFF)
        spend.witness = Witness([bytes(32)])
        # BIP141: the commitment to the witnesses, the reward's own counting as zeros
        leaves = [bytes(32), *(double_sha256(one.serialize()) for one in transactions)]
        commitment = double_sha256(merkle_root(leaves) + bytes(32))
        paid = SUBSIDY >> (height // HALVING)
        outputs = [
            TransactionOutput(paid, Script(script)),
            TransactionOutput(0, Script(bytes.fromhex("6a24aa21a9ed") + commitment)),
        ]
        return Transaction(2, [spend], outputs, 0)

    def block(self, transactions):
        tip = self.manager.get_active_chain().block_tree_entries[self.height]
        self.time += 600
        root = merkle_root([bytes(reversed(one.txid())) for one in transactions])
        start = (0x20000000).to_bytes(4, "little") + bytes(tip.block_hash) + root
        start += self.time.to_bytes(4, "little") + BITS.to_bytes(4, "little")
        for nonce in range(1000):
            header = start + nonce.to_bytes(4, "little")
            if int.from_bytes(double_sha256(header), "little") <= TARGET:
                break
        body = b"".join(one.serialize() for one in transactions)
        return header + compact(len(transactions)) + body


def pushed_number(number):
    """As a script has it, in the fewest bytes, its highest bit being the sign."""
    if number <= 16:
        return bytes([0x50 + number])
    data = number.to_bytes(number.bit_length() // 8 + 1, "little")
    return bytes([len(data)]) + data


def merkle_root(leaves):
    while len(leaves) > 1:
        leaves = leaves + leaves[-1:] * (len(leaves) % 2)
        leaves = [double_sha256(a + b) for a, b in zip(leaves[::2], leaves[1::2])]
    return leaves[0]


def parsed(raw):
    return Transaction.read_from(BytesIO(raw))
