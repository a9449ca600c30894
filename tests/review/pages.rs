//! The pages in words: snapshots as plain text, and what holds for every page.

use crate::build::*;
use bitcoin::ScriptBuf;
use coldlight::review::{COLUMNS, Examined, Facts, Page, PageKind, ROWS, Style};
use coldlight::wallet::{btc, groups_of_four, sat};

/// The sketch of the review's first screen: 0.25 BTC in two claimed inputs of a 2-of-3.
fn family_payment() -> (Desk, Draft) {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    let family = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob, &carol]);
    let mut draft = Draft::new();
    draft.spend(&family.at(0, 3), 12_500_000);
    draft.spend(&family.at(0, 4), 12_500_000);
    draft.unproven(0);
    draft.unproven(1);
    draft.pay(payee(), 1_500_000);
    draft.back(&family.at(1, 4), 23_498_590);
    (Desk::of(&ours).with(family.wallet("Family")), draft)
}

fn text(pages: &[Page]) -> String {
    pages.iter().map(Page::text).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_review_of_a_shared_payment() {
    let (desk, draft) = family_payment();
    let walk = desk.reviewed(&draft).walk();
    let expected = "\
Review 1 of 4                                           Family 2-of-3  TESTNET
   You pay     0.015 000 00 BTC    1 500 000 sat   1 payee
   Fee         0.000 014 10 BTC        1 410 sat   from 4.81 sat/vB, 0.09 %,
                                                   claimed by the coordinator
   Comes back  0.234 985 90 BTC   23 498 590 sat   change, proven
   Leaves      0.015 014 10 BTC    1 501 410 sat   from Family, claimed

   Signatures   0 of 2 so far for each of your 2 inputs. You give 1 for each.
                Then 1 more: b8688df1 or 28645006.

   ! The amounts of 2 inputs are claimed by the coordinator, not proven.
     Ask the coordinator for full previous transactions if the amounts are not
     what you expect: a false amount would raise the fee.

Review 2 of 4: payment 1 of 1                           Family 2-of-3  TESTNET
   Pay     0.015 000 00 BTC
           1 500 000 sat

   To      tb1q  w508  d6qe  jxtd  g4y5
           r3za  rvar  y0c5  xw7k  xpjz
           sx

           Not one of your wallets.

   Compare every group with the payee's own statement, not with the
   coordinator's screen.

Review 3 of 4: comes back                               Family 2-of-3  TESTNET
   Output 2   0.234 985 90 BTC   23 498 590 sat
           change, proven: Family, index 4
           tb1q  3vs2  6lue  agsl  tdlf  ugjx  53k4  rudg
           4khu  kar8  04f4  4fu6  fm49  mwcq  ddcz  69

Review 4 of 4: confirm                                  Family 2-of-3  TESTNET

   Pay 0.015 000 00 BTC to 1 payee, fee 0.000 014 10 BTC.
   1 warning, read.

   Type  sign  and press Enter.
";
    assert_eq!(text(walk.pages()), expected);
}

#[test]
fn the_inputs_and_details_of_a_shared_payment() {
    let (desk, draft) = family_payment();
    let walk = desk.reviewed(&draft).walk();
    let inputs = text(&walk.input_pages());
    let expected = "\
Inputs 1 of 1                                           Family 2-of-3  TESTNET
   Input 1   0.125 000 00 BTC   12 500 000 sat   claimed by the coordinator
           from Family, p2wsh, 0 of 2 signatures, sequence ffffffff
           tb1q  cl5v  t3av  3d0r  fha2  jut2  da9g  38r2
           5ycn  r49x  ply4  h6c4  w79x  ve0q  hxvh  k3
";
    assert!(inputs.starts_with(expected), "{inputs}");
    let details = text(&walk.detail_pages());
    let expected = "\
Details 1 of 2                                          Family 2-of-3  TESTNET
   Txid       37327e18b3f7fa402b5cc94119663c28239c2d90fffa33f0afd0781c4b4ecfda
   Version    2
   Locktime   0: none
   Sequences  ffffffff (2 inputs)
   Weight     at most 1172 units, 293 vB
";
    assert!(details.starts_with(expected), "{details}");
}

#[test]
fn a_refusal_says_what_happened_and_what_to_do() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.psbt.unsigned_tx.output[1].script_pubkey = payee();
    let Examined::Refused(refusal) = Desk::of(&ours).examine(&draft) else { panic!("not refused") };
    let expected = "\
This transaction is refused. Nothing was signed.                       TESTNET
   CHANGE_FALSE   Output 2 (0.003 990 00 BTC) says that it comes back to you
                  at m/84'/1'/0'/1/0, but that is not its address.
   What to do     Do not sign this from that coordinator again before you have
                  checked its computer.
";
    assert_eq!(text(&refusal.pages()), expected);
}

#[test]
fn data_is_shown_as_visible_text_and_as_hex() {
    let ours = Person::new(OURS);
    let mut draft = Draft::ordinary(&ours);
    draft.pay(ScriptBuf::new_op_return(b"pay \xe2\x80\xaeBob\x1b[2J"), 0);
    let walk = Desk::of(&ours).reviewed(&draft).walk();
    let page = walk
        .pages()
        .iter()
        .filter(|page| page.kind == PageKind::Payment)
        .map(Page::text)
        .nth(1)
        .expect("the data's page");
    assert!(page.contains("Text    | pay <U+202E>Bob<U+001B>[2J\n"), "{page}");
    assert!(page.contains("Hex     70617920 e280ae42 6f621b5b 324a\n"), "{page}");
}

