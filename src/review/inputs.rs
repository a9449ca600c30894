//! Each input: how it is locked, whose it is, who signed, what is still to sign.

use super::examine::Context;
use super::finding::Findings;
use super::lock::{self, Lock, leaf_hash};
use super::owner::{self, Evidence, Judgement, Owned, Trouble};
use super::route::{Route, route};
use super::utxo::Spent;
use super::{Code, InputScript, Place, Task};
use crate::psbt::sighash::Digester;
use crate::psbt::{Input, Psbt, SignatureField};
use bitcoin::TxOut;

/// One input under examination.
pub(super) struct Case {
    pub(super) txout: Option<TxOut>,
    pub(super) from_previous: bool,
    pub(super) owned: Option<Owned>,
    /// Some claimed key in it is the open seed's.
    pub(super) has_our_key: bool,
    pub(super) kind: InputScript,
    pub(super) route: Option<Route>,
    /// Signatures still to make.
    pub(super) tasks: Vec<Task>,
    /// A valid signature of ours is there.
    pub(super) signed: bool,
    /// Sighash types of our signatures, made or to make.
    pub(super) sighash_types: Vec<u32>,
}

/// Examines every input. Nothing about amounts and fees yet.
pub(super) fn examine(
    psbt: &Psbt,
    context: &Context<'_>,
    spent: Vec<Spent>,
    findings: &mut Findings,
) -> Vec<Case> {
    let prevouts: Option<Vec<TxOut>> = spent.iter().map(|spent| spent.txout.clone()).collect();
    let whole = prevouts.is_some();
    let mut digester = Digester::new(psbt.tx(), prevouts);
    let mut cases = Vec::with_capacity(spent.len());
    for (n, (input, spent)) in psbt.inputs().iter().zip(spent).enumerate() {
        let mut desk = Desk { n, input, psbt, context, findings, digester: &mut digester, whole };
        cases.push(desk.examine(spent));
    }
    cases
}

/// One input and all that is needed to examine it.
struct Desk<'a, 'b> {
    n: usize,
    input: &'a Input,
    psbt: &'a Psbt,
    context: &'a Context<'a>,
    findings: &'b mut Findings,
    digester: &'b mut Digester<'a>,
    /// Every input's output is told.
    whole: bool,
}

impl Desk<'_, '_> {
    fn refuse(&mut self, code: Code, what: String) {
        self.findings.refuse(code, Place::Input(self.n), what);
    }

    fn examine(&mut self, spent: Spent) -> Case {
        let mut case = Case {
            txout: spent.txout,
            from_previous: spent.from_previous,
            owned: None,
            has_our_key: false,
            kind: InputScript::Other,
            route: None,
            tasks: Vec::new(),
            signed: false,
            sighash_types: Vec::new(),
        };
        let n = self.n + 1;
        let Some(txout) = case.txout.clone() else {
            return self.without_output(case, spent.wrong);
        };
        let (lock, wrong) = lock::lock(&txout.script_pubkey, self.input);
        for what in wrong {
            self.refuse(Code::ScriptWrong, format!("Input {n} {what}."));
        }
        let judgement = self.judge(&txout, &lock);
        case.has_our_key = judgement.has_our_key;
        self.report(&judgement, &lock);
        case.owned = judgement.owned;
        if case.owned.is_none() && !case.has_our_key {
            self.findings.warn(
                Code::ForeignInput,
                Place::Input(self.n),
                format!("Input {n} is not yours: somebody else pays into this transaction."),
            );
        }
        if let Some(owned) = &case.owned
            && !owned.standard
        {
            let path = owned.keys.first().map_or(String::new(), |key| format!("m/{}", key.path));
            self.findings.warn(
                Code::UnusualPath,
                Place::Input(self.n),
                format!("Input {n} is yours, but its key stands at an unusual path ({path})."),
            );
        }
        let lock = refined(lock, case.owned.as_ref());
        let route = route(self.input, &txout, lock, case.owned.as_ref());
        case.kind = route.kind;
        // BIP174: a witness UTXO is for segwit inputs only. Somebody else's input is held to it as
        // well, for an amount of another kind of coin is proven by nothing.
        if needs_previous(&route.lock) && !case.from_previous {
            self.refuse(
                Code::PrevTxMissing,
                format!(
                    "Input {n} spends an old-style coin, but its previous transaction is not there."
                ),
            );
        }
        self.settle(&mut case, route);
        case
    }

