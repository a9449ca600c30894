//! What each coordinator is given, in every form that it takes, as text or CBOR and as the frames that
//! cross the gap, with the addresses that it must find.

use crate::people::{Person, body, checked, seed};
use crate::{CHAINS, addresses};
use bitcoin::absolute::LockTime;
use bitcoin::bip32::Xpub;
use bitcoin::transaction::Version;
use bitcoin::{Amount, NetworkKind, Psbt, ScriptBuf, Transaction, TxIn, TxOut};
use coldlight::transport::{Dialect, Kind, Reel, ReelOptions};
use coldlight::wallet::export::{
    AccountKey, AccountKind, Coordinator, Exported, KeyForm, export_keys, export_wallet,
};
use coldlight::wallet::{Network, Wallet, write_extended_key};
use serde_json::{Map, Value, json};

/// The first indexes of both chains, and the last one that the address search looks at.
const INDEXES: [u32; 3] = [0, 1, 9_999];
/// Short fragments, in bytes of a UR and letters of BBQr and Specter, so that there are several.
const FRAGMENTS: [(Dialect, &str, usize); 3] =
    [(Dialect::Ur, "ur", 30), (Dialect::Bbqr, "bbqr", 80), (Dialect::Specter, "specter", 70)];

/// Wallets that are given whole: multisig in its kinds, and miniscript as Liana writes it.
const WALLETS: [&str; 11] = [
    "sh(sortedmulti(2,A,B,C))",
    "sh(wsh(sortedmulti(2,A,B,C)))",
    "wsh(sortedmulti(2,A,B,C))",
    "wsh(sortedmulti(3,A,B,C,D,E))",
    "wsh(multi(2,C,A,B))",
    "wsh(or_d(pk(A),and_v(v:pkh(B),older(52560))))",
    "wsh(or_d(multi(2,A,B),and_v(v:thresh(2,pkh(C),a:pkh(D),a:pkh(E)),older(52560))))",
    "wsh(or_d(pk(A),and_v(v:pkh(B),after(900000))))",
    "wsh(thresh(3,pk(A),s:pk(B),s:pk(C),sln:older(12960)))",
    "tr(A,and_v(v:pk(B),older(52560)))",
    "tr(A,{pk(B),{multi_a(2,C,D),and_v(v:pk(E),older(144))}})",
];

/// One case a coordinator.
pub fn cases() -> Vec<Value> {
    let case = |coordinator: Coordinator| {
        let mut keys = Vec::new();
        for network in [Network::Main, Network::Test] {
            let seed = seed(network);
            for kind in AccountKind::ALL {
                let key = seed.account_key(kind, 0).expect("an account");
                keys.extend(account(coordinator, &key));
            }
        }
        let wallets: Vec<Value> = WALLETS.iter().map(|form| whole(coordinator, form)).collect();
        json!({ "name": coordinator.name(), "keys": keys, "wallets": wallets })
    };
    Coordinator::ALL.into_iter().map(case).collect()
}

/// One PSBT's frames in each of the dialects that have several.
pub fn frames() -> Vec<Value> {
    let transaction = Transaction {
        version: Version::TWO,
        lock_time: LockTime::ZERO,
        input: vec![TxIn::default(); 8],
        output: vec![TxOut { value: Amount::ONE_BTC, script_pubkey: ScriptBuf::new() }; 30],
    };
    let psbt = Psbt::from_unsigned_tx(transaction).expect("unsigned").serialize();
    let told = FRAGMENTS.map(|(dialect, name, fragment)| {
        json!({
            "dialect": name,
            "message": data_encoding::HEXLOWER.encode(&psbt),
            "frames": shown(&psbt, Kind::Psbt, dialect, fragment),
        })
    });
    told.into()
}

