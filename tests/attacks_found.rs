//! Attacks that once worked: each test is the attacker.

#[path = "common/alloc.rs"]
mod alloc;
#[path = "common/build.rs"]
mod build;

use alloc::measured;
use bitcoin::base64::{Engine, engine::general_purpose::STANDARD};
use bitcoin::hashes::Hash;
use bitcoin::key::TapTweak;
use bitcoin::opcodes::all::{OP_0NOTEQUAL, OP_CHECKSIG};
use bitcoin::secp256k1::{Keypair, Message, SECP256K1, SecretKey};
use bitcoin::sighash::{Prevouts, SighashCache, TapSighashType};
use bitcoin::taproot::{LeafVersion, TapLeafHash, TapNodeHash, TaprootBuilder};
use bitcoin::{Amount, PublicKey, ScriptBuf, TxOut, Witness};
use build::*;
use coldlight::psbt::{Limits, Psbt};
use coldlight::review::Code::*;
use coldlight::review::Grade::*;
use coldlight::review::OutputKind;
use coldlight::review::Place::*;

fn attacker() -> Keypair {
    Keypair::from_secret_key(SECP256K1, &SecretKey::from_slice(&[7; 32]).unwrap())
}

/// A P2WPKH input of ours of a claimed amount, and a Taproot input of ours that is said to be
/// finished by this witness.
fn with_finished_taproot(witness: impl Fn(&Draft, usize) -> Witness) -> Draft {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.unproven(0);
    let n = draft.spend(&format!("tr({})", ours.at("m/86h/1h/0h/0/0")), 5_000);
    draft.unproven(n);
    let witness = witness(&draft, n);
    draft.psbt.inputs[n].final_script_witness = Some(witness);
    draft
}

fn signed_in_leaf(draft: &Draft, n: usize, script: &ScriptBuf) -> Vec<u8> {
    let spent: Vec<TxOut> =
        draft.psbt.inputs.iter().map(|input| input.witness_utxo.clone().unwrap()).collect();
    let leaf = TapLeafHash::from_script(script, LeafVersion::TapScript);
    let digest = SighashCache::new(&draft.psbt.unsigned_tx)
        .taproot_script_spend_signature_hash(
            n,
            &Prevouts::All(&spent),
            leaf,
            TapSighashType::Default,
        )
        .unwrap();
    SECP256K1
        .sign_schnorr_no_aux_rand(&Message::from_digest(digest.to_byte_array()), &attacker())
        .serialize()
        .to_vec()
}

#[test]
fn a_finished_taproot_input_proves_nothing_by_a_leaf_that_is_not_in_its_output() {
    let key = attacker().x_only_public_key().0;
    let leaf = ScriptBuf::builder().push_x_only_key(&key).push_opcode(OP_CHECKSIG).into_script();
    let mut draft = with_finished_taproot(|draft, n| {
        let info = TaprootBuilder::new()
            .add_leaf(0, leaf.clone())
            .unwrap()
            .finalize(SECP256K1, key)
            .unwrap();
        let proof = info.control_block(&(leaf.clone(), LeafVersion::TapScript)).unwrap();
        Witness::from_slice(&[signed_in_leaf(draft, n, &leaf), leaf.to_bytes(), proof.serialize()])
    });
    draft.psbt.inputs[1].tap_key_sig =
        Some(bitcoin::taproot::Signature::from_slice(&[1; 64]).unwrap());
    let examined = Desk::of(&Person::new(OURS)).examine(&draft);
    assert!(!examined.facts().inputs[0].proven);
    assert_refused(&examined, SignatureInvalid, Input(1));
}

#[test]
fn an_input_that_others_finished_is_not_said_to_have_our_signature() {
    let [ours, bob, carol] = [OURS, BOB, CAROL].map(Person::new);
    let multi = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob, &carol]);
    let mut draft = Draft::new();
    let n = draft.spend(&multi.at(0, 0), 1_000_000);
    draft.pay(payee(), 999_000);
    let script = draft.psbt.inputs[n].witness_script.clone().unwrap();
    let digest = SighashCache::new(&draft.psbt.unsigned_tx)
        .p2wsh_signature_hash(
            n,
            &script,
            Amount::from_sat(1_000_000),
            bitcoin::EcdsaSighashType::All,
        )
        .unwrap();
    let message = Message::from_digest(digest.to_byte_array());
    let mut stack = vec![vec![]];
    for person in [&bob, &carol] {
        let key = person.xpriv("m/48h/1h/0h/2h/0/0").private_key;
        let der = SECP256K1.sign_ecdsa_low_r(&message, &key).serialize_der();
        stack.push([&der[..], &[1]].concat());
    }
    stack.push(script.to_bytes());
    draft.psbt.inputs[n].final_script_witness = Some(Witness::from_slice(&stack));
    let desk = Desk::of(&ours).with(multi.wallet("Family"));
    let facts = desk.facts(&draft);
    assert_eq!((facts.inputs[0].signatures.present, facts.inputs[0].to_sign), (2, 0));
    let [said] = &facts.findings[..] else { panic!("{:#?}", facts.findings) };
    assert_eq!((said.code, said.grade), (AlreadySigned, Note));
    assert_eq!(said.what, "Input 1 is finished with the signatures of others, without yours.");
}

