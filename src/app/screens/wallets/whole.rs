//! One wallet, whole: every key and the first address, in a text that scrolls.

use super::super::*;
use super::findings;
use super::words::{Names, ways};
use crate::wallet::{
    Chain, Grade, Judged, Registered, RegistrationFinding, SignerKey, address, groups_of_four,
};

/// Writes all that can be told of a wallet. What was found stands before what it is about.
pub(super) fn write(text: &mut Text, wallet: &Registered, judged: &Judged, came: Option<&str>) {
    let names = Names::of(wallet, &judged.owners);
    text.field("Name", Tone::Strong, wallet.name());
    text.field("Script", Tone::Plain, script(wallet.text()));
    if let Some(came) = came {
        text.field("Came as", Tone::Plain, came);
    }
    let (grave, notes): (Vec<_>, Vec<_>) =
        judged.findings.iter().partition(|finding| finding.grade() > Grade::Note);
    found(text, &grave, &names);
    text.gap();
    text.toned(Tone::Strong, "Who can spend, and when");
    match &judged.policy {
        Some(policy) => ways(text, policy, &names),
        None => {
            text.plain("  It cannot be told.");
        }
    }
    text.gap();
    text.toned(Tone::Strong, "Keys");
    for signer in 0..wallet.signers().len() {
        key(text, wallet, signer, &names);
    }
    if let Some(script) = wallet.script(Chain::Receive, 0) {
        text.gap();
        text.toned(Tone::Strong, "First receive address");
        if let Some(first) = address(&script, wallet.network()) {
            text.line(Line::new("  ").and(Tone::Plain, groups_of_four(&first).join("  ")).hang(2));
        }
    }
    found(text, &notes, &names);
}

fn found(text: &mut Text, findings: &[&RegistrationFinding], names: &Names<'_>) {
    if !findings.is_empty() {
        text.gap();
    }
    findings.iter().for_each(|finding| findings::write(text, finding, names));
}

/// A key with its number, owner, label and origin; the key itself below.
fn key(text: &mut Text, wallet: &Registered, signer: usize, names: &Names<'_>) {
    let one = &wallet.signers()[signer];
    let (tone, whose) = names.owner(signer);
    let mut line = Line::new(format!("{:>3}  ", signer + 1)).and(tone, whose);
    if let Some(label) = wallet.labels().get(signer).and_then(Option::as_deref) {
        line = line.and(Tone::Strong, format!("  {label}"));
    }
    text.line(line);
    let origin = match &one.origin {
        Some((fingerprint, path)) if path.is_empty() => format!("master key {fingerprint}"),
        Some((fingerprint, path)) => format!("{fingerprint} at m/{path}"),
        None => "no origin is said".into(),
    };
    let fixed = match one.key {
        SignerKey::Fixed(_) => "  (one key for every address)",
        SignerKey::Extended(_) => "",
    };
    text.line(Line::new("     ").and(Tone::Plain, origin).and(Tone::Faint, fixed));
    text.line(Line::new("     ").and(Tone::Faint, one.text()).hang(5));
}

/// The kind of script by the descriptor's outer functions.
fn script(descriptor: &str) -> &'static str {
    const KINDS: [(&str, &str); 7] = [
        ("sh(wsh(", "segwit in P2SH, sh(wsh)"),
        ("sh(wpkh(", "segwit single key in P2SH, sh(wpkh)"),
        ("sh(", "legacy P2SH, sh"),
        ("wsh(", "native segwit, wsh"),
        ("wpkh(", "native segwit single key, wpkh"),
        ("tr(", "Taproot, tr"),
        ("pkh(", "legacy single key, pkh"),
    ];
    KINDS.iter().find(|(head, _)| descriptor.starts_with(head)).map_or("another", |(_, kind)| kind)
}