    /// Nothing is told about the output: an input of ours cannot be signed.
    fn without_output(&mut self, mut case: Case, wrong: bool) -> Case {
        let nothing = bitcoin::ScriptBuf::new();
        let judgement = self.judge(
            &TxOut { value: bitcoin::Amount::ZERO, script_pubkey: nothing },
            &Lock::Other("an unknown script"),
        );
        case.has_our_key = judgement.has_our_key;
        let n = self.n + 1;
        if case.has_our_key && !wrong {
            self.refuse(
                Code::PrevTxMissing,
                format!(
                    "Input {n} is yours, but the PSBT does not hold the output that it spends."
                ),
            );
        } else if !case.has_our_key {
            self.findings.warn(
                Code::ForeignInput,
                Place::Input(self.n),
                format!("Input {n} is not known to be yours, and nothing is told about it."),
            );
        }
        case
    }

    fn judge(&self, txout: &TxOut, lock: &Lock) -> Judgement {
        let claims = owner::claims(&self.input.origins, &self.input.tap_origins);
        let executed = match lock {
            Lock::Script { script, .. } => script.as_deref(),
            Lock::Wpkh { nested: true } => self.input.redeem_script.as_deref(),
            _ => None,
        };
        let evidence = Evidence {
            script: &txout.script_pubkey,
            executed,
            leaves: self
                .input
                .tap_leaves
                .iter()
                .map(|leaf| (leaf_hash(leaf), leaf.script.as_script()))
                .collect(),
            internal: self.input.tap_internal_key,
        };
        owner::judge(self.context, &claims, &evidence)
    }

    /// The claims' troubles as findings.
    fn report(&mut self, judgement: &Judgement, lock: &Lock) {
        let n = self.n + 1;
        for trouble in &judgement.troubles {
            match trouble {
                Trouble::FalseKey(path) => self.refuse(
                    Code::ScriptWrong,
                    format!("Input {n} names a key as yours that your seed does not give at m/{path}."),
                ),
                Trouble::OtherNetwork(path) => self.refuse(
                    Code::NetworkWrong,
                    format!(
                        "Input {n} names your key at m/{path}, a path of another network than {}.",
                        self.context.network.label()
                    ),
                ),
                Trouble::NotInScript(path) => self.refuse(
                    Code::ScriptWrong,
                    format!("Input {n} names your key at m/{path}, but that key does not lock its output."),
                ),
                Trouble::FalseLeaf(path) => self.refuse(
                    Code::ScriptWrong,
                    format!("Input {n} names a script leaf for your key at m/{path} in which the key is not."),
                ),
                Trouble::WalletUnknown => match lock {
                    Lock::Other(name) => self.refuse(
                        Code::FeatureUnsupported,
                        format!("Input {n} is locked by {name}, which is not supported."),
                    ),
                    _ => self.refuse(
                        Code::WalletUnknown,
                        format!("Input {n} needs your key in a script with others, of a wallet that is not loaded."),
                    ),
                },
                // somebody else's wallet with a cosigner of ours: foreign, and said so
                Trouble::OtherScript(_) => {}
                Trouble::TooMany => self.refuse(
                    Code::FeatureUnsupported,
                    format!("Input {n} names more keys as yours than are looked at."),
                ),
            }
        }
    }

