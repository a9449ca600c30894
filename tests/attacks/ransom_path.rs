//! Change that is ours, but where no wallet will ever look: the attacker sells the path.

use crate::build::*;
use coldlight::review::Code::*;
use coldlight::review::Grade::*;
use coldlight::review::OutputKind;
use coldlight::review::Place::*;

#[test]
fn change_at_a_path_that_nobody_searches_is_never_shown_as_change() {
    let ours = Person::new(OURS);
    for (path, code, kind) in [
        ("m/84h/1h/0h/1/2147483647", ChangeHighIndex, OutputKind::External),
        ("m/84h/1h/0h/1/20000", ChangeHighIndex, OutputKind::External),
        ("m/84h/1h/2147483647h/1/0", UnusualPath, OutputKind::Own),
        ("m/84h/1h/0h/7/0", UnusualPath, OutputKind::Own),
        ("m/12345h/1/0", UnusualPath, OutputKind::Own),
    ] {
        let mut draft = Draft::new();
        draft.spend(&ours_at(&ours, 0, 0), 1_000_000);
        let key = ours.key(path);
        let script = bitcoin::CompressedPublicKey(key).wpubkey_hash();
        let n = draft.pay(bitcoin::ScriptBuf::new_p2wpkh(&script), 990_000);
        draft.psbt.outputs[n].bip32_derivation = [(key, ours.source(path))].into();
        let facts = Desk::of(&ours).facts(&draft);
        assert_found(&facts, code, Warn, Output(n));
        assert_eq!(facts.outputs[n].kind, kind, "{path}");
    }
}

#[test]
fn the_same_in_a_shared_wallet() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let shared = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob]);
    let desk = Desk::of(&ours).with(shared.wallet("Shared"));
    let mut draft = Draft::new();
    draft.spend(&shared.at(0, 0), 1_000_000);
    let n = draft.back(&shared.at(1, 2_147_483_647), 990_000);
    let facts = desk.facts(&draft);
    assert_found(&facts, ChangeHighIndex, Warn, Output(n));
    assert_eq!(facts.outputs[n].kind, OutputKind::External);
    // a chain that the wallet does not have
    let mut draft = Draft::new();
    draft.spend(&shared.at(0, 0), 1_000_000);
    let n = draft.back(&shared.at(5, 0), 990_000);
    let facts = desk.facts(&draft);
    assert_found(&facts, WalletUnknown, Warn, Output(n));
    assert_eq!(facts.outputs[n].kind, OutputKind::External);
}
