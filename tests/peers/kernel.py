"""Bitcoin Core's judgement of a finished transaction."""

import pbk
from pbk.script import PrecomputedTransactionData


def accepts(raw, spent):
    """`spent`: script and sat of the output that each input spends, in order."""
    transaction = pbk.Transaction(raw)
    outputs = [pbk.TransactionOutput(pbk.ScriptPubkey(script), sat) for script, sat in spent]
    data = PrecomputedTransactionData(transaction, outputs)
    flags = pbk.ScriptVerificationFlags.ALL
    return all(
        pbk.ScriptPubkey(script).verify(sat, transaction, data, number, flags)
        for number, (script, sat) in enumerate(spent)
    )