    /// Signatures: there, to make, and whether they may be made.
    fn settle(&mut self, case: &mut Case, mut route: Route) {
        let finished =
            self.input.final_script_sig.is_some() || self.input.final_script_witness.is_some();
        route.read_signatures(self.n, self.input, case.owned.as_ref(), self.digester, finished);
        let ours = case.owned.as_ref().is_some_and(|owned| !owned.keys.is_empty());
        if ours {
            self.check_sighash(case, &route);
            if finished {
                self.settle_finished(case, &route);
            } else {
                self.settle_open(case, &route);
            }
        }
        case.route = Some(route);
    }

    fn settle_finished(&mut self, case: &mut Case, route: &Route) {
        let n = self.n + 1;
        if route.present.is_empty() {
            self.refuse(
                Code::SignatureInvalid,
                format!("Input {n} is said to be finished, but no valid signature is in it."),
            );
        } else if case.owned.as_ref().is_some_and(|owned| route.has_ours(owned)) {
            case.signed = true;
            self.already_signed();
        } else {
            self.findings.note(
                Code::AlreadySigned,
                Place::Input(self.n),
                format!("Input {n} is finished with the signatures of others, without yours."),
            );
        }
    }

    fn already_signed(&mut self) {
        let n = self.n + 1;
        self.findings.note(
            Code::AlreadySigned,
            Place::Input(self.n),
            format!("Input {n} has your valid signature already."),
        );
    }

    fn settle_open(&mut self, case: &mut Case, route: &Route) {
        let n = self.n + 1;
        let Some(owned) = &case.owned else { return };
        let tasks = route.tasks(self.n, self.input, owned);
        if tasks.is_empty() {
            let what = match &route.lock {
                Lock::Other(name) => (
                    Code::FeatureUnsupported,
                    format!("Input {n} is locked by {name}, which is not supported."),
                ),
                _ if route.strange_leaf => (
                    Code::FeatureUnsupported,
                    format!(
                        "Input {n} has your key in a Taproot leaf of an unknown version, which is not supported."
                    ),
                ),
                _ => (
                    Code::PrevTxMissing,
                    format!(
                        "Input {n} is yours, but the PSBT gives no script in which your key could sign."
                    ),
                ),
            };
            self.refuse(what.0, what.1);
            return;
        }
        if needs_previous(&route.lock) && !case.from_previous {
            return;
        }
        if matches!(route.lock, Lock::Taproot { .. }) && !self.whole {
            self.refuse(
                Code::PrevTxMissing,
                format!("Input {n} is Taproot: its signature needs the output that every input spends, and one is missing."),
            );
            return;
        }
        let mut said = false;
        for task in tasks {
            match self.existing(route, &task) {
                None => case.tasks.push(task),
                Some(Some(sighash_type)) => {
                    case.signed = true;
                    if !std::mem::replace(&mut said, true) {
                        self.already_signed();
                        self.check_made(route, u32::from(sighash_type));
                    }
                }
                Some(None) => self.refuse(
                    Code::SignatureInvalid,
                    format!("Input {n} holds a signature in your key's name that is not valid."),
                ),
            }
        }
    }

    /// Is a signature in the task's place, and of what sighash type where it is valid?
    fn existing(&self, route: &Route, task: &Task) -> Option<Option<u8>> {
        let (there, key, leaf) = match &task.field {
            SignatureField::Partial(key) => {
                (self.input.partial_sigs.iter().any(|(held, _)| held == key), key.to_bytes(), None)
            }
            SignatureField::TapKey => (self.input.tap_key_sig.is_some(), route.output_key(), None),
            SignatureField::TapScript(key, leaf) => (
                self.input.tap_script_sigs.iter().any(|(held, _)| *held == (*key, *leaf)),
                key.serialize().to_vec(),
                Some(*leaf),
            ),
        };
        there.then(|| {
            let mut present = route.present.iter();
            present
                .find(|present| present.key == key && present.leaf == leaf)
                .map(|present| present.sighash_type)
        })
    }

