//! Reading QR codes, one thread, against zxing-cpp and zbar on the same frames.

use crate::frames::{self, Frame, HEIGHT, WIDTH};
use coldlight::qr::{Luma, read};
use serde::Deserialize;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

const SEED: u64 = 0xc01d_1197;
const FRAMES: usize = 160;

/// Rounds over the whole set; the readers take turns, and a frame's time is its median.
const ROUNDS: usize = 5;

/// What one reader did in one round.
#[derive(Deserialize)]
struct Round {
    right: Vec<bool>,
    ms: Vec<f64>,
}

pub fn run() {
    let set = frames::set(SEED, FRAMES);
    let pictures: Vec<Luma> = set
        .iter()
        .map(|f| Luma::new(WIDTH as u32, HEIGHT as u32, f.pixels.clone()).unwrap())
        .collect();
    let mut peers = Peers::start(&set);
    let mut rounds: [Vec<Round>; 3] = Default::default();
    for round in 0..ROUNDS {
        rounds[0].push(ours(&set, &pictures));
        if let Some(peers) = &mut peers {
            rounds[1].push(peers.round("zxing-cpp"));
            // zbar is slow and only printed beside.
            if round == 0 {
                rounds[2].push(peers.round("zbar"));
            }
        }
    }
    println!("{FRAMES} frames of {WIDTH} x {HEIGHT}, versions 5 to 40, one thread");
    let names = ["coldlight", "zxing-cpp", "zbar"];
    let results: Vec<Option<Summary>> = rounds.iter().map(|r| Summary::of(r)).collect();
    for (name, result) in names.iter().zip(&results) {
        if let Some(Summary { right, median, mean }) = result {
            println!("{name:12} read {right:4}   median {median:7.2} ms   mean {mean:7.2} ms");
        }
    }
    if let [Some(ours), Some(zxing), _] = &results[..] {
        println!(
            "against zxing-cpp: read {:.2} (at least 1), median {:.2} (at most 1.3), mean {:.2} (at most 3)",
            ours.right as f64 / zxing.right as f64,
            ours.median / zxing.median,
            ours.mean / zxing.mean,
        );
        println!("zxing-cpp reads {} % of the set (60 to 90 wanted)", 100 * zxing.right / FRAMES);
        let missed = |a: &Round, b: &Round| {
            let both = a.right.iter().zip(&b.right);
            both.filter(|(a, b)| **b && !**a).count()
        };
        println!(
            "read by zxing-cpp alone: {}; by coldlight alone: {}",
            missed(&rounds[0][0], &rounds[1][0]),
            missed(&rounds[1][0], &rounds[0][0]),
        );
    } else {
        println!("no peers: start this by scripts/bench to compare");
    }
}

fn ours(set: &[Frame], pictures: &[Luma]) -> Round {
    let mut round = Round { right: Vec::new(), ms: Vec::new() };
    for (frame, picture) in set.iter().zip(pictures) {
        let start = Instant::now();
        let symbols = read(picture);
        round.ms.push(start.elapsed().as_secs_f64() * 1e3);
        round.right.push(symbols.iter().any(|s| s.text() == Some(&frame.text)));
    }
    round
}

struct Summary {
    right: usize,
    median: f64,
    mean: f64,
}

impl Summary {
    fn of(rounds: &[Round]) -> Option<Self> {
        let first = rounds.first()?;
        let mut frames: Vec<f64> = (0..first.ms.len())
            .map(|n| median(&mut rounds.iter().map(|r| r.ms[n]).collect::<Vec<_>>()))
            .collect();
        Some(Self {
            right: first.right.iter().filter(|right| **right).count(),
            median: median(&mut frames),
            mean: frames.iter().sum::<f64>() / frames.len() as f64,
        })
    }
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The Python process that runs the other readers.
struct Peers {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    folder: std::path::PathBuf,
}

impl Peers {
    /// None when `scripts/bench` has not set up the peers.
    fn start(set: &[Frame]) -> Option<Self> {
        let python = std::env::var_os("COLDLIGHT_BENCH_PYTHON")?;
        let folder = std::env::temp_dir().join(format!("coldlight-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a temporary folder");
        let raw: Vec<u8> = set.iter().flat_map(|f| f.pixels.iter().copied()).collect();
        std::fs::write(folder.join("frames.raw"), raw).expect("room for the frames");
        let texts: Vec<&str> = set.iter().map(|f| f.text.as_str()).collect();
        std::fs::write(folder.join("texts"), texts.join("\n")).expect("room for the texts");
        let mut child = Command::new(python)
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bench/peers.py"))
            .args([folder.as_os_str(), WIDTH.to_string().as_ref(), HEIGHT.to_string().as_ref()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the Python of scripts/bench starts");
        let to = child.stdin.take().expect("piped");
        let from = BufReader::new(child.stdout.take().expect("piped"));
        Some(Self { child, to, from, folder })
    }

    fn round(&mut self, peer: &str) -> Round {
        writeln!(self.to, "{peer}").expect("the peers listen");
        let mut line = String::new();
        self.from.read_line(&mut line).expect("the peers answer");
        serde_json::from_str(&line).expect("the peers answer in JSON")
    }
}

impl Drop for Peers {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