/// One account in every form; for shared ones also the wallet that two others make with it.
fn account(coordinator: Coordinator, key: &AccountKey) -> Option<Value> {
    let forms = coordinator.key_forms(key.kind());
    if forms.is_empty() {
        return None;
    }
    let mut exports = Map::new();
    for form in forms {
        let exported = export_keys(std::slice::from_ref(key), form);
        let exported = exported.unwrap_or_else(|error| panic!("{form:?}: {error}"));
        exports.insert(format!("{form:?}"), told(&exported));
    }
    let path = key.origin().1.to_string();
    let others: Vec<(String, Xpub)> = (1..=2)
        .map(|number| {
            let person = Person::new(number);
            let mut xpub = person.xpub(&path);
            xpub.network = NetworkKind::from(key.network());
            (format!("[{}/{path}]{xpub}", person.fingerprint()), xpub)
        })
        .collect();
    let joined = |function: &str| {
        let all = [key.text(), others[0].0.clone(), others[1].0.clone()];
        let all = all.map(|key| format!("{key}/<0;1>/*")).join(",");
        function.replace('@', &format!("sortedmulti(2,{all})"))
    };
    let form = match key.kind() {
        AccountKind::Single(_) => {
            let exported = export_keys(std::slice::from_ref(key), KeyForm::Descriptor);
            let Ok(Exported::Text { text, .. }) = exported else { panic!("{exported:?}") };
            text
        }
        AccountKind::SharedLegacy => checked(&joined("sh(@)")),
        AccountKind::SharedNested => checked(&joined("sh(wsh(@))")),
        AccountKind::SharedSegwit | AccountKind::SharedAny => checked(&joined("wsh(@)")),
    };
    let wallet = Wallet::parse(&form, "Family", key.network()).expect("a wallet");
    let shared = !matches!(key.kind(), AccountKind::Single(_));
    let cosigners: Vec<Value> = others
        .iter()
        .filter(|_| shared)
        .map(|(text, xpub)| {
            let slip132 = key.kind().prefix().map(|prefix| write_extended_key(xpub, prefix));
            json!({ "text": text, "slip132": slip132 })
        })
        .collect();
    Some(json!({
        "network": key.network().code(),
        "path": path,
        "text": key.text(),
        "may_have": true,
        "descriptor": wallet.text(),
        "cosigners": cosigners,
        "addresses": addresses(&wallet, &INDEXES),
        "exports": exports,
    }))
}

/// A whole wallet in every form that has it.
fn whole(coordinator: Coordinator, form: &str) -> Value {
    let wallet = Wallet::parse(&checked(&body(form)), "Family", Network::Main).expect("a wallet");
    let mut exports = Map::new();
    for form in coordinator.wallet_forms() {
        if let Ok(exported) = export_wallet(&wallet, *form) {
            exports.insert(format!("{form:?}"), told(&exported));
        }
    }
    json!({
        "form": form,
        "may_have": coordinator.may_have(&wallet),
        "network": Network::Main.code(),
        "descriptor": wallet.text(),
        "chains": CHAINS.map(|chain| wallet.chain_text(chain)),
        "addresses": addresses(&wallet, &INDEXES),
        "exports": exports,
    })
}

/// What is given, and its frames.
fn told(exported: &Exported) -> Value {
    let [(_, _, ur), (_, _, bbqr), _] = FRAGMENTS;
    match exported {
        Exported::Text { text, .. } => json!({
            "text": text,
            "frames": shown(text.as_bytes(), Kind::Text, Dialect::Bbqr, bbqr),
        }),
        Exported::Registry(kind, cbor) => json!({
            "type": kind.name(),
            "cbor": data_encoding::HEXLOWER.encode(cbor),
            "frames": shown(cbor, Kind::Registry(*kind), Dialect::Ur, ur),
        }),
    }
}

/// Of a fountain the first frame is lost, so that mixed parts are needed; others are one loop.
fn shown(bytes: &[u8], kind: Kind, dialect: Dialect, fragment: usize) -> Vec<String> {
    let reel = Reel::new(bytes, kind, dialect, ReelOptions { fragment: Some(fragment) });
    let reel = reel.unwrap_or_else(|error| panic!("{dialect:?}: {error}"));
    let frames = match dialect {
        Dialect::Ur if reel.len() > 1 => 1..4 * reel.len(),
        _ => 0..reel.len(),
    };
    frames.map(|n| reel.frame(n)).collect()
}