    /// Only ALL, and DEFAULT for Taproot: anything else lets others change what was reviewed.
    fn check_sighash(&mut self, case: &mut Case, route: &Route) {
        let n = self.n + 1;
        let usual = usual(route);
        let wanted = self.input.sighash_type.unwrap_or(usual[0]);
        case.sighash_types.push(wanted);
        if usual.contains(&wanted) {
            return;
        }
        let single_without_output = wanted & 0x1f == 3 && self.n >= self.psbt.tx().output.len();
        if !matches!(wanted & !0x80, 1..=3) || single_without_output {
            let what = if single_without_output {
                "which has no output to commit to"
            } else {
                "which no rule defines"
            };
            self.refuse(
                Code::SighashUnusual,
                format!("Input {n} asks for a signature of kind {}, {what}.", sighash_name(wanted)),
            );
            return;
        }
        let what = format!(
            "Input {n} asks for a signature of kind {}: {}.",
            sighash_name(wanted),
            sighash_meaning(wanted)
        );
        self.unusual(what);
    }

    /// A signature of ours that is there commits to what its own byte says, whatever the field asks.
    fn check_made(&mut self, route: &Route, made: u32) {
        let said = self.input.sighash_type.is_some_and(|wanted| wanted == made);
        if said || usual(route).contains(&made) {
            return;
        }
        let n = self.n + 1;
        self.unusual(format!(
            "Your signature in input {n} is of kind {}: {}.",
            sighash_name(made),
            sighash_meaning(made)
        ));
    }

    /// Refused, unless the expert allows it for this one transaction.
    fn unusual(&mut self, what: String) {
        let place = Place::Input(self.n);
        if self.context.allow_sighash_unusual {
            self.findings.warn(Code::SighashUnusual, place, what);
        } else {
            self.findings.refuse(Code::SighashUnusual, place, what);
        }
    }
}

/// The sighash types that commit to the whole transaction, the one used unasked first.
fn usual(route: &Route) -> &'static [u32] {
    if matches!(route.lock, Lock::Taproot { .. }) { &[0, 1] } else { &[1] }
}

/// Before segwit a signature did not commit to the amount: only the previous transaction tells it.
fn needs_previous(lock: &Lock) -> bool {
    matches!(lock, Lock::Pkh | Lock::Script { kind: InputScript::P2sh, script: Some(_) })
}

fn sighash_name(sighash_type: u32) -> String {
    let base = match sighash_type & !0x80 {
        0 if sighash_type == 0 => "DEFAULT",
        1 => "ALL",
        2 => "NONE",
        3 => "SINGLE",
        _ => return format!("0x{sighash_type:02x}"),
    };
    if sighash_type & 0x80 == 0 { base.to_owned() } else { format!("{base}|ANYONECANPAY") }
}

fn sighash_meaning(sighash_type: u32) -> &'static str {
    match sighash_type {
        2 => "others could change who is paid",
        3 => "others could change all outputs but one",
        0x81 => "others could add or take away inputs",
        0x82 => "others could change everything but this input",
        0x83 => "others could change everything but this input and one output",
        _ => "it does not commit to the whole transaction",
    }
}

/// What our own derivation adds to a lock whose scripts are not given.
fn refined(lock: Lock, owned: Option<&Owned>) -> Lock {
    let Lock::Script { script: None, .. } = &lock else {
        return lock;
    };
    let Some(owned) = owned else { return lock };
    if owned.script_type == Some(crate::wallet::ScriptType::NestedSegwit) {
        return Lock::Wpkh { nested: true };
    }
    let Some(derived) = &owned.derived else { return lock };
    use miniscript::descriptor::DescriptorType as Kind;
    let kind = match derived.descriptor.desc_type() {
        Kind::ShWpkh => return Lock::Wpkh { nested: true },
        Kind::ShWsh | Kind::ShWshSortedMulti => InputScript::P2shP2wsh,
        Kind::Sh | Kind::ShSortedMulti => InputScript::P2sh,
        _ => lock.kind(),
    };
    Lock::Script { kind, script: derived.descriptor.explicit_script().ok() }
}
