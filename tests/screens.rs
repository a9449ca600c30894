//! The signer's screens: what a person reads on them, at every size, and that nothing is signed
//! before the word was typed.

#[path = "common/approved.rs"]
mod approved;
#[path = "common/stage.rs"]
mod stage;

use approved::Approved;
use coldlight::app::{Command, Event, Key, Keymap, Screen, Source};
use coldlight::demo;
use coldlight::device::console::font::{Font, FontSize};
use coldlight::keys::signing_calls;
use coldlight::psbt::{Limits, Psbt};
use coldlight::qr::read;
use coldlight::ui::{Palette, qr::photograph};
use coldlight::wallet::Network;
use stage::{Stage, payment_reel, settings, text_of};
use std::str::FromStr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The smallest window, a common one and a large one.
const SIZES: [(u16, u16); 3] = [(80, 25), (120, 40), (200, 60)];

/// The counter of signing calls belongs to the process: tests that sign take turns.
fn signing() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Every screen of the road, each with a name; `see` is called with each of them.
fn walk_everything(stage: &mut Stage, see: &mut dyn FnMut(&str, &mut Stage)) {
    see("home", stage);
    stage.press(Key::Char('?'));
    see("help", stage);
    stage.press(Key::Esc);
    stage.press(Key::Char('n'));
    see("network", stage);
    stage.press(Key::Char('m'));
    see("no-mainnet", stage);
    stage.press(Key::Esc);
    stage.press(Key::Esc);
    stage.press(Key::Char('w'));
    see("wallets", stage);
    stage.press(Key::Esc);
    stage.press(Key::Char('o'));
    see("open", stage);
    stage.press(Key::Char('t'));
    stage.type_keys("lega winn than yea");
    see("words-begun", stage);
    stage.type_keys(" wave saus wort usef lega winn than yel ");
    see("words-complete", stage);
    stage.press(Key::Enter);
    stage.type_keys("open sesame");
    see("passphrase", stage);
    stage.press(Key::Tab);
    see("passphrase-shown", stage);
    stage.press(Key::Enter);
    stage.tick(1);
    see("fingerprint", stage);
    stage.press(Key::Esc);
    stage.press(Key::Esc);
    stage.press(Key::Esc);
    stage.press(Key::Esc);
    stage.press(Key::Char('d'));
    see("demo", stage);
    stage.press(Key::Enter);
    stage.tick(1);
    see("demo-wallet", stage);
    stage.press(Key::Enter);
    see("scan-starting", stage);
    stage.send(Event::SourceOpened("demo".into()));
    stage.preview();
    stage.codes(&[&payment_reel().part(0)]);
    see("scan", stage);
    stage.show_demo_payment();
    let mut page = 1;
    while let Screen::Review(_) = stage.app.screen() {
        see(&format!("review-{page}"), stage);
        page += 1;
        if page > 2 {
            stage.press(Key::Enter);
            continue;
        }
        stage.press(Key::Char('i'));
        see("inputs", stage);
        stage.press(Key::Esc);
        stage.press(Key::Char('d'));
        see("details", stage);
        stage.press(Key::Esc);
        stage.press(Key::Enter);
    }
    see("confirm", stage);
    stage.type_keys("sig");
    see("confirm-typed", stage);
    stage.type_keys("n\n");
    stage.tick(1);
    see("answer", stage);
    stage.let_it_be_read();
    see("answer-read", stage);
    stage.press(Key::Enter);
    see("done", stage);
    stage.press(Key::Enter);
    see("home-open", stage);
    stage.press(Key::Interrupt);
    see("quit", stage);
    stage.press(Key::Esc);
    stage.press(Key::Char('l'));
    see("locked", stage);
}

/// The Linux console's own font holds these and 7-bit ASCII (code page 437). It shows the screens of
/// a dedicated machine without a framebuffer.
const GLYPHS: &str = "─│┌┐└┘├┤┬┴┼░▒▓█▀▄·←→↑↓";

/// Names of languages are written as those who speak them do, even where that font lacks a letter.
fn is_in_a_layouts_name(glyph: &str) -> bool {
    Keymap::ALL.iter().any(|keymap| keymap.label().contains(glyph))
}

