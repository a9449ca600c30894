//! Labels as other wallets write and read them (BIP329).

use coldlight::wallet::{Label, LabelFault, Labelled, Labels, LabelsError};

const TXID: &str = "f91d0a8a78462bc59398f2c5d7a84fcff491c26ba54c4833478b202796c8aafd";

/// The example of BIP329, shortened to the fields that it had first.
fn example() -> String {
    let xpub = "xpub661MyMwAqRbcFtXgS5sYJABqqG9YLmC4Q1Rdap9gSE8NqtwybGhePY2gZ29ESFjqJoCu1Rupje8YtG\
                qsefD265TMg7usUDFdp6W1EGMcet8";
    [
        format!(r#"{{ "type": "tx", "ref": "{TXID}", "label": "Transaction", "origin": "wpkh([d34db33f/84'/0'/0'])" }}"#),
        r#"{ "type": "addr", "ref": "bc1q34aq5drpuwy3wgl9lhup9892qp6svr8ldzyy7c", "label": "Address" }"#.into(),
        r#"{ "type": "pubkey", "ref": "0283409659355b6d1cc3c32decd5d561abaac86c37a353b52895a5e6c196d6f448", "label": "Public Key" }"#.into(),
        format!(r#"{{ "type": "input", "ref": "{TXID}:0", "label": "Input" }}"#),
        format!(r#"{{ "type": "output", "ref": "{TXID}:1", "label": "Output", "spendable": false }}"#),
        format!(r#"{{ "type": "xpub", "ref": "{xpub}", "label": "Extended Public Key" }}"#),
        format!(r#"{{ "type": "tx", "ref": "{}", "label": "Another" }}"#, TXID.replace('f', "e")),
    ]
    .join("\n")
}

fn fault(line: &str) -> LabelFault {
    match Labels::read(&format!("\n{line}\n")) {
        Err(LabelsError::Line { number: 2, fault }) => fault,
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn every_type_of_bip329_is_read_and_written_so_that_it_reads_the_same() {
    let labels = Labels::read(&example()).unwrap();
    let kinds: Vec<&str> = labels.iter().map(|label| label.reference().kind()).collect();
    assert_eq!(kinds, ["tx", "addr", "pubkey", "input", "output", "xpub", "tx"]);
    let output = labels.iter().nth(4).unwrap();
    assert!(matches!(output.reference(), Labelled::Output { spendable: Some(false), .. }));
    let written = labels.write();
    assert_eq!(written.lines().count(), 7);
    assert_eq!(
        written.lines().nth(4).unwrap(),
        format!(r#"{{"type":"output","ref":"{TXID}:1","label":"Output","spendable":false}}"#)
    );
    assert_eq!(Labels::read(&written).unwrap(), labels);
    assert_eq!(Labels::read(&example().replace('\n', "\r\n\r\n")).unwrap(), labels);
}

#[test]
fn of_two_labels_for_one_thing_the_later_counts_in_the_place_of_the_first() {
    let line = |label: &str| format!(r#"{{"type":"tx","ref":"{TXID}","label":"{label}"}}"#);
    let labels = Labels::read(&format!("{}\n{}", line("first"), line("later"))).unwrap();
    let texts: Vec<_> = labels.iter().map(Label::text).collect();
    assert_eq!(texts, [Some("later")]);
}

#[test]
fn what_is_no_label_is_told_with_its_line() {
    let tx = |rest: &str| format!(r#"{{"type":"tx","ref":"{TXID}"{rest}}}"#);
    assert_eq!(fault(r#"{"type":"coin","ref":"x"}"#), LabelFault::Type);
    assert_eq!(fault(r#"{"type":"tx","ref":"abc"}"#), LabelFault::Reference);
    assert_eq!(fault(&tx(r#","spendable":true"#)), LabelFault::Spendable);
    let json = |line: &str| matches!(fault(line), LabelFault::Json { .. });
    assert!(json(r#"{"type":"tx"}"#));
    assert!(json(&tx(r#","label":"a","label":"b""#)));
    assert!(json(&tx(r#","label":7"#)));
    assert!(json("[]"));
    assert!(json(&tx(&format!(r#","more":{}"#, "[".repeat(1_000)))));
    // one character of the address is another
    let wrong = r#"{"type":"addr","ref":"bc1q34aq5drpuwy3wgl9lhup9892qp6svr8ldzyy7d"}"#;
    assert_eq!(fault(wrong), LabelFault::Reference);
    assert_eq!(Labels::read("\n \n"), Err(LabelsError::Empty));
}

#[test]
fn lines_labels_and_bytes_are_bounded_at_the_last_one() {
    let empty = format!(r#"{{"type":"tx","ref":"{TXID}","more":""}}"#);
    let padded = |length: usize| {
        empty.replace(r#""more":"""#, &format!(r#""more":"{}""#, "x".repeat(length - empty.len())))
    };
    assert!(Labels::read(&padded(Labels::LONGEST_LINE)).is_ok());
    assert_eq!(fault(&padded(Labels::LONGEST_LINE + 1)), LabelFault::Long);
    let many = |count: usize| {
        let line = |n: usize| format!("{{\"type\":\"output\",\"ref\":\"{TXID}:{n}\"}}\n");
        (0..count).map(line).collect::<String>()
    };
    assert_eq!(Labels::read(&many(Labels::MOST)).unwrap().iter().len(), Labels::MOST);
    assert_eq!(Labels::read(&many(Labels::MOST + 1)), Err(LabelsError::Many));
    assert_eq!(Labels::read(&" ".repeat(Labels::LONGEST + 1)), Err(LabelsError::Long));
}

#[test]
fn what_could_deceive_in_a_name_is_replaced_and_a_long_one_is_cut() {
    let read = |label: &str| {
        let labels = Labels::read(&format!(r#"{{"type":"tx","ref":"{TXID}","label":"{label}"}}"#));
        labels.unwrap().iter().next().unwrap().text().unwrap().to_owned()
    };
    assert_eq!(read(r"pay \u202e me"), "pay ? me");
    assert_eq!(read("<U+202E>"), "?U+202E>");
    assert_eq!(read(&read("<U+202E>")), read("<U+202E>"));
    assert_eq!(read(&"x".repeat(300)), "x".repeat(255));
    assert_eq!(read(&format!("x{}", "ü".repeat(200))), format!("x{}", "ü".repeat(127)));
}
