//! Every dialect there and back, with frames lost, shown twice and out of order.

#[path = "bench/ur.rs"]
#[allow(dead_code)] // the printing
mod bench;
#[path = "common/prng.rs"]
mod prng;

use coldlight::transport::{Collector, Dialect, Kind, Offered, Payload, Reel, ReelOptions};
use prng::Prng;

const SIZES: [usize; 4] = [1, 1_000, 20_000, 300_000];
const LOSSES: [usize; 3] = [0, 10, 30];

/// What does not deflate, in the form that the dialect can say: one byte cannot be a PSBT.
fn message(len: usize, prng: &mut Prng) -> (Vec<u8>, Kind) {
    match len {
        0..5 => (b"x"[..].repeat(len), Kind::Text),
        _ => ([b"psbt\xff".to_vec(), prng.bytes(len - 5)].concat(), Kind::Psbt),
    }
}

/// The frames as a bad camera sees them: `loss` percent lost, one in ten seen twice, and each
/// stretch of six in any order.
struct Camera<'a> {
    reel: &'a Reel,
    prng: Prng,
    loss: usize,
    next: usize,
    seen: Vec<String>,
}

impl Iterator for Camera<'_> {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        while self.seen.is_empty() {
            for frame in self.next..self.next + 6 {
                if self.prng.chance(self.loss) {
                    continue;
                }
                let text = self.reel.frame(frame);
                if self.prng.chance(10) {
                    self.seen.push(text.clone());
                }
                let place = self.prng.below(self.seen.len() + 1);
                self.seen.insert(place, text);
            }
            self.next += 6;
        }
        self.seen.pop()
    }
}

fn survives(dialect: Dialect, fragments: [usize; 4]) {
    for (len, fragment) in SIZES.into_iter().zip(fragments) {
        for loss in LOSSES {
            let mut prng = Prng((len * 100 + loss) as u64);
            let (bytes, kind) = message(len, &mut prng);
            let options = ReelOptions { fragment: Some(fragment) };
            let reel = Reel::new(&bytes, kind, dialect, options).expect("it can be shown");
            let camera = Camera { reel: &reel, prng, loss, next: 0, seen: Vec::new() };
            let (payload, received) = collect(camera);
            assert!(payload.bytes() == bytes, "{dialect:?}, {len} bytes, {loss} % lost");
            assert_eq!((payload.kind(), payload.dialect()), (kind, dialect));
            assert!(received >= reel.len());
            // Nothing lost: the first loop is enough, give or take a stretch and the doubled ones.
            assert!(loss > 0 || received <= reel.len() + reel.len() / 5 + 12);
        }
    }
}

fn collect(camera: Camera) -> (Payload, usize) {
    let mut collector = Collector::default();
    for (at, text) in camera.take(100_000).enumerate() {
        let before = collector.progress().map_or(0, |progress| progress.have);
        match collector.offer(text.as_bytes()) {
            Offered::Complete(payload) => return (payload, at + 1),
            Offered::New => {
                assert_eq!(collector.progress().map(|now| now.have), Some(before + 1));
            }
            Offered::Known => {}
            Offered::Foreign => panic!("a part of this message was held for another's"),
            Offered::Refused(trouble) => panic!("a good part was refused: {trouble}"),
        }
    }
    panic!("never complete");
}

#[test]
fn ur_survives_lost_doubled_and_disordered_frames() {
    survives(Dialect::Ur, [160, 160, 160, 400]);
}

#[test]
fn bbqr_survives_lost_doubled_and_disordered_frames() {
    survives(Dialect::Bbqr, [400, 100, 400, 2000]);
}

#[test]
fn specter_survives_lost_doubled_and_disordered_frames() {
    survives(Dialect::Specter, [300, 100, 300, 1000]);
}

#[test]
fn static_codes_survive_up_to_what_one_code_holds() {
    for (dialect, most) in
        [(Dialect::Hex, 2_148), (Dialect::Base64, 2_214), (Dialect::Base43, 2_914)]
    {
        for len in [5, 1_000, most] {
            for loss in LOSSES {
                let mut prng = Prng((len + loss) as u64);
                let (bytes, kind) = message(len, &mut prng);
                let options = ReelOptions::default();
                let reel = Reel::new(&bytes, kind, dialect, options).expect("one code holds it");
                let camera = Camera { reel: &reel, prng, loss, next: 0, seen: Vec::new() };
                let (payload, _) = collect(camera);
                assert!(payload.bytes() == bytes && payload.dialect() == dialect);
            }
        }
        for len in [20_000, 300_000] {
            let (bytes, kind) = message(len, &mut Prng(0));
            assert!(Reel::new(&bytes, kind, dialect, ReelOptions::default()).is_err());
        }
    }
    // One byte: what shows that it is encoded (hex letters, base64's padding) is decoded.
    for (dialect, byte) in [(Dialect::Hex, 0xab), (Dialect::Base64, 1)] {
        let reel = Reel::new(&[byte], Kind::Bytes, dialect, ReelOptions::default()).expect("bytes");
        let camera = Camera { reel: &reel, prng: Prng(1), loss: 30, next: 0, seen: Vec::new() };
        assert!(collect(camera).0.bytes() == [byte]);
    }
    // And text as it is; one byte of base43 is text, too.
    let reel = Reel::new(b"x", Kind::Text, Dialect::Plain, ReelOptions::default()).expect("text");
    let camera = Camera { reel: &reel, prng: Prng(1), loss: 30, next: 0, seen: Vec::new() };
    assert!(collect(camera).0.bytes() == b"x");
}

#[test]
fn elimination_needs_fewer_parts_than_peeling_and_stays_within_the_targets() {
    for (parts, loss, target) in [(50, 30, 1.25), (200, 30, 1.15), (50, 50, 1.25), (200, 10, 1.15)]
    {
        let (ours, its) = bench::means(parts, loss, 20);
        assert!(ours <= target && ours < its, "{parts} parts, {loss} %: {ours} and {its}");
    }
    assert_eq!(bench::means(50, 0, 1), (1.0, 1.0));
}