fn points(count: usize) -> Vec<PublicKey> {
    (0..count)
        .map(|n| {
            let mut secret = [1; 32];
            secret[..8].copy_from_slice(&(n as u64 + 1).to_be_bytes());
            PublicKey::new(SecretKey::from_slice(&secret).unwrap().public_key(SECP256K1))
        })
        .collect()
}

#[test]
fn a_final_witness_of_many_keys_and_signatures_does_not_multiply_them() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    let n = draft.spend(&ours_at(&Person::new(BOB), 0, 0), 5_000);
    let mut stack: Vec<Vec<u8>> = points(1_000).iter().map(|key| key.to_bytes()).collect();
    stack.extend((0..1_000).map(|_| vec![0x30; 9]));
    draft.psbt.inputs[n].final_script_witness = Some(Witness::from_slice(&stack));
    let psbt = draft.parsed();
    let bytes = psbt.serialize().len();
    let desk = Desk::of(&ours);
    let (examined, used) = measured(|| desk.examine_psbt(psbt));
    assert!(used.peak < 100 * bytes, "{} bytes took {used:?}", bytes);
    assert_found(examined.facts(), ForeignInput, Warn, Input(n));
}

#[test]
fn a_final_leaf_of_many_keys_and_signatures_is_not_tried_for_ever() {
    let ours = Person::new(OURS);
    let key = attacker().x_only_public_key().0;
    let mut leaf = ScriptBuf::builder();
    for (n, point) in points(280).iter().enumerate() {
        let opcode = if n == 0 { OP_CHECKSIG } else { bitcoin::opcodes::all::OP_CHECKSIGADD };
        leaf = leaf.push_x_only_key(&point.inner.x_only_public_key().0).push_opcode(opcode);
    }
    let leaf = leaf.push_int(2).push_opcode(bitcoin::opcodes::all::OP_NUMEQUAL).into_script();
    let info =
        TaprootBuilder::new().add_leaf(0, leaf.clone()).unwrap().finalize(SECP256K1, key).unwrap();
    let mut draft = Draft::ordinary(&ours);
    let n = draft.spend_script(ScriptBuf::new_p2tr_tweaked(info.output_key()), 5_000);
    let mut stack = vec![vec![3; 64]; 2_000];
    stack.push(leaf.to_bytes());
    stack.push(info.control_block(&(leaf, LeafVersion::TapScript)).unwrap().serialize());
    draft.psbt.inputs[n].final_script_witness = Some(Witness::from_slice(&stack));
    let psbt = draft.parsed();
    let bytes = psbt.serialize().len();
    let desk = Desk::of(&ours);
    let (examined, used) = measured(|| desk.examine_psbt(psbt));
    assert!(used.peak < 40 * bytes, "{bytes} bytes took {used:?}");
    assert_eq!(examined.facts().inputs[n].signatures.present, 0);
}

#[test]
fn a_tree_of_many_small_leaves_takes_no_multiple_of_its_bytes() {
    const DEPTH: u8 = 14;
    let ours = Person::new(OURS);
    let internal = ours.key("m/86h/1h/0h/1/0").x_only_public_key().0;
    let leaf = TapLeafHash::from_script(&ScriptBuf::new(), LeafVersion::TapScript);
    let root = (0..DEPTH)
        .fold(TapNodeHash::from(leaf), |node, _| TapNodeHash::from_node_hashes(node, node));
    let output = internal.tap_tweak(SECP256K1, Some(root)).0;
    let mut draft = Draft::ordinary(&ours);
    let n = draft.pay(ScriptBuf::new_p2tr_tweaked(output), 500);
    draft.psbt.outputs[n].tap_internal_key = Some(internal);
    let tree: Vec<u8> = (0..1 << DEPTH).flat_map(|_| [DEPTH, 0xc0, 0]).collect();
    let key = bitcoin::psbt::raw::Key { type_value: 6, key: vec![] };
    draft.psbt.outputs[n].unknown.insert(key, tree);
    let psbt = draft.parsed();
    let bytes = psbt.serialize().len();
    let desk = Desk::of(&ours);
    let (_, used) = measured(|| desk.examine_psbt(psbt));
    assert!(used.peak < 40 * bytes, "{bytes} bytes took {used:?}");
}