#[test]
fn every_glyph_of_every_screen_is_in_the_consoles_font() {
    let _turn = signing();
    let fonts = FontSize::ALL.map(|size| Font::new(size).expect("the fonts are whole"));
    for (columns, rows) in SIZES {
        for palette in [Palette::True, Palette::Indexed, Palette::Console] {
            let mut stage = Stage::new(columns, rows);
            stage.palette = palette;
            walk_everything(&mut stage, &mut |name, stage| {
                for cell in &stage.draw().0.content {
                    let glyph = cell.symbol();
                    let plain =
                        glyph.len() == 1 && (' '..='~').contains(&char::from(glyph.as_bytes()[0]));
                    let known = plain || GLYPHS.contains(glyph) || is_in_a_layouts_name(glyph);
                    assert!(known, "{name}: {glyph:?}");
                    let drawn = |font: &Font| glyph.chars().all(|glyph| font.has(glyph));
                    assert!(fonts.iter().all(drawn), "{name}: {glyph:?}");
                }
            });
        }
    }
}

#[test]
fn nothing_is_cut_off_at_any_size() {
    let _turn = signing();
    for (columns, rows) in SIZES {
        walk_everything(&mut Stage::new(columns, rows), &mut |name, stage| {
            let view = stage.app.view();
            let layout = view.layout(stage.app.size());
            let shown = stage.text();
            let shown: String = shown.split_whitespace().collect();
            for row in layout.rows.iter().chain(&layout.footer).skip(layout.top).take(layout.height)
            {
                let words: String = row.spans().iter().map(|span| span.text()).collect();
                let words: String = words.split_whitespace().collect();
                assert!(shown.contains(&words), "{name} at {columns} x {rows}: {words}");
            }
        });
    }
}

/// Screens as they are meant, in `tests/screens/`. `UPDATE_SCREENS=1` writes them anew.
#[test]
fn the_screens_read_as_they_were_approved() {
    let _turn = signing();
    let mut approved = Approved::begin();
    walk_everything(&mut Stage::new(80, 25), &mut |name, stage| {
        approved.see(name, &stage.text());
    });
    approved.hold();
}

/// Letters and digits of all review pages of the demo's payment, without the spaces between groups.
fn review_text(columns: u16, rows: u16) -> String {
    let mut stage = Stage::new(columns, rows);
    stage.walk_to_review();
    let mut seen = String::new();
    while let Screen::Review(_) = stage.app.screen() {
        seen.push_str(&stage.text());
        stage.press(Key::Enter);
    }
    seen.push_str(&stage.text());
    seen.chars().filter(|character| !character.is_whitespace()).collect()
}

#[test]
fn every_character_of_every_address_and_amount_appears() {
    let payment = Psbt::parse(&demo::unsigned(), &Limits::default()).expect("the demo's payment");
    for (columns, rows) in SIZES {
        let seen = review_text(columns, rows);
        for output in payment.outputs() {
            let script = &output.txout.script_pubkey;
            let address = bitcoin::Address::from_script(script, bitcoin::Network::Testnet)
                .expect("the demo pays to addresses")
                .to_string();
            assert!(seen.contains(&address), "{address} at {columns} x {rows}");
            let sat = output.txout.value.to_sat();
            assert!(seen.contains(&format!("{sat}sat")), "{sat} at {columns} x {rows}");
            let btc = format!("{}.{:08}BTC", sat / 100_000_000, sat % 100_000_000);
            assert!(seen.contains(&btc), "{btc} at {columns} x {rows}");
        }
    }
}

#[test]
fn leaving_at_every_page_in_turn_signs_nothing() {
    let _turn = signing();
    let before = signing_calls();
    let mut leave_at = 0;
    loop {
        let mut stage = Stage::new(80, 25);
        stage.walk_to_review();
        assert!(matches!(stage.app.screen(), Screen::Review(_)), "{}", stage.text());
        for _ in 0..leave_at {
            stage.press(Key::Enter);
        }
        let last = matches!(stage.app.screen(), Screen::Confirm(_));
        if last {
            stage.type_keys("sig\n"); // not the word
            assert!(matches!(stage.app.screen(), Screen::Confirm(_)));
        }
        for _ in 0..=leave_at {
            stage.press(Key::Esc);
        }
        assert!(stage.text().contains("Nothing was signed."), "{}", stage.text());
        assert_eq!((stage.app.signatures(), signing_calls()), (0, before));
        if last {
            return;
        }
        leave_at += 1;
    }
}

