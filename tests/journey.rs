//! The whole road through the real terminal: the built program, its keys, its cells.

#[path = "common/terminal.rs"]
mod terminal;

use coldlight::demo::{self, Coordinator, Verdict};
use coldlight::psbt::{Limits, Psbt};
use coldlight::qr::read;
use coldlight::transport::{Collector, Offered};
use terminal::Terminal;

const ENTER: &str = "\r";
const ESC: &str = "\u{1b}";

/// From the home screen to the first page of the demo's review.
fn to_review(terminal: &mut Terminal) {
    terminal.wait_for(&["Sign a payment", "Quit"]);
    let open = !terminal.text().contains("No wallet is open.");
    terminal.press("d");
    terminal.wait_for(&["You sign a payment of test coins"]);
    terminal.press(ENTER);
    if !open {
        terminal.wait_for(&["Is this your wallet?", "b8688df1"]);
        terminal.read_and_press(ENTER);
    }
    terminal.wait_for(&["Review 1 of"]);
}

/// How many pages the review has.
fn pages(terminal: &Terminal) -> usize {
    let text = terminal.text();
    let (_, rest) = text.split_once("Review 1 of ").expect("the first page is on");
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().expect("a number")
}

fn quit(mut terminal: Terminal) -> (u32, String) {
    terminal.wait_for(&["Sign a payment", "Quit"]);
    terminal.press("q");
    terminal.wait_for(&["Quit?"]);
    terminal.press("y");
    terminal.end()
}

#[test]
fn a_newcomer_walks_the_whole_road_and_the_coordinator_accepts() {
    whole_road(Terminal::start(&["--demo"], 80, 25));
}

/// Needs `strace`, which `scripts/test` installs.
#[test]
fn the_whole_road_asks_the_system_for_no_network() {
    let trace = std::env::temp_dir().join(format!("coldlight-strace-{}", std::process::id()));
    let path = trace.to_str().expect("a plain path");
    let strace = ["strace", "-f", "-qq", "-e", "trace=%network,read", "-e", "signal=none"];
    let watcher = [&strace[..], &["-o", path]].concat();
    whole_road(Terminal::start_under(&watcher, &["--demo"], 80, 25));
    let calls = std::fs::read_to_string(&trace).expect("strace wrote what it saw");
    std::fs::remove_file(&trace).expect("it can be removed");
    assert!(calls.contains("read("), "strace saw nothing: {calls}");
    // The terminal library wakes itself through a pair of connected local sockets; nothing else.
    let of_network = |line: &&str| !line.contains("read(") && line.contains('(');
    let local = ["socketpair(AF_UNIX", "sendto(", "recvfrom("];
    let other: Vec<_> = calls
        .lines()
        .filter(of_network)
        .filter(|line| !local.iter().any(|call| line.contains(call)))
        .filter(|line| !line.contains("resumed>"))
        .collect();
    assert!(other.is_empty(), "calls that a program without a network does not make: {other:#?}");
    assert!(!calls.contains("AF_INET") && !calls.contains("AF_NETLINK"), "{calls}");
}

/// From the home screen to the coordinator's word and out.
fn whole_road(mut terminal: Terminal) {
    to_review(&mut terminal);
    for page in 2..=pages(&terminal) {
        terminal.read_and_press(ENTER);
        terminal.wait_for(&[&format!("Review {page} of")]);
    }
    terminal.read_and_press("sign");
    terminal.wait_for(&["[ sign ]"]);
    terminal.press(ENTER);
    terminal.wait_for(&["Signed.", "checked: reads back"]);

    // our own eyes on the terminal's cells
    let mut collector = Collector::default();
    let answer = terminal.wait_until("the whole answer", |terminal| {
        read(&terminal.photograph()).iter().find_map(|symbol| {
            match collector.offer(symbol.bytes()) {
                Offered::Complete(payload) => Some(payload),
                _ => None,
            }
        })
    });
    let asked = Psbt::parse(&demo::unsigned(), &Limits::default()).expect("the demo's payment");
    let verdict = Coordinator::new(asked).judge(answer.bytes());
    assert!(matches!(verdict, Verdict::Valid { .. }), "{verdict}");

    // and the program's own demo coordinator
    terminal.wait_for(&["Demo coordinator: the", "transaction is valid."]);
    terminal.press(ENTER);
    terminal.wait_for(&["2 signatures were made.", "Demo coordinator: Valid"]);
    terminal.press(ENTER);
    let (code, last) = quit(terminal);
    assert_eq!(code, 0);
    assert!(last.contains("Signed 1 time: 2 signatures were made."), "{last}");
    assert!(last.contains("Everything secret was wiped."), "{last}");
}

#[test]
fn who_leaves_at_every_page_in_turn_signs_nothing() {
    let mut terminal = Terminal::start(&["--demo"], 80, 25);
    let mut leave_at = 1;
    loop {
        to_review(&mut terminal);
        let pages = pages(&terminal);
        for page in 2..=leave_at {
            terminal.read_and_press(ENTER);
            terminal.wait_for(&[&format!("Review {page} of")]);
        }
        if leave_at == pages {
            terminal.read_and_press("sig"); // not the word
            terminal.wait_for(&["[ sig_ ]"]);
            terminal.press(ENTER);
        }
        for page in (1..leave_at).rev() {
            terminal.press(ESC);
            terminal.wait_for(&[&format!("Review {page} of")]);
        }
        terminal.press(ESC);
        terminal.wait_for(&["Nothing was signed."]);
        terminal.press(ENTER);
        if leave_at == pages {
            break;
        }
        leave_at += 1;
    }
    let (code, last) = quit(terminal);
    assert_eq!(code, 0);
    assert!(last.contains("Signed 0 times: 0 signatures were made."), "{last}");
}

#[test]
fn what_is_pasted_into_the_review_turns_no_page() {
    let mut terminal = Terminal::start(&["--demo"], 80, 25);
    to_review(&mut terminal);
    let pages = pages(&terminal);
    terminal.read_and_press(&format!("{}sign{ENTER}", ENTER.repeat(pages)));
    terminal.wait_for(&["Review 2 of"]); // the first page had been seen
    terminal.press(ESC);
    terminal.wait_for(&["Review 1 of"]);
    terminal.press(ESC);
    terminal.wait_for(&["Nothing was signed."]);
    terminal.press(ENTER);
    let (_, last) = quit(terminal);
    assert!(last.contains("Signed 0 times: 0 signatures were made."), "{last}");
}

#[test]
fn control_c_asks_first_and_gives_the_terminal_back() {
    let mut terminal = Terminal::start(&["--demo"], 100, 30);
    terminal.wait_for(&["Sign a payment"]);
    terminal.press("\u{3}");
    terminal.wait_for(&["Quit?", "wiped from memory"]);
    terminal.press(ESC);
    terminal.wait_for(&["Sign a payment"]);
    terminal.press("\u{3}");
    terminal.wait_for(&["Quit?"]);
    terminal.press("\u{3}");
    let (code, last) = terminal.end();
    assert_eq!(code, 0);
    assert!(last.contains("Everything secret was wiped."), "{last}");
    assert!(!last.contains("Quit?"), "{last}");
}