#[test]
fn a_grain_of_the_single_key_does_not_make_the_multisig_s_coins_its_change() {
    let [ours, bob, carol] = [OURS, BOB, CAROL].map(Person::new);
    let multi = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob, &carol]);
    let mut draft = Draft::new();
    draft.spend(&multi.at(0, 0), 1_000_000);
    draft.spend(&ours_at(&ours, 0, 0), 1_000);
    draft.pay(payee(), 100_000);
    let back = draft.back(&ours_at(&ours, 1, 0), 900_000);
    let desk = Desk::of(&ours).with(multi.wallet("Family"));
    let facts = desk.facts(&draft);
    assert_eq!(facts.outputs[back].kind, OutputKind::Own);
    assert_found(&facts, OwnOtherWallet, Warn, Output(back));
    // each wallet's own change stays change
    let mut draft = Draft::new();
    draft.spend(&multi.at(0, 0), 1_000_000);
    draft.spend(&ours_at(&ours, 0, 0), 500_000);
    draft.pay(payee(), 100_000);
    draft.back(&multi.at(1, 0), 900_000);
    draft.back(&ours_at(&ours, 1, 0), 499_000);
    let facts = desk.facts(&draft);
    assert_lacks(&facts, OwnOtherWallet);
    assert_eq!(facts.outputs[1].kind, OutputKind::Change);
    assert_eq!(facts.outputs[2].kind, OutputKind::Change);
}

#[test]
fn an_input_of_unknown_size_does_not_hide_a_high_fee() {
    let ours = Person::new(OURS);
    let mut draft = Draft::new();
    draft.spend(&ours_at(&ours, 0, 0), 100_000_000);
    draft.spend_script(ScriptBuf::new_p2wsh(&ScriptBuf::new().wscript_hash()), 1_000);
    draft.pay(payee(), 95_000_000);
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!((facts.weight, facts.fee_rate), (None, None));
    assert_found(&facts, FeeHighRate, Warn, Tx);
    // an ordinary fee stays ordinary
    draft.psbt.unsigned_tx.output[0].value = Amount::from_sat(99_990_000);
    assert_lacks(&Desk::of(&ours).facts(&draft), FeeHighRate);
}

#[test]
fn a_leaf_of_another_version_than_its_control_block_says_is_refused() {
    let key = attacker().x_only_public_key().0;
    let leaf = ScriptBuf::builder().push_x_only_key(&key).push_opcode(OP_CHECKSIG).into_script();
    let info =
        TaprootBuilder::new().add_leaf(0, leaf.clone()).unwrap().finalize(SECP256K1, key).unwrap();
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    let n = draft.spend_script(ScriptBuf::new_p2tr_tweaked(info.output_key()), 5_000);
    let proof = info.control_block(&(leaf.clone(), LeafVersion::TapScript)).unwrap();
    let version = LeafVersion::from_consensus(0xc2).unwrap();
    draft.psbt.inputs[n].tap_scripts.insert(proof, (leaf, version));
    assert_refused(&Desk::of(&ours).examine(&draft), ScriptWrong, Input(n));
}

#[test]
fn a_thousand_claims_of_our_keys_in_one_map_are_refused_unread() {
    let ours = Person::new(OURS);
    let account = ours.xpub("m/84h/1h/0h/0");
    let mut draft = Draft::ordinary(&ours);
    for index in 0..1_000 {
        let step = bitcoin::bip32::ChildNumber::Normal { index };
        let key = account.derive_pub(SECP256K1, &[step]).unwrap().public_key;
        let source = ours.source(&format!("m/84h/1h/0h/0/{index}"));
        draft.psbt.inputs[0].bip32_derivation.insert(key, source.clone());
        draft.psbt.outputs[1].bip32_derivation.insert(key, source);
    }
    let examined = Desk::of(&ours).examine(&draft);
    assert_refused(&examined, FeatureUnsupported, Input(0));
    assert_refused(&examined, FeatureUnsupported, Output(1));
    assert!(examined.facts().findings.len() < 250);
}

/// A Taproot input of somebody else with a leaf that is miniscript as deep as it is long.
fn deep(length: usize) -> Draft {
    let key = attacker().x_only_public_key().0;
    let mut leaf = ScriptBuf::builder().push_x_only_key(&key).push_opcode(OP_CHECKSIG).into_bytes();
    leaf.resize(length, OP_0NOTEQUAL.to_u8());
    let leaf = ScriptBuf::from_bytes(leaf);
    let info =
        TaprootBuilder::new().add_leaf(0, leaf.clone()).unwrap().finalize(SECP256K1, key).unwrap();
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    let n = draft.spend_script(ScriptBuf::new_p2tr_tweaked(info.output_key()), 5_000);
    let proof = info.control_block(&(leaf.clone(), LeafVersion::TapScript)).unwrap();
    draft.psbt.inputs[n].tap_scripts.insert(proof, (leaf, LeafVersion::TapScript));
    draft
}