#[test]
fn keys_typed_ahead_turn_no_page_that_nobody_has_seen() {
    let mut stage = Stage::new(80, 25);
    stage.walk_to_review();
    let first = stage.text();
    let paste = |stage: &mut Stage| {
        for key in [Key::Enter, Key::Right, Key::PageDown, Key::Enter, Key::Enter, Key::Enter] {
            stage.send(Event::Key(key));
        }
        "sign".chars().for_each(|letter| stage.send(Event::Key(Key::Char(letter))));
        stage.send(Event::Key(Key::Enter));
    };
    // before the page was drawn, and as soon as it was
    paste(&mut stage);
    assert_eq!(stage.text(), first);
    stage.tick(1);
    paste(&mut stage);
    assert_eq!(stage.text(), first);
    // one page at a time, and the word only on the last one
    while let Screen::Review(_) = stage.app.screen() {
        let page = stage.text();
        stage.read_screen();
        paste(&mut stage);
        assert_ne!(stage.text(), page);
    }
    stage.tick(1);
    paste(&mut stage);
    assert!(stage.text().contains("[ ____ ]"), "{}", stage.text());
    // going back needs no reading
    while let Screen::Confirm(_) | Screen::Review(_) = stage.app.screen() {
        stage.send(Event::Key(Key::Esc));
    }
    assert!(stage.text().contains("Nothing was signed."), "{}", stage.text());
    assert_eq!(stage.app.signatures(), 0);
}

#[test]
fn a_page_in_a_window_that_is_too_small_has_not_been_seen() {
    let mut stage = Stage::new(80, 25);
    stage.walk_to_review();
    let first = stage.text();
    stage.send(Event::Resize(40, 10));
    stage.read_screen();
    stage.send(Event::Resize(80, 25));
    stage.send(Event::Key(Key::Enter));
    assert_eq!(stage.text(), first);
}

#[test]
fn the_word_signs_once_and_the_coordinator_reads_the_drawn_cells() {
    let _turn = signing();
    for (columns, rows) in SIZES {
        for palette in [Palette::True, Palette::Indexed, Palette::Console] {
            let before = signing_calls();
            let mut stage = Stage::new(columns, rows);
            stage.palette = palette;
            stage.walk_to_review();
            while let Screen::Review(_) = stage.app.screen() {
                stage.press(Key::Enter);
            }
            stage.type_keys("sign\n");
            stage.tick(1);
            assert_eq!(signing_calls(), before + 1);
            assert_eq!(stage.app.signatures(), 2);
            stage.let_it_be_read();
            assert!(stage.text().contains("valid"), "{}", stage.text());
            stage.press(Key::Enter);
            assert!(stage.text().contains("Demo coordinator: Valid"), "{}", stage.text());
            assert_eq!(signing_calls(), before + 1);
        }
    }
}

#[test]
fn a_drawn_code_is_read_off_the_cells_in_every_format() {
    let _turn = signing();
    let mut stage = Stage::new(120, 40);
    stage.walk_to_review();
    while let Screen::Review(_) = stage.app.screen() {
        stage.press(Key::Enter);
    }
    stage.type_keys("sign\n");
    stage.tick(1);
    for key in ['f', 'f', 'f', 'f', 'f', 'f', 'w', 't', '[', ']'] {
        let (buffer, code) = stage.draw();
        let Some(area) = code else {
            // one static code is too large for this window, and the screen says so
            assert!(text_of(&buffer).contains("needs a window of"), "{}", text_of(&buffer));
            stage.press(Key::Char(key));
            continue;
        };
        let picture = photograph(&buffer, area).expect("the area is in the buffer");
        assert_eq!(read(&picture).len(), 1, "{}", text_of(&buffer));
        stage.press(Key::Char(key));
    }
}

#[test]
fn a_window_too_small_is_asked_to_grow_and_takes_no_keys() {
    let mut stage = Stage::new(60, 20);
    assert!(stage.text().contains("Please make this window larger"));
    assert!(stage.text().contains("80 columns, 25 rows"));
    stage.press(Key::Char('o')); // what cannot be seen is not taken
    stage.send(Event::Resize(80, 25));
    assert!(matches!(stage.app.screen(), Screen::Home(_)));
}

#[test]
fn going_back_keeps_the_words_until_the_home_screen_is_reached() {
    let mut stage = Stage::new(80, 25);
    stage.type_keys("otlega winn ");
    stage.press(Key::Esc);
    assert!(stage.text().contains("Go on typing"));
    stage.press(Key::Char('t'));
    assert!(stage.text().contains("winner"));
    stage.press(Key::Esc);
    stage.press(Key::Esc);
    stage.press(Key::Char('o'));
    assert!(!stage.text().contains("Go on typing"));
    stage.press(Key::Char('t'));
    assert!(!stage.text().contains("winner"));
}

