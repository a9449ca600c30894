//! What can be said in a record. The list is closed: what has no place here is never recorded.
//!
//! Members stand in the order of their names, for canonical JSON (see [`super::json`]).

use super::line::Level;
use super::text::{Digest, Name, Whole};
use serde::{Deserialize, Serialize};

/// An event with its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// The machine's clock, in seconds since 1970. A claim: nothing here knows the time.
    pub at: Whole,
    /// What happened.
    pub event: Event,
    /// Milliseconds since the machine started: they only grow until it is started anew.
    pub ms: Whole,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Event {
    /// The machine started, and tested itself.
    Started(Started),
    /// The receipt of the record before this one was asked for, and nobody had it.
    ReceiptAbsent,
    /// A run that a cut of power had ended goes on.
    Resumed,
    /// A wallet was opened.
    WalletOpened(WalletOpened),
    /// Everything was locked.
    Locked,
    /// Public keys of an account left the machine.
    Exported(Exported),
    /// A payment was read and examined.
    PaymentSeen(PaymentSeen),
    /// Pages of the review that were on the screen.
    Shown(Shown),
    /// A payment was signed.
    Signed(Signed),
    /// A payment was not signed.
    Refused(Refused),
    /// A backup was read back.
    Drilled(Drilled),
    /// A key's state changed.
    KeyState(KeyState),
    /// A vault was written.
    VaultWritten(VaultWritten),
    /// Who is who in this run.
    Assigned(Assigned),
    /// A step of the procedure was done.
    Step(Step),
    /// A step was not done as written, by decision of two roles.
    Deviation(Deviation),
    /// The run was ended before its end.
    Aborted(Aborted),
}

impl Event {
    /// Who may read it: people's names and free words stay inside, what tells of wallets and amounts
    /// is for auditors, and that the machine was sound is for everybody.
    pub fn level(&self) -> Level {
        match self {
            Self::Started(_) | Self::ReceiptAbsent | Self::Resumed | Self::Locked => Level::Public,
            Self::Assigned(_) | Self::Deviation(_) | Self::Aborted(_) => Level::Internal,
            Self::Step(step) => match step.outcome {
                Done::Entered(_) | Done::Noted(_) | Done::Attested(_) => Level::Internal,
                Done::Checked(_) | Done::Confirmed => Level::Public,
                _ => Level::Auditor,
            },
            Self::WalletOpened(_)
            | Self::Exported(_)
            | Self::PaymentSeen(_)
            | Self::Shown(_)
            | Self::Signed(_)
            | Self::Refused(_)
            | Self::Drilled(_)
            | Self::KeyState(_)
            | Self::VaultWritten(_) => Level::Auditor,
        }
    }
}

macro_rules! events {
    ($($(#[$meta:meta])* $name:ident { $($(#[$field_meta:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields, rename_all = "kebab-case")]
        pub struct $name { $($(#[$field_meta])* pub $field: $type,)* }
    )*};
}

events! {
    /// See [`Event::Started`].
    Started {
        /// Did the self-test pass?
        passed: bool,
        /// Coldlight's version.
        version: Name,
    }

    /// See [`Event::WalletOpened`].
    WalletOpened {
        /// Its master key's fingerprint, eight hexadecimal digits (BIP32).
        fingerprint: Name,
    }

    /// See [`Event::Exported`].
    Exported {
        /// The account's path (BIP32).
        account: Name,
        /// Its master key's fingerprint.
        fingerprint: Name,
        /// In which form.
        form: Name,
        /// For whom: the coordinator's name.
        reader: Name,
    }

    /// See [`Event::PaymentSeen`].
    PaymentSeen {
        /// SHA-256 of the PSBT as it was read.
        digest: Digest,
        /// The codes of what the review found, each once.
        findings: Vec<Name>,
        /// Transaction id of the unsigned transaction ([`Digest::of_txid`]).
        unsigned: Digest,
    }

    /// See [`Event::Shown`].
    Shown {
        /// SHA-256 of the PSBT as it was read.
        digest: Digest,
        /// How many pages were on the screen, each to its end.
        pages: Whole,
    }

    /// See [`Event::Signed`].
    Signed {
        /// SHA-256 of the PSBT as it was read.
        digest: Digest,
        /// What the network takes, sat. An estimate of the coordinator where inputs are unproven.
        fee: Whole,
        /// How many inputs were signed.
        inputs: Whole,
        /// What goes to others.
        payments: Vec<Payment>,
        /// Transaction id of the unsigned transaction ([`Digest::of_txid`]).
        unsigned: Digest,
    }

    /// What one output pays.
    Payment {
        /// The address; the script in hexadecimal digits where there is none.
        address: Name,
        /// In sat.
        amount: Whole,
    }

    /// See [`Event::Refused`].
    Refused {
        /// SHA-256 of the PSBT as it was read.
        digest: Digest,
        /// The codes of the findings that refuse; none where the person said no.
        findings: Vec<Name>,
    }

    /// See [`Event::Drilled`].
    Drilled {
        /// Which kind of backup.
        backup: Name,
        /// Of which wallet.
        fingerprint: Name,
        /// Was the same key read back?
        passed: bool,
    }

    /// See [`Event::KeyState`].
    KeyState {
        /// Of which wallet.
        fingerprint: Name,
        /// The state that it has now (NIST SP 800-57).
        state: Name,
    }

    /// See [`Event::VaultWritten`].
    VaultWritten {
        /// How often the file was written.
        generation: Whole,
    }

    /// See [`Event::Assigned`].
    Assigned {
        /// The person.
        person: Name,
        /// What the procedure calls the person.
        role: Name,
    }

    /// See [`Event::Step`].
    Step {
        /// Which role did it.
        by: Name,
        /// What came of it.
        outcome: Done,
        /// The step's name in the procedure.
        step: Name,
        /// Which role watched it; none where the procedure asks for none.
        witness: Option<Name>,
    }

    /// See [`Event::Deviation`].
    Deviation {
        /// Which role decided it.
        by: Name,
        /// Why.
        reason: Name,
        /// The step's name in the procedure.
        step: Name,
        /// Which other role agreed.
        with: Name,
    }

    /// See [`Event::Aborted`].
    Aborted {
        /// Why.
        reason: Name,
        /// Where it stopped.
        step: Name,
    }
}

/// What came of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Done {
    /// The machine decided it.
    Checked(bool),
    /// A person said that it was done.
    Confirmed,
    /// What was entered. Never a secret: such a step is only confirmed.
    Entered(Name),
    /// SHA-256 of what was scanned or shown.
    Carried(Digest),
    /// Were the two the same?
    Compared(bool),
    /// How much chance went into a seed, in bits, rounded down.
    Gathered(Whole),
    /// Fingerprint of the wallet that a step made, opened or backed up.
    Wallet(Name),
    /// Was the backup read back whole?
    Verified(bool),
    /// SHA-256 of the PSBT that was reviewed or signed.
    Payment(Digest),
    /// Who attested.
    Attested(Name),
    /// What was noted.
    Noted(Name),
}