#[test]
fn a_script_as_deep_as_it_is_long_does_not_exhaust_the_stack() {
    let desk = Desk::of(&Person::new(OURS));
    for length in [9_999, 300_000] {
        let draft = deep(length);
        let facts = desk.facts(&draft);
        assert_found(&facts, ForeignInput, Warn, Input(1));
        assert!(desk.sign(&draft).finish().is_err());
        // the same as a finished witness
        let mut draft = draft;
        let (proof, (leaf, _)) = draft.psbt.inputs[1].tap_scripts.pop_first().unwrap();
        let stack = [vec![1; 64], leaf.to_bytes(), proof.serialize()];
        draft.psbt.inputs[1].final_script_witness = Some(Witness::from_slice(&stack));
        assert!(desk.sign(&draft).finish().is_ok(), "not understood, so kept as it is");
    }
}

/// BIP370: a PSBT with all fields of version 2.
const V2: &str = "cHNidP8BAgQCAAAAAQMEAAAAAAEEAQEBBQECAQYBBwH7BAIAAAAAAQBSAgAAAAHBqiVuIUuWoYIvk95Cv/O18/+NBRkwbjUV11FaXoBbEgAAAAAA/////wEYxpo7AAAAABYAFLCjrxRCCEEmk8p9FmhStS2wrvBuAAAAAAEBHxjGmjsAAAAAFgAUsKOvFEIIQSaTyn0WaFK1LbCu8G4BDiALCtkhQZwchxlzXXLcc5+eqeBjjR/kwe7w+ZRAhIFfyAEPBAAAAAABEAT+////AREEjI3EYgESBBAnAAAAIgIC1gH4SEamdV93a+AOPZ3o+xCsyTX7g8RfsBYtTK1at5IY9p2HPlQAAIABAACAAAAAgAAAAAAqAAAAAQMIAAivLwAAAAABBBYAFMQw9kxHVtoxDb0aCFVy7ymZJicsACICAuNvv/U91TQHDPj9OWYUaA81epuF23NAvxz6dF0q17NAGPadhz5UAACAAQAAgAAAAIABAAAAZAAAAAEDCIu96wsAAAAAAQQWABRN0ZOslkpWrBueHMqEVP4vR0+FEwA=";

#[test]
fn a_second_outpoint_sequence_or_amount_behind_more_key_data_is_refused() {
    let bytes = STANDARD.decode(V2).unwrap();
    let limits = Limits::default();
    assert!(Psbt::parse(&bytes, &limits).is_ok());
    for (field, length) in [(0x0e, 0x20), (0x0f, 4), (0x10, 4), (0x03, 8), (0x04, 0x16)] {
        let begin = [1, field, length];
        let at = bytes.windows(3).rposition(|window| window == begin).unwrap();
        let mut more = bytes.clone();
        let second = [&[2, field, 0, length][..], &vec![0; length.into()]].concat();
        let behind = at + 3 + usize::from(length);
        more.splice(behind..behind, second);
        assert!(Psbt::parse(&more, &limits).is_err(), "{field:#04x}");
    }
}

#[test]
fn more_paths_to_our_keys_than_a_wallet_has_are_not_followed() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    let steps = "/1h".repeat(249);
    for (account, key) in points(20).into_iter().enumerate() {
        let n = draft.pay(payee(), 1_000);
        let source = ours.source(&format!("m/{account}h{steps}/0"));
        draft.psbt.outputs[n].bip32_derivation.insert(key.inner, source);
    }
    assert_refused(&Desk::of(&ours).examine(&draft), FeatureUnsupported, Tx);
    // an honest wallet's thousand addresses hang on few branches
    let mut draft = Draft::ordinary(&ours);
    for index in 0..1_000 {
        draft.back(&ours_at(&ours, 1, index), 1);
    }
    assert_lacks(&Desk::of(&ours).facts(&draft), FeatureUnsupported);
}

#[test]
fn legacy_signatures_of_others_are_verified_within_a_bound() {
    let ours = Person::new(OURS);
    let bob = Person::new(BOB);
    let key = PublicKey::new(bob.key("m/44h/1h/0h/0/0"));
    let mut draft = Draft::ordinary(&ours);
    let script = ScriptBuf::new_p2pkh(&key.pubkey_hash());
    for _ in 0..6_000 {
        let n = draft.spend_script(script.clone(), 1_000);
        draft.unproven(n);
        let signature = [0x30, 6, 2, 1, 1, 2, 1, 1, 1];
        let signature = bitcoin::ecdsa::Signature::from_slice(&signature).unwrap();
        draft.psbt.inputs[n].partial_sigs.insert(key, signature);
    }
    // each digest hashes all 246,000 bytes of inputs again
    let facts = Desk::of(&ours).facts(&draft);
    assert_eq!(facts.inputs[6_000].signatures.present, 0);
}