#[test]
fn a_passphrase_is_hidden_until_its_owner_shows_it() {
    let mut stage = Stage::new(80, 25);
    stage.type_keys("otlega winn than year wave saus wort usef lega winn than yel \n");
    stage.type_keys("secret? n");
    assert!(!stage.text().contains("secret?"));
    stage.press(Key::Tab);
    assert!(stage.text().contains("secret? n"));
}

#[test]
fn keys_for_the_main_network_are_refused_without_the_flag() {
    let mut stage = Stage::new(80, 25);
    stage.type_keys("nm");
    assert!(stage.text().contains("refused in an ordinary terminal"));
    assert!(stage.text().contains("--mainnet"));
    let mut settings = settings();
    settings.network = Network::Main;
    let mut stage = Stage::with(settings, 80, 25);
    stage.type_keys("ot");
    assert!(stage.text().contains("refused in an ordinary terminal"));
}

#[test]
fn the_banner_names_the_networks_that_are_up() {
    assert!(Stage::new(80, 25).text().contains("not air-gapped: eth0, wlan0 are up"));
}

#[test]
fn a_payment_can_be_scanned_before_its_wallet_is_open() {
    let mut stage = Stage::new(80, 25);
    stage.type_keys("sp");
    assert_eq!(stage.commands, [Command::OpenEye(Source::Demo)]);
    stage.show_demo_payment();
    assert!(stage.text().contains("Open the wallet that pays it"), "{}", stage.text());
    stage.type_keys("tlega winn than year wave saus wort usef lega winn than yel \n\n");
    stage.tick(1);
    assert!(stage.text().contains("b8688df1"), "{}", stage.text());
    stage.press(Key::Enter);
    stage.tick(1);
    assert!(matches!(stage.app.screen(), Screen::Review(_)), "{}", stage.text());
}

#[test]
fn a_seed_code_is_not_taken_for_a_payment() {
    let mut stage = Stage::new(80, 25);
    stage.type_keys("sp");
    // SeedQR of BIP39's all-zero entropy: eleven times word 0, then word 3
    stage.codes(&["000000000000000000000000000000000000000000000003"]);
    assert!(matches!(stage.app.screen(), Screen::Scan(_)));
    assert!(stage.text().contains("holds backup words"), "{}", stage.text());
}

#[test]
fn a_part_of_another_message_is_said_and_start_over_is_offered() {
    let mut stage = Stage::new(80, 25);
    stage.type_keys("sp");
    stage.codes(&["p1of3 cHNidP8B"]);
    assert!(stage.text().contains("1 of 3 parts"), "{}", stage.text());
    stage.codes(&["p1of9 cHNidP8B"]);
    assert!(stage.text().contains("belongs to another"), "{}", stage.text());
    assert!(stage.text().contains("1 of 3 parts"));
    stage.press(Key::Char('x'));
    assert!(!stage.text().contains("of 3 parts"));
}

#[test]
fn the_camera_is_let_go_whenever_the_scan_screen_is_left() {
    for leave in [Key::Esc, Key::Interrupt, Key::Char('?')] {
        let mut stage = Stage::new(80, 25);
        stage.type_keys("sp");
        stage.press(leave);
        assert_eq!(stage.commands, [Command::OpenEye(Source::Demo), Command::CloseEye]);
    }
}

#[test]
fn locking_forgets_the_wallet_and_the_payment() {
    let mut stage = Stage::new(80, 25);
    stage.walk_to_review();
    stage.press(Key::Esc);
    stage.press(Key::Enter);
    assert!(stage.text().contains("Demo wallet b8688df1 is open."), "{}", stage.text());
    stage.press(Key::Char('l'));
    stage.press(Key::Enter);
    assert!(stage.text().contains("No wallet is open."));
}

#[test]
fn a_payment_without_a_key_of_ours_is_refused_and_nothing_is_signed() {
    let _turn = signing();
    let before = signing_calls();
    let mut stage = Stage::new(80, 25);
    // BIP39's all-zero words: another wallet than the demo's
    stage.type_keys("otaban aban aban aban aban aban aban aban aban aban aban abou \n\n");
    stage.tick(1);
    stage.type_keys("\ns");
    stage.show_demo_payment();
    assert!(matches!(stage.app.screen(), Screen::Refused(_)), "{}", stage.text());
    assert!(stage.text().contains("NOTHING_TO_SIGN"), "{}", stage.text());
    stage.type_keys("sign\n\n");
    stage.tick(1);
    assert_eq!((stage.app.signatures(), signing_calls()), (0, before));
}

