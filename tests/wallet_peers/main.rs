//! Wallets and exports for other programs' libraries to judge: `tests/peers/wallets_by_others.py` and
//! `tests/peers/coordinators_by_others.py` start this and read what it writes.
//!
//! The folder is named by COLDLIGHT_WALLET_PEERS; without it the tests are reported as ignored.

mod coordinators;
#[path = "../wallet_registration/people.rs"]
mod people;

use coldlight::wallet::export::{
    AccountKey, AccountKind, Exported, KeyForm, WalletForm, export_keys, export_wallet,
};
use coldlight::wallet::registration::{Content, read};
use coldlight::wallet::{Chain, Network, Wallet, address};
use libtest_mimic::{Arguments, Failed, Trial};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::ExitCode;

/// Kinds of wallets, with the letters of persons for their keys.
const FORMS: [&str; 20] = [
    "pkh(A)",
    "sh(wpkh(A))",
    "wpkh(A)",
    "tr(A)",
    "sh(sortedmulti(2,A,B,C))",
    "sh(wsh(sortedmulti(2,A,B,C)))",
    "wsh(sortedmulti(3,A,B,C,D,E))",
    "wsh(multi(2,C,A,B))",
    "wsh(or_d(pk(A),and_v(v:pkh(B),older(52560))))",
    "wsh(thresh(3,pk(A),s:pk(B),s:pk(C),sln:older(12960)))",
    "sh(multi(2,B,A))",
    "sh(wsh(thresh(2,pk(A),s:pk(B),s:pk(C))))",
    "wsh(andor(multi(2,A,B),older(144),and_v(v:pkh(C),after(900000))))",
    "wsh(or_i(and_v(v:pkh(A),sha256(6c60f404f8167a38fc70eaf8aa17ac351023bef86bcb9d1086a19afe95bd5333)),\
     and_v(v:pkh(B),older(4194305))))",
    "wsh(or_d(multi(2,A,B),and_v(v:thresh(2,pkh(C),a:pkh(D),a:pkh(E)),older(65535))))",
    "tr(A,multi_a(2,B,C))",
    "tr(A,{{pk(B),pk(C)},{and_v(v:pk(D),after(1700000000)),multi_a(1,E,B)}})",
    "tr(A,{pk(B),{multi_a(2,C,D),and_v(v:pk(E),older(144))}})",
    "tr(A,sortedmulti_a(2,C,B,D))",
    "tr(50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0,multi_a(2,A,B,C))",
];

/// Receive, then change.
const CHAINS: [Chain; 2] = [Chain::Receive, Chain::Change];

fn main() -> ExitCode {
    let folder = std::env::var_os("COLDLIGHT_WALLET_PEERS").map(PathBuf::from);
    type Cases = fn() -> Vec<Value>;
    let files: [(&str, Cases); 4] = [
        ("wallets", wallets),
        ("accounts", accounts),
        ("coordinators", coordinators::cases),
        ("frames", coordinators::frames),
    ];
    let by_electrum = folder.as_ref().map(|folder| folder.join("electrum.json"));
    let trials = files.into_iter().map(|(name, cases)| {
        let wanted = folder.clone();
        let trial = Trial::test(name, move || match &wanted {
            Some(folder) => {
                let text = serde_json::to_string(&cases())?;
                Ok(std::fs::write(folder.join(format!("{name}.json")), text)?)
            }
            None => Err(Failed::from("COLDLIGHT_WALLET_PEERS names no folder")),
        });
        trial.with_ignored_flag(folder.is_none())
    });
    let trials = trials.chain(by_electrum.filter(|path| path.exists()).map(electrum));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

/// Wallet files that Electrum made out of our keys and two others': read as the wallets that they are.
fn electrum(path: PathBuf) -> Trial {
    Trial::test("electrum", move || {
        let cases: Vec<Value> = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        assert!(!cases.is_empty());
        for case in &cases {
            let text = |name: &str| case[name].as_str().expect("a text");
            let reading = read(Content::Text(text("file")), "Family", Network::Main)?;
            let theirs = reading.only().expect("one wallet").wallet();
            let ours = Wallet::parse(text("descriptor"), "Family", Network::Main)?;
            assert_eq!(addresses(theirs, &[0, 1, 9_999]), addresses(&ours, &[0, 1, 9_999]));
        }
        Ok(())
    })
}

/// Each kind of wallet: its descriptors, some addresses, and it in every form that has it.
fn wallets() -> Vec<Value> {
    let case = |form: &&str| {
        let text = people::descriptor(form);
        let reading = read(Content::Text(&text), "Family", Network::Main);
        let reading = reading.unwrap_or_else(|error| panic!("{form}: {error}"));
        let wallet = reading.only().expect("one wallet").wallet();
        let texts = CHAINS.map(|chain| wallet.chain_text(chain).expect("a chain"));
        json!({
            "form": form,
            "descriptor": wallet.text(),
            "chains": texts,
            "addresses": addresses(wallet, &[0, 1, 9_999]),
            "crypto-output": exported(export_wallet(wallet, WalletForm::CryptoOutput).ok()),
        })
    };
    FORMS.iter().map(case).collect()
}

/// The addresses at `indexes` of the receive chain, then of the change chain.
fn addresses(wallet: &Wallet, indexes: &[u32]) -> Value {
    let given = |chain, index| {
        let script = wallet.script(chain, index).expect("a script");
        address(&script, wallet.network()).expect("an address")
    };
    let of = |chain| -> Value { indexes.iter().map(|n| json!([n, given(chain, *n)])).collect() };
    json!(CHAINS.map(of))
}

/// Each kind of account of the open seed on both kinds of network, in the forms for one key; then all
/// of a network at once.
fn accounts() -> Vec<Value> {
    let mut cases = Vec::new();
    for network in [Network::Main, Network::Test] {
        let seed = people::seed(network);
        let keys: Vec<AccountKey> =
            AccountKind::ALL.into_iter().filter_map(|kind| seed.account_key(kind, 0)).collect();
        let in_account: Vec<AccountKey> =
            keys.iter().filter(|key| key.kind() != AccountKind::SharedAny).cloned().collect();
        let form = |keys: &[AccountKey], form| exported(export_keys(keys, form).ok());
        let each: Vec<Value> = keys
            .iter()
            .map(|key| {
                let key = std::slice::from_ref(key);
                json!({
                    "text": form(key, KeyForm::Text),
                    "slip132": form(key, KeyForm::Slip132),
                    "descriptor": form(key, KeyForm::Descriptor),
                    "crypto-hdkey": form(key, KeyForm::CryptoHdKey),
                    "path": key[0].origin().1.to_string(),
                })
            })
            .collect();
        cases.push(json!({
            "network": network.code(),
            "keys": each,
            "crypto-account": form(&in_account, KeyForm::CryptoAccount),
        }));
    }
    cases
}

/// Text as it is, CBOR in hex.
fn exported(exported: Option<Exported>) -> Value {
    match exported {
        None => Value::Null,
        Some(Exported::Text { text, .. }) => json!(text),
        Some(Exported::Registry(_, cbor)) => json!(data_encoding::HEXLOWER.encode(&cbor)),
    }
}
