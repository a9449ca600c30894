//! Taproot: a leaf that is not in the tree, or a control block of another output.

use crate::build::*;
use coldlight::review::Code::*;
use coldlight::review::Place::*;

const NUMS: &str = "50929b74c1a04954b78b4b6035e97a5e078a5a0f28ec96d547bfee9ace803ac0";

fn tree(people: &[&Person]) -> Multi {
    Multi::new(&format!("tr({NUMS},multi_a(2,KEYS))"), people)
}

fn payment(wallet: &Multi) -> Draft {
    let mut draft = Draft::new();
    draft.spend(&wallet.at(0, 0), 1_000_000);
    draft.pay(payee(), 990_000);
    draft
}

#[test]
fn a_leaf_that_its_control_block_does_not_prove_is_refused() {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    let shared = tree(&[&ours, &bob]);
    let desk = Desk::of(&ours).with(shared.wallet("Shared"));
    assert_eq!(codes(&desk.facts(&payment(&shared))), []);
    let other = payment(&tree(&[&ours, &carol]));
    // another tree's leaf with this tree's control block, and the other way round
    let honest = payment(&shared);
    let (proof, leaf) = honest.psbt.inputs[0].tap_scripts.iter().next().unwrap();
    let (other_proof, other_leaf) = other.psbt.inputs[0].tap_scripts.iter().next().unwrap();
    let mut swapped = payment(&shared);
    swapped.psbt.inputs[0].tap_scripts = [(proof.clone(), other_leaf.clone())].into();
    assert_refused(&desk.examine(&swapped), ScriptWrong, Input(0));
    let mut longer = proof.clone();
    longer.internal_key = ours.key("m/1").x_only_public_key().0;
    let mut swapped = payment(&shared);
    swapped.psbt.inputs[0].tap_scripts = [(longer, leaf.clone())].into();
    assert_refused(&desk.examine(&swapped), ScriptWrong, Input(0));
    let _ = other_proof;
}

#[test]
fn a_second_leaf_beside_the_honest_one_is_refused() {
    let (ours, bob) = (Person::new(OURS), Person::new(BOB));
    let shared = tree(&[&ours, &bob]);
    let desk = Desk::of(&ours).with(shared.wallet("Shared"));
    let mut draft = payment(&shared);
    let path = "m/48h/1h/0h/2h/0/0";
    let script = bitcoin::script::Builder::new()
        .push_x_only_key(&ours.key(path).x_only_public_key().0)
        .push_opcode(bitcoin::opcodes::all::OP_CHECKSIG)
        .into_script();
    let (proof, (_, version)) = draft.psbt.inputs[0]
        .tap_scripts
        .iter()
        .next()
        .map(|(a, b)| (a.clone(), b.clone()))
        .unwrap();
    let mut other = proof.clone();
    other.output_key_parity = match proof.output_key_parity {
        bitcoin::secp256k1::Parity::Even => bitcoin::secp256k1::Parity::Odd,
        bitcoin::secp256k1::Parity::Odd => bitcoin::secp256k1::Parity::Even,
    };
    draft.psbt.inputs[0].tap_scripts.insert(other, (script, version));
    assert_refused(&desk.examine(&draft), ScriptWrong, Input(0));
}

#[test]
fn a_tree_behind_our_internal_key_is_no_plain_key() {
    // the attacker's leaf under our own internal key: it looks like our BIP86 output
    let (ours, thief) = (Person::new(OURS), Person::new(BOB));
    let poisoned = Multi::of_template(format!(
        "tr({}/{{}},pk({}/{{}}))",
        ours.origin("m/86h/1h/0h"),
        thief.origin("m/86h/1h/0h")
    ));
    let mut draft = Draft::ordinary(&ours);
    let n = draft.back(&poisoned.at(1, 0), 500);
    let facts = Desk::of(&ours).facts(&draft);
    assert_found(&facts, WalletUnknown, coldlight::review::Grade::Warn, Output(n));
    assert_eq!(facts.outputs[n].kind, coldlight::review::OutputKind::External);
    // with the tree left out of the PSBT it claims to be BIP86, and is not
    draft.psbt.outputs[n].tap_tree = None;
    draft.psbt.outputs[n].tap_key_origins.retain(|_, (leaves, _)| leaves.is_empty());
    assert_refused(&Desk::of(&ours).examine(&draft), ChangeFalse, Output(n));
}
