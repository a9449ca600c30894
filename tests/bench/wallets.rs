//! Wallets of many keys: one address looked for among 20,000 of a 3-of-5, over the same derivation
//! and script building with nothing around it; and the registration of a policy of 20 keys.

use bitcoin::bip32::{ChildNumber, Xpriv, Xpub};
use bitcoin::secp256k1::SECP256K1;
use bitcoin::{NetworkKind, PublicKey, ScriptBuf, script::Builder};
use coldlight::wallet::registration::{Content, read};
use coldlight::wallet::{Chain, Known, Network, Search, Wallet, judge_registration};
use miniscript::descriptor::checksum::desc_checksum;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const ROUNDS: usize = 5;
/// At most this times the bare work.
const TARGET: f64 = 1.5;
/// Steps that a thread takes at once.
const SLICE: u64 = 200;

/// Prints the ratio and holds it against the target, then the time of a registration.
pub fn run() {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let keys: Vec<Xpub> = (1..=5).map(account).collect();
    let written: Vec<String> = keys.iter().map(|key| format!("{key}/<0;1>/*")).collect();
    let body = format!("wsh(sortedmulti(3,{}))", written.join(","));
    let text = format!("{body}#{}", desc_checksum(&body).expect("a checksum"));
    let wallets = [Wallet::parse(&text, "Firm", Network::Main).expect("a wallet")];
    // nobody's: every step is taken
    let wanted = ScriptBuf::new_p2wsh(&bitcoin::WScriptHash::from_raw_hash(
        <bitcoin::hashes::sha256::Hash as bitcoin::hashes::Hash>::hash(b"nobody"),
    ));
    let search = Search::new(&wanted, &wallets);
    let steps = search.steps();
    assert_eq!(steps, 20_000);
    let mut rounds: Vec<(Duration, Duration)> = (0..ROUNDS)
        .map(|_| {
            let ours = |range| assert_eq!(search.slice(range), None);
            side_by_side(cores, steps, ours, |range| range.for_each(|step| bare(&keys, step)))
        })
        .collect();
    rounds.sort_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    let median = rounds[ROUNDS / 2];
    println!(
        "One address among {steps} of a 3-of-5, {cores} threads: {:.0} ms, bare {:.0} ms, ratio {:.2}, \
         target {TARGET:.2} (median of {ROUNDS} rounds)",
        median.0.as_secs_f64() * 1e3,
        median.1.as_secs_f64() * 1e3,
        ratio(&median)
    );
    let script = wallets[0].script(Chain::Change, 9_999).expect("a script");
    let found = Search::new(&script, &wallets).slice(steps - 1..steps);
    assert!(found.is_some_and(|found| found.index == 9_999));
    registration();
    assert!(ratio(&median) <= TARGET, "slower than the target");
}

fn ratio((ours, bare): &(Duration, Duration)) -> f64 {
    ours.as_secs_f64() / bare.as_secs_f64()
}

/// The account of somebody.
fn account(number: u8) -> Xpub {
    let master = Xpriv::new_master(NetworkKind::Main, &[number; 64]).expect("a master key");
    Xpub::from_priv(SECP256K1, &master)
}

/// Slices handed out to threads until all steps are taken, each slice by one work and then by the
/// other, so that whatever else the machine does slows both alike. Gives each work's time on the clock.
fn side_by_side(
    threads: usize,
    steps: u64,
    one: impl Fn(Range<u64>) + Sync,
    other: impl Fn(Range<u64>) + Sync,
) -> (Duration, Duration) {
    let next = AtomicU64::new(0);
    let times = [AtomicU64::new(0), AtomicU64::new(0)];
    let timed = |work: &dyn Fn(Range<u64>), range, time: &AtomicU64| {
        let began = Instant::now();
        work(range);
        time.fetch_add(began.elapsed().as_nanos() as u64, Ordering::Relaxed);
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let from = next.fetch_add(SLICE, Ordering::Relaxed);
                    if from >= steps {
                        break;
                    }
                    let range = from..(from + SLICE).min(steps);
                    timed(&one, range.clone(), &times[0]);
                    timed(&other, range, &times[1]);
                }
            });
        }
    });
    let [one, other] = times.map(|time| Duration::from_nanos(time.into_inner() / threads as u64));
    (one, other)
}

/// One step from each key, sorted, in a script, hashed.
fn bare(keys: &[Xpub], step: u64) {
    let child = [ChildNumber::Normal { index: step as u32 }];
    let mut derived: Vec<PublicKey> = keys
        .iter()
        .map(|key| key.derive_pub(SECP256K1, &child).expect("a child").public_key)
        .map(PublicKey::new)
        .collect();
    derived.sort_by_cached_key(|key| key.inner.serialize());
    let mut script = Builder::new().push_int(3);
    for key in &derived {
        script = script.push_key(key);
    }
    let script = script.push_int(5).push_opcode(bitcoin::opcodes::all::OP_CHECKMULTISIG);
    std::hint::black_box(script.into_script().to_p2wsh());
}

/// Read, lifted and judged: what stands between a scan and the screen.
fn registration() {
    let keys: Vec<String> = (1..=20).map(|n| format!("{}/<0;1>/*", account(n))).collect();
    let body = format!(
        "wsh(or_d(multi(5,{}),and_v(v:multi(3,{}),older(52560))))",
        keys[..10].join(","),
        keys[10..].join(",")
    );
    let text = format!("{body}#{}", desc_checksum(&body).expect("a checksum"));
    let mut times: Vec<Duration> = (0..21)
        .map(|_| {
            let began = Instant::now();
            let reading = read(Content::Text(&text), "Firm", Network::Main).expect("a wallet");
            let judged = judge_registration(&reading.wallets[0], &Known::default());
            let ways = judged.policy.expect("a policy").alternatives().expect("two ways");
            assert_eq!(ways.len(), 2);
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!(
        "A miniscript policy of 20 keys read and judged: {:.2} ms",
        times[10].as_secs_f64() * 1e3
    );
}