/// 2 of 2 with BIP84's test account key twice over (its own and another chain): public, of no value.
const SHARED: &str = "wsh(sortedmulti(2,[73c5da0a/84'/1'/0']tpubDC8msFGeGuwnKG9Upg7DM2b4DaRqg3CUZa5g8v2SRQ6K4NSkxUgd7HsL2XVWbVm39yBA4LAxysQAm397zwQSQoQgewGiYZqrA9DsP4zbQ1M/<0;1>/*,[73c5da0a/84'/1'/0']tpubDC8msFGeGuwnKG9Upg7DM2b4DaRqg3CUZa5g8v2SRQ6K4NSkxUgd7HsL2XVWbVm39yBA4LAxysQAm397zwQSQoQgewGiYZqrA9DsP4zbQ1M/<2;3>/*))";

#[test]
fn a_wallet_is_shown_before_it_is_loaded_and_locking_forgets_it() {
    let mut settings = settings();
    settings.demo = false;
    let mut stage = Stage::with(settings, 80, 25);
    stage.type_keys("wa");
    assert_eq!(stage.commands, [Command::OpenEye(Source::Camera)]);
    stage.codes(&[&format!("{SHARED}#xxxxxxxx")]);
    assert!(stage.text().contains("checksum"), "{}", stage.text());
    stage.type_keys("\na");
    let checked = miniscript::Descriptor::<miniscript::DescriptorPublicKey>::from_str(SHARED)
        .expect("a descriptor")
        .to_string();
    stage.codes(&[&checked]);
    assert!(stage.text().contains("Register a shared wallet?"), "{}", stage.text());
    assert!(stage.text().contains("73c5da0a at m/"), "{}", stage.text());
    stage.press(Key::Esc);
    assert!(stage.text().contains("None is registered."));
    stage.press(Key::Esc);
    stage.register(&checked);
    stage.press(Key::Char('w'));
    assert!(!stage.text().contains("None is registered."), "{}", stage.text());
    stage.press(Key::Lock);
    stage.press(Key::Char('w'));
    assert!(stage.text().contains("None is registered."), "{}", stage.text());
}

#[test]
fn a_wallet_is_forgotten_when_another_network_is_chosen() {
    let mut settings = settings();
    settings.demo = false;
    let mut stage = Stage::with(settings, 80, 25);
    let checked = miniscript::Descriptor::<miniscript::DescriptorPublicKey>::from_str(SHARED)
        .expect("a descriptor")
        .to_string();
    stage.register(&checked);
    stage.type_keys("nt"); // the same network
    stage.press(Key::Esc);
    assert!(stage.text().contains("1 is registered"), "{}", stage.text());
    stage.type_keys("ns");
    stage.press(Key::Esc);
    assert!(stage.text().contains("none is registered"), "{}", stage.text());
}

/// Signs what is being scanned, and comes back to the home screen.
fn sign_to_home(stage: &mut Stage) {
    while let Screen::Review(_) = stage.app.screen() {
        stage.press(Key::Enter);
    }
    stage.type_keys("sign\n");
    stage.tick(1);
    assert!(matches!(stage.app.screen(), Screen::Answer(_)), "{}", stage.text());
    stage.press(Key::Enter);
    stage.press(Key::Enter);
}

#[test]
fn a_coin_that_changes_its_amount_is_refused_for_as_long_as_the_wallet_is_open() {
    let _turn = signing();
    let mut changed = bitcoin::Psbt::deserialize(&demo::unsigned()).expect("the demo's payment");
    let coin = changed.inputs[0].witness_utxo.as_mut().expect("a claimed amount");
    coin.value += bitcoin::Amount::from_sat(1_000);
    let changed = data_encoding::BASE64.encode(&changed.serialize());
    let mut stage = Stage::new(80, 25);
    stage.walk_to_review();
    sign_to_home(&mut stage);
    stage.press(Key::Char('s'));
    stage.codes(&[&changed]);
    stage.tick(1);
    assert!(matches!(stage.app.screen(), Screen::Refused(_)), "{}", stage.text());
    assert!(stage.text().contains("AMOUNT_CHANGED"), "{}", stage.text());
    while let Screen::Refused(_) = stage.app.screen() {
        stage.press(Key::Enter);
    }
    // locked, the memory of what was signed is gone
    stage.press(Key::Char('l'));
    stage.press(Key::Enter);
    stage.type_keys("d\n");
    stage.tick(1);
    stage.type_keys("\n");
    stage.codes(&[&changed]);
    stage.tick(1);
    assert!(matches!(stage.app.screen(), Screen::Review(_)), "{}", stage.text());
}

