//! Time from the start of the binary to its first whole screen, over a program that only prints a
//! line. Both in a pty, taking turns.

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::Read;
use std::time::{Duration, Instant};

/// Starts of each program.
const ROUNDS: usize = 21;

/// Prints both medians and their ratio.
pub fn run() {
    let (mut signer, mut line) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_coldlight"));
        command.arg("--demo");
        // the last words that are drawn
        signer.push(until(command, "camera: demo"));
        let mut command = CommandBuilder::new("echo");
        command.arg("ready");
        line.push(until(command, "ready"));
    }
    let (signer, line) = (median(signer), median(line));
    println!(
        "startup: first screen after {:.1} ms, a printed line after {:.1} ms: {:.1} times",
        signer.as_secs_f64() * 1e3,
        line.as_secs_f64() * 1e3,
        signer.as_secs_f64() / line.as_secs_f64(),
    );
}

/// From the start to the first output that holds `wanted`.
fn until(mut command: CommandBuilder, wanted: &str) -> Duration {
    command.env("TERM", "xterm-256color");
    let size = PtySize { rows: 25, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).expect("a pty");
    let mut output = pair.master.try_clone_reader().expect("the pty can be read");
    let began = Instant::now();
    let mut child = pair.slave.spawn_command(command).expect("the program starts");
    drop(pair.slave);
    let (mut seen, mut buffer) = (vec![], [0; 4096]);
    while !seen.windows(wanted.len()).any(|part| part == wanted.as_bytes()) {
        let read = output.read(&mut buffer).expect("the program still runs");
        assert!(read > 0, "the program ended before it said {wanted}");
        seen.extend_from_slice(&buffer[..read]);
    }
    let took = began.elapsed();
    let _ = child.kill(); // echo has ended by itself
    child.wait().expect("it has ended");
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
