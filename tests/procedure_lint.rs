//! Wrong procedures: each is refused with its line and reason. Each is the sound one with one change.

use coldlight::cli::exit::Exit;
use coldlight::cli::lint_procedure::{LintProcedureArgs, run};
use coldlight::cli::print_procedure::{self, PrintProcedureArgs};
use coldlight::procedure::{FILE_MOST, SHIPPED, STEPS_MOST, lint};

const SOUND: &str = r#"id = "sign-a-payment"
version = 1
title = "Sign a payment"
key_state = ["drilled", "active"]
interval_days = 30
ccss = ["1.04.6"]

[[role]]
id = "custodian"
title = "Custodian"
minimum = 1
differs_from = ["witness"]

[[role]]
id = "witness"
title = "Witness"
minimum = 1

[[material]]
id = "bag"
title = "Sealed bag"
serial = "seal"

[[step]]
id = "network"
kind = "check"
text = "The machine looks for a network."
role = "custodian"
predicate = "no-network-device"
failure = "abort"

[[step]]
id = "open"
kind = "enter"
text = "Read the number on the seal."
role = "custodian"
witness = "witness"
field = "seal"
as_last = "seal"
failure = { retry = 3 }

[[step]]
id = "passphrase"
kind = "enter-secret"
text = "Type the passphrase."
role = "custodian"
field = "words"
failure = "abort"

[[step]]
id = "review"
kind = "review-psbt"
text = "Look at every page."
role = "custodian"
witness = "witness"
failure = "abort"

[[step]]
id = "sign"
kind = "sign"
text = "Sign."
role = "custodian"
failure = "abort"

[[step]]
id = "drill"
kind = "verify-backup"
text = "Read a backup back."
role = "custodian"
failure = { go-to = "attest" }

[[step]]
id = "export"
kind = "export"
text = "Show the account."
role = "custodian"
failure = "abort"

[[step]]
id = "attest"
kind = "attest"
text = "Say that it was so."
role = "witness"
of = "seal"
failure = "abort"
"#;

/// The sound procedure with `from`, which stands in it once, made `to`; and the line of `to`.
fn changed(from: &str, to: &str) -> (String, usize) {
    assert_eq!(SOUND.matches(from).count(), 1, "stands once: {from}");
    let at = SOUND.find(from).expect("it stands there");
    (SOUND.replace(from, to), 1 + SOUND[..at].matches('\n').count())
}

/// Was, is, lines below the change's first, what the reason has.
const WRONG: &[(&str, &str, isize, &str)] = &[
    ("version = 1", "version = 0", 0, "count from 1"),
    ("version = 1", "version = -1", 0, "cannot be read"),
    ("version = 1", "version = 1\nauthor = \"me\"", 1, "unknown field"),
    ("\"Sign a payment\"", "\"\"", 0, "is empty"),
    ("\"Sign a payment\"", "\"Sign \u{202e}a\"", 0, "cannot be shown"),
    ("id = \"sign-a-payment\"", "id = \"Sign it\"", 0, "small letters"),
    ("interval_days = 30", "interval_days = 0", 0, "at least 1 day"),
    ("\"1.04.6\"", "\"1.04.9\"", 0, "no such control"),
    ("\"1.04.6\"", "\"1.02.6\"", 0, "no such control"),
    ("\"active\"]", "\"lost\"]", 0, "unknown variant"),
    ("[\"witness\"]", "[\"auditor\"]", 0, "no role \"auditor\""),
    ("[\"witness\"]", "[\"witness\", \"custodian\"]", 0, "differ from itself"),
    (
        "title = \"Witness\"\nminimum = 1",
        "title = \"Witness\"\nminimum = 0",
        1,
        "at least 1 person",
    ),
    (
        "[[material]]",
        "[[role]]\nid = \"guest\"\ntitle = \"Guest\"\nminimum = 1\n\n[[material]]",
        1,
        "does and witnesses nothing",
    ),
    (
        "[[material]]",
        "[[role]]\nid = \"witness\"\ntitle = \"Guest\"\nminimum = 1\n\n[[material]]",
        1,
        "stands twice",
    ),
    ("serial = \"seal\"", "serial = \"words\"", 0, "is secret"),
    ("serial = \"seal\"", "serial = \"plate\"", 0, "No step enters"),
    ("id = \"open\"", "id = \"network\"", 0, "stands twice"),
    ("id = \"open\"", "id = \"end\"", 0, "No step is called end"),
    ("kind = \"check\"", "kind = \"think\"", 0, "unknown variant"),
    ("predicate = \"no-network-device\"", "predicate = \"all-is-well\"", 0, "unknown variant"),
    ("kind = \"check\"", "kind = \"confirm\"", 0, "has no predicate"),
    ("field = \"seal\"\nas_last", "as_last", -4, "needs field"),
    ("as_last = \"seal\"", "as_last = true", 0, "cannot be read"),
    ("as_last = \"seal\"", "as_last = \"words\"", 0, "is secret"),
    ("as_last = \"seal\"", "as_last = \"height\"", 0, "No step enters"),
    ("text = \"Sign.\"", "text = \"Sign.\"\nas_last = \"seal\"", -1, "has no as_last"),
    ("field = \"words\"", "field = \"seal\"", 0, "stands twice"),
    ("retry = 3", "retry = 0", 0, "is abort"),
    ("retry = 3", "retry = 200", 0, "at most 10"),
    ("failure = { retry = 3 }", "failure = \"pray\"", 0, "unknown variant"),
    ("role = \"witness\"\nof", "role = \"judge\"\nof", 0, "no role \"judge\""),
    (
        "role = \"witness\"\nof",
        "role = \"witness\"\nwitness = \"witness\"\nof",
        1,
        "Nobody witnesses",
    ),
    ("of = \"seal\"", "of = \"words\"", 0, "is secret"),
    ("of = \"seal\"", "of = \"height\"", 0, "No step enters"),
    ("kind = \"review-psbt\"", "kind = \"confirm\"", 8, "without a review"),
    ("kind = \"verify-backup\"", "kind = \"confirm\"", 7, "before a backup was verified"),
    ("go-to = \"attest\"", "go-to = \"export\"", 4, "before a backup was verified"),
    ("go-to = \"attest\"", "go-to = \"network\"", 0, "leads back"),
    ("go-to = \"attest\"", "go-to = \"nowhere\"", 0, "no step \"nowhere\""),
    ("text = \"Sign.\"", "text = \"Sign.\"\nnext = \"sign\"", 1, "leads back"),
    ("text = \"Sign.\"", "text = \"Sign.\"\nwitness = \"guest\"", 1, "no role \"guest\""),
    (
        "role = \"custodian\"\npredicate",
        "role = \"custodian\"\nnext = \"passphrase\"\npredicate",
        6,
        "No way leads",
    ),
    (
        "text = \"Sign.\"\nrole = \"custodian\"\nfailure = \"abort\"",
        "text = \"Sign.\"\nrole = \"custodian\"\nfailure = { retry = 2 }",
        2,
        "never repeated",
    ),
    (
        "text = \"Sign.\"\nrole = \"custodian\"\nfailure = \"abort\"",
        "text = \"Sign.\"\nrole = \"custodian\"\nfailure = \"deviation\"",
        2,
        "cannot be passed over",
    ),
    (
        "text = \"Read a backup back.\"\nrole = \"custodian\"\nfailure = { go-to = \"attest\" }",
        "text = \"Read a backup back.\"\nrole = \"custodian\"\nfailure = \"deviation\"",
        2,
        "two roles",
    ),
    (
        "text = \"Look at every page.\"\nrole = \"custodian\"\nwitness = \"witness\"\nfailure = \"abort\"",
        "text = \"Look at every page.\"\nrole = \"custodian\"\nwitness = \"witness\"\nfailure = \"deviation\"",
        7,
        "without a review",
    ),
    ("differs_from = [\"witness\"]\n", "\n", 25, "One person could be"),
];