#[test]
fn the_experts_permission_ends_with_one_transaction() {
    let mut stage = Stage::new(80, 25);
    stage.type_keys("nu");
    assert!(stage.text().contains("allowed for the next transaction"), "{}", stage.text());
    stage.press(Key::Esc);
    stage.walk_to_review();
    stage.press(Key::Esc);
    stage.press(Key::Enter);
    stage.press(Key::Char('n'));
    assert!(!stage.text().contains("allowed for the next"), "{}", stage.text());
    // and locking takes it back
    stage.press(Key::Char('u'));
    stage.press(Key::Esc);
    stage.type_keys("l\nn");
    assert!(!stage.text().contains("allowed for the next"), "{}", stage.text());
}

#[test]
fn a_camera_that_fails_says_so_and_can_be_started_again() {
    let mut stage = Stage::new(80, 25);
    stage.type_keys("sp");
    stage
        .send(Event::SourceFailed("The camera X was unplugged. Plug it in and scan again.".into()));
    assert!(stage.text().contains("was unplugged"), "{}", stage.text());
    stage.press(Key::Char('r'));
    assert_eq!(stage.commands, [Command::OpenEye(Source::Demo), Command::OpenEye(Source::Demo)]);
    assert!(!stage.text().contains("was unplugged"));
}

#[test]
fn a_code_that_does_not_fit_says_how_large_the_window_must_be() {
    let _turn = signing();
    let mut stage = Stage::new(80, 25);
    stage.walk_to_review();
    while let Screen::Review(_) = stage.app.screen() {
        stage.press(Key::Enter);
    }
    stage.type_keys("sign\n");
    stage.tick(1);
    for _ in 0..3 {
        stage.press(Key::Char('f')); // to base64, one code
    }
    let text: String = stage.text().split_whitespace().collect();
    assert!(text.contains("needsawindowof"), "{}", stage.text());
    stage.send(Event::Resize(250, 100));
    let Screen::Answer(answer) = stage.app.screen() else { panic!("{}", stage.text()) };
    assert!(answer.code().is_some());
}

/// BIP39's reference vectors (trezor/python-mnemonic): all-zero entropy. The words of a list make the
/// seed, so that each list opens another wallet.
#[test]
fn words_of_another_list_open_their_wallet() {
    use coldlight::keys::{Language, Mnemonic, Passphrase, Seed};
    use coldlight::wallet::{KeyRing, Network};
    let czech = "abdikace ".repeat(11) + "agrese";
    let japanese = "あいこくしん ".repeat(11) + "あおぞら";
    let cases = [
        ("8", "abdi ".repeat(11) + "agre ", Language::Czech, czech),
        ("1", "1 ".repeat(11) + "4 ", Language::Japanese, japanese),
    ];
    for (choice, keys, language, words) in cases {
        let mnemonic = Mnemonic::parse_in(language, &words).unwrap_or_else(|e| panic!("{e}"));
        let seed = Seed::open(&mnemonic, &Passphrase::new(""), Network::Test);
        let mut stage = Stage::new(80, 25);
        stage.type_keys("ol");
        assert!(stage.text().contains("In which list are the words?"), "{}", stage.text());
        stage.type_keys(choice);
        // a key that no word goes on with: one sentence, nothing lost
        stage.type_keys(&keys[..keys.len() - 2]);
        stage.type_keys("-");
        assert!(stage.text().contains("11 words."), "{}", stage.text());
        stage.press(Key::Backspace);
        let left = keys[..keys.len() - 2].chars().next_back();
        left.into_iter().for_each(|key| stage.press(Key::Char(key)));
        stage.type_keys(&keys[keys.len() - 2..]);
        assert!(stage.text().contains("their checksum is right"), "{}", stage.text());
        stage.press(Key::Esc);
        assert!(stage.text().contains("they are kept until you leave"), "{}", stage.text());
        stage.type_keys("l");
        stage.type_keys(choice);
        stage.type_keys("\n\n");
        stage.tick(1);
        let fingerprint = seed.fingerprint().to_string();
        assert!(stage.text().contains(&fingerprint), "{}", stage.text());
    }
}
