//! `coldlight sign` walks the same road: the same bytes as the screens give.

use crate::coordinator::{Coordinator, Policy, spent_outputs};
use crate::cosigner::Cosigner;
use crate::families::{P2SH_P2WSH_MULTISIG, P2TR, P2WPKH, TAPROOT_MULTISIG};
use crate::road::Form;
use crate::{core, signer};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// One test's own folder with what the command reads.
struct Desk(PathBuf);

impl Desk {
    fn new(test: &str, psbt: &[u8], cosigner: &Cosigner) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command").join(test);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).expect("a folder below target/");
        fs::write(folder.join("psbt"), psbt).expect("a file below target/");
        fs::write(folder.join("words"), format!("{}\n", cosigner.words)).expect("a file");
        Self(folder)
    }

    fn sign(&self, more: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_coldlight"))
            .args(["sign", "psbt", "--network", "test", "--mnemonic-file", "words", "--yes"])
            .args(["-o", "signed"])
            .args(more)
            .current_dir(&self.0)
            .output()
            .expect("the program runs")
    }

    /// Signs and gives what was written.
    fn signed(&self, more: &[&str]) -> Vec<u8> {
        let output = self.sign(more);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {said}", output.status);
        fs::read(self.0.join("signed")).expect("what was written")
    }
}

fn wallet_file(desk: &Desk, policy: Policy) -> Vec<&'static str> {
    if policy.wallets().is_empty() {
        return Vec::new();
    }
    fs::write(desk.0.join("wallet"), format!("{}\n", policy.descriptor())).expect("a file");
    vec!["--wallet", "wallet"]
}

#[test]
fn the_command_gives_the_bytes_that_the_screens_give_whole_and_stripped() {
    let cosigner = Cosigner::new(0);
    for (name, policy) in [
        ("p2wpkh", P2WPKH),
        ("p2tr", P2TR),
        ("multisig", P2SH_P2WSH_MULTISIG),
        ("leaf", TAPROOT_MULTISIG),
    ] {
        for form in [Form::V0, Form::V2] {
            let psbt = form.of(&Coordinator::new(policy, &[1_000_000, 2_000_000]).pay(1_500_000));
            let answer = signer::sign(&psbt, &cosigner, &policy.wallets()).signed;
            let test = format!("{name}_{form:?}");
            for (whole, expected) in
                [(false, answer.psbt().stripped()), (true, answer.psbt().clone())]
            {
                let desk = Desk::new(&test, &psbt, &cosigner);
                let mut flags = wallet_file(&desk, policy);
                flags.extend(whole.then_some("--whole"));
                assert!(desk.signed(&flags) == expected.serialize(), "{test}, whole: {whole}");
            }
        }
    }
}

#[test]
fn a_final_transaction_is_given_when_it_is_complete_and_only_then() {
    let cosigner = Cosigner::new(0);
    let psbt = Coordinator::new(P2WPKH, &[1_000_000]).pay(500_000);
    let bytes = Desk::new("final", &psbt.serialize(), &cosigner).signed(&["--final"]);
    let tx = bitcoin::consensus::deserialize(&bytes).expect("a transaction");
    assert!(core::accepts(&tx, &spent_outputs(&psbt)));

    let half = Coordinator::new(P2SH_P2WSH_MULTISIG, &[1_000_000]).pay(500_000).serialize();
    let desk = Desk::new("not_final", &half, &cosigner);
    let mut flags = wallet_file(&desk, P2SH_P2WSH_MULTISIG);
    flags.push("--final");
    assert_eq!(desk.sign(&flags).status.code(), Some(4));
    assert!(!desk.0.join("signed").exists(), "nothing is written");
}

#[test]
fn what_is_there_is_never_overwritten() {
    let psbt = Coordinator::new(P2WPKH, &[1_000_000]).pay(500_000).serialize();
    let desk = Desk::new("there", &psbt, &Cosigner::new(0));
    fs::write(desk.0.join("signed"), "mine").expect("a file");
    assert_eq!(desk.sign(&[]).status.code(), Some(1));
    assert_eq!(fs::read(desk.0.join("signed")).expect("still there"), b"mine");
}

#[test]
fn signing_again_has_nothing_new_to_give() {
    let cosigner = Cosigner::new(0);
    let psbt = Coordinator::new(P2WPKH, &[1_000_000]).pay(500_000).serialize();
    let whole = Desk::new("first", &psbt, &cosigner).signed(&["--whole"]);
    let again = Desk::new("again", &whole, &cosigner);
    assert_eq!(again.sign(&[]).status.code(), Some(4));
}

#[test]
fn a_stranger_has_nothing_to_sign() {
    let psbt = Coordinator::new(P2WPKH, &[1_000_000]).pay(500_000).serialize();
    let desk = Desk::new("stranger", &psbt, &Cosigner::new(1));
    let output = desk.sign(&[]);
    assert_eq!(output.status.code(), Some(3));
    assert!(String::from_utf8_lossy(&output.stderr).contains("NOTHING_TO_SIGN"));
    assert!(!desk.0.join("signed").exists(), "nothing is written");
}