/// Every kind of trouble at once, with the largest numbers and the longest names.
fn hard_cases() -> Vec<(Desk, Draft)> {
    let (ours, bob, carol) = (Person::new(OURS), Person::new(BOB), Person::new(CAROL));
    let family = Multi::new("wsh(sortedmulti(2,KEYS))", &[&ours, &bob, &carol]);
    let name = "A name that is longer than any screen has room for \u{202e}";
    let mut cases = vec![family_payment()];
    // large, odd, many
    let mut draft = Draft::new();
    draft.spend(&family.at(0, 3), 2_099_999_999_999_999);
    draft.spend(&ours_at(&bob, 0, 0), 1);
    draft.unproven(0);
    draft.pay(ScriptBuf::from_hex(&format!("5120{}", "79".repeat(32))).unwrap(), 1_234_567_890_123);
    draft.pay(ScriptBuf::new_op_return([0xff; 75]), 7);
    draft.pay(ScriptBuf::from_bytes(vec![0x51; 9_000]), 5);
    draft.pay(payee(), 1);
    draft.pay(payee(), 2);
    draft.back(&family.at(1, 19_999), 2_000_000_000_000_000);
    draft.back(&family.at(0, 2), 3);
    draft.back(&ours_at(&ours, 1, 0), 4);
    draft.psbt.unsigned_tx.lock_time = bitcoin::absolute::LockTime::from_consensus(u32::MAX);
    draft.psbt.unsigned_tx.input[0].sequence = bitcoin::Sequence::ZERO;
    cases.push((Desk::of(&ours).with(family.wallet(name)), draft));
    // hundreds
    let mut draft = Draft::ordinary(&ours);
    for n in 0..300u32 {
        draft.spend(&ours_at(&bob, 0, n), 1_000_000 + u64::from(n));
        draft.pay(definite(&ours_at(&carol, 0, n)).script_pubkey(), 200 + u64::from(n));
        draft.back(&ours_at(&ours, 1, n), 100_000 + u64::from(n));
    }
    cases.push((Desk::of(&ours), draft));
    cases
}

fn all_pages(facts: &Facts, mandatory: &[Page]) -> Vec<Page> {
    [mandatory.to_vec(), facts.input_pages(), facts.detail_pages()].concat()
}

#[test]
fn every_page_fits_the_smallest_screen_and_has_a_title() {
    for (desk, draft) in hard_cases() {
        let walk = desk.reviewed(&draft).walk();
        for page in all_pages(walk.facts(), walk.pages()) {
            assert!(page.lines.len() <= ROWS, "{}", page.text());
            let header = page.title.chars().count() + 2 + page.context.chars().count();
            assert!(header <= COLUMNS && !page.title.is_empty(), "{}", page.text());
            for line in &page.lines {
                assert!(line.width() <= COLUMNS, "{}", line.text());
                let printable = |letter: char| (' '..='~').contains(&letter) || letter >= 'À';
                assert!(line.text().chars().all(printable), "{}", line.text());
            }
        }
    }
}

#[test]
fn every_character_of_every_address_and_amount_appears_before_signing_is_offered() {
    for (desk, draft) in hard_cases() {
        let walk = desk.reviewed(&draft).walk();
        let shown = text(walk.pages());
        let words = shown.split_whitespace().collect::<Vec<_>>().join(" ");
        for output in &walk.facts().outputs {
            assert!(words.contains(&format!("{} BTC", btc(output.amount))), "{output:?}");
            assert!(words.contains(&format!("{} sat", sat(output.amount))), "{output:?}");
            if let Some(address) = &output.address {
                assert!(words.contains(&groups_of_four(address).join(" ")), "{address}");
            }
        }
        let fee = walk.facts().fee.unwrap();
        assert!(words.contains(&format!("{} BTC", btc(fee))));
    }
}

#[test]
fn every_warning_is_read_before_signing_is_offered() {
    for (desk, draft) in hard_cases() {
        let walk = desk.reviewed(&draft).walk();
        let words = text(walk.pages()).split_whitespace().collect::<Vec<_>>().join(" ");
        for finding in walk.facts().graded(coldlight::review::Grade::Warn) {
            let alone = words.contains(&finding.what);
            let counted = words.contains("The same for ");
            assert!(alone || counted, "{finding:?}");
            assert!(words.contains(&finding.advice), "{finding:?}");
        }
        // by its code and in full where an expert looks
        let details = text(&walk.detail_pages());
        let words = details.split_whitespace().collect::<Vec<_>>().join(" ");
        for finding in &walk.facts().findings {
            assert!(words.contains(finding.code.as_str()) && words.contains(&finding.what));
        }
    }
}

#[test]
fn the_first_and_the_last_group_of_an_address_are_not_emphasised() {
    let ours = Person::new(OURS);
    let walk = Desk::of(&ours).reviewed(&Draft::ordinary(&ours)).walk();
    let page = walk.pages().iter().find(|page| page.kind == PageKind::Payment).unwrap();
    let spans = page.lines.iter().flat_map(|line| &line.spans);
    let style = |text: &str| spans.clone().find(|span| span.text == text).unwrap().style;
    assert_eq!(style("tb1q"), Style::Faint);
    assert_eq!(style("sx"), Style::Faint);
    assert_eq!(style("w508"), Style::Strong);
    assert_eq!(style("xpjz"), Style::Strong);
}

#[test]
fn a_fee_that_is_only_claimed_stands_in_another_style_and_says_so() {
    let (desk, draft) = family_payment();
    let walk = desk.reviewed(&draft).walk();
    let row = walk.pages()[0].lines.iter().find(|line| line.text().contains("Fee")).unwrap();
    assert!(row.spans.iter().any(|span| span.style == Style::Claimed));
    assert!(walk.pages()[0].text().contains("claimed by the coordinator"));
}