#[test]
fn the_sound_procedure_is_taken() {
    let procedure = lint(SOUND.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?}"));
    assert_eq!(procedure.steps.len(), 8);
}

#[test]
fn each_wrong_procedure_is_refused_with_its_line_and_reason() {
    assert!(WRONG.len() >= 30);
    let mut missed = Vec::new();
    for (from, to, below, reason) in WRONG {
        let (text, first) = changed(from, to);
        let faults = lint(text.as_bytes()).err().unwrap_or_default();
        let found = |fault: &coldlight::procedure::Fault| {
            Some(fault.line) == first.checked_add_signed(*below)
                && fault.reason.contains(reason)
                && fault.reason.ends_with('.')
        };
        if !faults.iter().any(found) {
            missed.push(format!(
                "{to:?}, line {} {reason:?}: {faults:?}",
                first.saturating_add_signed(*below)
            ));
        }
    }
    assert!(missed.is_empty(), "\n{}", missed.join("\n"));
}

#[test]
fn what_is_too_long_or_no_text_is_refused_before_it_is_read() {
    let faults = |bytes: &[u8]| lint(bytes).err().unwrap_or_default();
    assert!(faults(&vec![b'#'; FILE_MOST + 1])[0].reason.contains("longer"));
    let fault = faults(b"id = \"a\"\n\xff").remove(0);
    assert_eq!((fault.line, fault.reason.contains("UTF-8")), (2, true));
    let step = |n| {
        format!(
            "\n[[step]]\nid = \"s{n}\"\nkind = \"note\"\ntext = \"a\"\nrole = \"witness\"\nfailure = \"abort\"\n"
        )
    };
    let many = format!("{SOUND}{}", (0..STEPS_MOST).map(step).collect::<String>());
    assert!(faults(many.as_bytes()).iter().any(|fault| fault.reason.contains("at most 100 steps")));
}

#[test]
fn the_command_names_file_and_line() {
    let path = std::env::temp_dir().join(format!("coldlight-lint-{}.toml", std::process::id()));
    std::fs::write(&path, changed("version = 1", "version = 0").0).expect("a file is written");
    let mut out = Vec::new();
    let exit = run(&LintProcedureArgs { files: vec![path.clone()] }, &mut out);
    std::fs::remove_file(&path).expect("the file is removed");
    assert_eq!(exit, Ok(Exit::Refused));
    let told = String::from_utf8(out).expect("text");
    assert_eq!(told, format!("{}:2: Versions count from 1. Begin with 1.\n", path.display()));
}

#[test]
fn every_shipped_procedure_is_sound_and_has_a_name_of_its_own() {
    let mut faults = Vec::new();
    let mut names = std::collections::BTreeSet::new();
    for text in SHIPPED {
        match lint(text.as_bytes()) {
            Ok(procedure) => {
                assert!(procedure.steps.len() > 10, "{:?}", procedure.id);
                assert!(names.insert(procedure.id.get_ref().clone()), "{:?}", procedure.id);
            }
            Err(found) => faults.push(format!("{}: {found:?}", text.lines().nth(3).unwrap_or(""))),
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert_eq!(names.len(), 15);
}

#[test]
fn a_page_to_print_has_who_what_and_each_step_with_a_box() {
    let mut out = Vec::new();
    let exit = print_procedure::run(&PrintProcedureArgs { which: "backup-drill".into() }, &mut out);
    assert_eq!(exit, Ok(Exit::Done));
    assert_eq!(String::from_utf8(out).expect("text"), include_str!("screens/backup-drill.md"));
}
