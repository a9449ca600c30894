//! Hostile PSBTs: no count is believed, no byte makes the reader panic or allocate beyond a small
//! multiple of what it was given, and what it accepts it writes back.

#[path = "common/alloc.rs"]
mod alloc;
#[path = "common/prng.rs"]
mod prng;

use alloc::measured;
use bitcoin::base64::{Engine, engine::general_purpose::STANDARD};
use bitcoin::consensus::encode::{VarInt, serialize};
use bitcoin::hex::DisplayHex;
use bitcoin::{OutPoint, ScriptBuf, Sequence, Transaction, TxIn, TxOut, Witness};
use coldlight::demo;
use coldlight::psbt::{Field, Limits, ParseError, Place, Psbt};
use prng::Prng;

/// Bytes at most allocated for each byte given, and for the smallest PSBT.
const PER_BYTE: usize = 40;
const ALWAYS: usize = 64 * 1024;

type Pair = (Vec<u8>, Vec<u8>);

fn sized(bytes: &[u8]) -> Vec<u8> {
    [&serialize(&VarInt::from(bytes.len()))[..], bytes].concat()
}

/// A PSBT from its maps.
fn write(maps: &[Vec<Pair>]) -> Vec<u8> {
    let mut out = b"psbt\xff".to_vec();
    for map in maps {
        for (key, value) in map {
            out.extend(sized(key));
            out.extend(sized(value));
        }
        out.push(0);
    }
    out
}

/// The maps of a PSBT that is known to be well framed, read without the reader under test. Lengths
/// in the seeds are below 0x10000.
fn split(psbt: &[u8]) -> Vec<Vec<Pair>> {
    let mut rest = &psbt[5..];
    let mut take = move || {
        let (len, head) = match rest[0] {
            0xfd => (usize::from(u16::from_le_bytes([rest[1], rest[2]])), 3),
            len => (usize::from(len), 1),
        };
        let taken = rest[head..head + len].to_vec();
        rest = &rest[head + len..];
        (taken, rest.is_empty())
    };
    let mut maps = vec![Vec::new()];
    loop {
        let (key, end) = take();
        match (key.is_empty(), end) {
            (true, true) => return maps,
            (true, false) => maps.push(Vec::new()),
            (false, _) => {
                let (value, _) = take();
                maps.last_mut().expect("a map").push((key, value));
            }
        }
    }
}

/// BIP370: a PSBT with all fields of version 2.
const V2: &str = "cHNidP8BAgQCAAAAAQMEAAAAAAEEAQEBBQECAQYBBwH7BAIAAAAAAQBSAgAAAAHBqiVuIUuWoYIvk95Cv/O18/+NBRkwbjUV11FaXoBbEgAAAAAA/////wEYxpo7AAAAABYAFLCjrxRCCEEmk8p9FmhStS2wrvBuAAAAAAEBHxjGmjsAAAAAFgAUsKOvFEIIQSaTyn0WaFK1LbCu8G4BDiALCtkhQZwchxlzXXLcc5+eqeBjjR/kwe7w+ZRAhIFfyAEPBAAAAAABEAT+////AREEjI3EYgESBBAnAAAAIgIC1gH4SEamdV93a+AOPZ3o+xCsyTX7g8RfsBYtTK1at5IY9p2HPlQAAIABAACAAAAAgAAAAAAqAAAAAQMIAAivLwAAAAABBBYAFMQw9kxHVtoxDb0aCFVy7ymZJicsACICAuNvv/U91TQHDPj9OWYUaA81epuF23NAvxz6dF0q17NAGPadhz5UAACAAQAAgAAAAIABAAAAZAAAAAEDCIu96wsAAAAAAQQWABRN0ZOslkpWrBueHMqEVP4vR0+FEwA=";

/// BIP371: leaf scripts, control blocks and script path signatures.
const TAP_LEAVES: &str = "cHNidP8BAF4CAAAAAZvUh2UjC/mnLmYgAflyVW5U8Mb5f+tWvLVgDYF/aZUmAQAAAAD/////AUjmBSoBAAAAIlEgg2mORYxmZOFZXXXaJZfeHiLul9eY5wbEwKS1qYI810MAAAAAAAEBKwDyBSoBAAAAIlEgwiR++/2SrEf29AuNQtFpF1oZ+p+hDkol1/NetN2FtpJBFCyxOsaCSN6AaqajZZzzwD62gh0JyBFKToaP696GW7bSzZcOFfU/wMgvlQ/VYP+pGbdhcr4Bc2iomROvB09ACwlAv4GNl1fW/+tTi6BX+0wfxOD17xhudlvrVkeR4Cr1/T1eJVHU404z2G8na4LJnHmu0/A5Wgge/NLMLGXdfmk9eUEUQyCwvxbwEbU+p75hWSSqfyfl0prSDqEVXYSGdsO60bIRXy5JCvfMRcT3hRHzYFfOXFpcVjJaKftE38ID81bh+EDh8atvq/omsjbyGDNxncHUKKt2jYD5H5mI2KvvR7+4Y7sfKlKfdowV8AzjTsKDzcB+iPhCi+KPbvZAQ8MpEYEaQRT6D3o87zsdDAps59JuF62gsuXJLRnvrUi0GFnLikUcqW99YgWelJehpKJnVp2YdtpgEBr/OONSm5uTnOf5GulwQOwfA3kgZGHIM0IoVCMyZwirAx8NpKJT7kWq+luMkgNNi2BUkPjNE+APmJmJuX4hX6o28S3uNpPS2szzeBwXV/ZiFcFQkpt0waBJVLeLS2A16XpeB4paDyjsltVHv+6azoA6wG99YgWelJehpKJnVp2YdtpgEBr/OONSm5uTnOf5GulwEV8uSQr3zEXE94UR82BXzlxaXFYyWin7RN/CA/NW4fgjICyxOsaCSN6AaqajZZzzwD62gh0JyBFKToaP696GW7bSrMBCFcFQkpt0waBJVLeLS2A16XpeB4paDyjsltVHv+6azoA6wJfG5v6l/3FP9XJEmZkIEOQG6YqhD1v35fZ4S8HQqabOIyBDILC/FvARtT6nvmFZJKp/J+XSmtIOoRVdhIZ2w7rRsqzAYhXBUJKbdMGgSVS3i0tgNel6XgeKWg8o7JbVR7/ums6AOsDNlw4V9T/AyC+VD9Vg/6kZt2FyvgFzaKiZE68HT0ALCRFfLkkK98xFxPeFEfNgV85cWlxWMlop+0TfwgPzVuH4IyD6D3o87zsdDAps59JuF62gsuXJLRnvrUi0GFnLikUcqazAIRYssTrGgkjegGqmo2Wc88A+toIdCcgRSk6Gj+vehlu20jkBzZcOFfU/wMgvlQ/VYP+pGbdhcr4Bc2iomROvB09ACwl3Ky2nVgAAgAEAAIACAACAAAAAAAAAAAAhFkMgsL8W8BG1Pqe+YVkkqn8n5dKa0g6hFV2EhnbDutGyOQERXy5JCvfMRcT3hRHzYFfOXFpcVjJaKftE38ID81bh+HcrLadWAACAAQAAgAEAAIAAAAAAAAAAACEWUJKbdMGgSVS3i0tgNel6XgeKWg8o7JbVR7/ums6AOsAFAHxGHl0hFvoPejzvOx0MCmzn0m4XraCy5cktGe+tSLQYWcuKRRypOQFvfWIFnpSXoaSiZ1admHbaYBAa/zjjUpubk5zn+RrpcHcrLadWAACAAQAAgAMAAIAAAAAAAAAAAAEXIFCSm3TBoElUt4tLYDXpel4HiloPKOyW1Ue/7prOgDrAARgg8DYuL3Wm9CClvePrIh2WrmcgzyX4GJDJWx13WstRXmUAAQUgESTaeuySzNBslUViZH9DexOLlXIahL4r8idrvdqz5nEhBxEk2nrskszQbJVFYmR/Q3sTi5VyGoS+K/Ina73as+ZxGQB3Ky2nVgAAgAEAAIAAAACAAAAAAAUAAAAA";

/// BIP371: a Taproot tree in an output.
const TAP_TREE: &str = "cHNidP8BAF4CAAAAASd0Srq/MCf+DWzyOpbu4u+xiO9SMBlUWFiD5ptmJLJCAAAAAAD/////AUjmBSoBAAAAIlEgCoy9yG3hzhwPnK6yLW33ztNoP+Qj4F0eQCqHk0HW9vUAAAAAAAEBKwDyBSoBAAAAIlEgWiws9bUs8x+DrS6Npj/wMYPs2PYJx1EK6KSOA5EKB1chFv40kGTJjW4qhT+jybEr2LMEoZwZXGDvp+4jkwRtP6IyGQB3Ky2nVgAAgAEAAIAAAACAAQAAAAAAAAABFyD+NJBkyY1uKoU/o8mxK9izBKGcGVxg76fuI5MEbT+iMgABBSBQkpt0waBJVLeLS2A16XpeB4paDyjsltVHv+6azoA6wAEGbwLAIiBzblcpAP4SUliaIUPI88efcaBBLSNTr3VelwHHgmlKAqwCwCIgYxxfO1gyuPvev7GXBM7rMjwh9A96JPQ9aO8MwmsSWWmsAcAiIET6pJoDON5IjI3//s37bzKfOAvVZu8gyN9tgT6rHEJzrCEHRPqkmgM43kiMjf/+zftvMp84C9Vm7yDI322BPqscQnM5AfBreYuSoQ7ZqdC7/Trxc6U7FhfaOkFZygCCFs2Fay4Odystp1YAAIABAACAAQAAgAAAAAADAAAAIQdQkpt0waBJVLeLS2A16XpeB4paDyjsltVHv+6azoA6wAUAfEYeXSEHYxxfO1gyuPvev7GXBM7rMjwh9A96JPQ9aO8MwmsSWWk5ARis5AmIl4Xg6nDO67jhyokqenjq7eDy4pbPQ1lhqPTKdystp1YAAIABAACAAgAAgAAAAAADAAAAIQdzblcpAP4SUliaIUPI88efcaBBLSNTr3VelwHHgmlKAjkBKaW0kVCQFi11mv0/4Pk/ozJgVtC0CIy5M8rngmy42Cx3Ky2nVgAAgAEAAIADAACAAAAAAAMAAAAA";

/// BIP373: participants, nonces and partial signatures.
const MUSIG2: &str = "cHNidP8BAFICAAAAAVaG3/QAFl9OBApYVfZYCTRyybz4EIsnKl0x8YH3tP+xAQAAAAD9////ARjd9QUAAAAAFgAUyRI+BujX8JZsXRzQ+TMALU63V80AAAAAAAEBKwDh9QUAAAAAIlEgC1jjN6pNOFKowpOHxCQI2M++OmE6Xjl+Cp8BpftxB9QhFgtY4zeqTThSqMKTh8QkCNjPvjphOl45fgqfAaX7cQfUBQAmgN1uIRY0a5lZM1cQfJ00Weneuo0+r0TmY2yFx/hT65C6UujNAAUAWAsIhyEWT6/WX4FpGG/Cv9siM8d+Yw0QvigKJMcWXAmidhF3XCwFAMMkmoIhFvkwigGSWMMQSTRPhfidUim1MchFg2+ZsIYB8RO84Db5BQB91lWSIhoDC1jjN6pNOFKowpOHxCQI2M++OmE6Xjl+Cp8BpftxB9RjAjRrmVkzVxB8nTRZ6d66jT6vROZjbIXH+FPrkLpS6M0AAk+v1l+BaRhvwr/bIjPHfmMNEL4oCiTHFlwJonYRd1wsAvkwigGSWMMQSTRPhfidUim1MchFg2+ZsIYB8RO84Db5QxsCNGuZWTNXEHydNFnp3rqNPq9E5mNshcf4U+uQulLozQADC1jjN6pNOFKowpOHxCQI2M++OmE6Xjl+Cp8BpftxB9RCAlKbGdeHnMwEyRVIf18TQbxoWLC8dOUDbGQ9N7U6Q3G1A7f4r+MmP8s+8kVP4W86Z1nFYAx45je436DYPoVSiCBWQxsCT6/WX4FpGG/Cv9siM8d+Yw0QvigKJMcWXAmidhF3XCwDC1jjN6pNOFKowpOHxCQI2M++OmE6Xjl+Cp8BpftxB9RCA6gdlzSZ50+C0rWrE/Hmnp4Rpf20D1Rm72cubkzroL55A0mVk3ZxUDlO7OOE0FHEW2FcUtvhyOs2ENezRLQ7fa1tQxsC+TCKAZJYwxBJNE+F+J1SKbUxyEWDb5mwhgHxE7zgNvkDC1jjN6pNOFKowpOHxCQI2M++OmE6Xjl+Cp8BpftxB9RCAzlJ2/8xudUCUdiCHmbMXJe346/X2Vv9x3UA/aiUfzrgAj8g5PC/C3bw1AzTq/5843PWaFu9d7X6KOf0n7Qp0YmwQxwCNGuZWTNXEHydNFnp3rqNPq9E5mNshcf4U+uQulLozQADC1jjN6pNOFKowpOHxCQI2M++OmE6Xjl+Cp8BpftxB9QgDlfKTKDeGjEW0/1rrxnThXLkfo/wJOfvw5USdR5U7TFDHAJPr9ZfgWkYb8K/2yIzx35jDRC+KAokxxZcCaJ2EXdcLAMLWOM3qk04UqjCk4fEJAjYz746YTpeOX4KnwGl+3EH1CByVAecqxZrDVC1QoP8y0rqFfd2dHpdKlPX2gYjk0DbzEMcAvkwigGSWMMQSTRPhfidUim1MchFg2+ZsIYB8RO84Db5AwtY4zeqTThSqMKTh8QkCNjPvjphOl45fgqfAaX7cQfUIAEkXohh5irFv8AAhBj9BXzmsDwXsda1xpgEE8XE41iXAAA=";

/// BIP174: global extended keys.
const XPUBS: &str = "cHNidP8BAJ0BAAAAAnEOp2q0XFy2Q45gflnMA3YmmBgFrp4N/ZCJASq7C+U1AQAAAAD/////GQmU1qizyMgsy8+y+6QQaqBmObhyqNRHRlwNQliNbWcAAAAAAP////8CAOH1BQAAAAAZdqkUtrwsDuVlWoQ9ea/t0MzD991kNAmIrGBa9AUAAAAAFgAUEYjvjkzgRJ6qyPsUHL9aEXbmoIgAAAAATwEEiLIeA55TDKyAAAAAPbyKXJdp8DGxfnf+oVGGAyIaGP0Y8rmlTGyMGsdcvDUC8jBYSxVdHH8c1FEgplPEjWULQxtnxbLBPyfXFCA3wWkQJ1acUDEAAIAAAACAAAAAgAABAR8A4fUFAAAAABYAFDO5gvkbKPFgySC0q5XljOUN2jpKIgIDMJaA8zx9446mpHzU7NZvH1pJdHxv+4gI7QkDkkPjrVxHMEQCIC1wTO2DDFapCTRL10K2hS3M0QPpY7rpLTjnUlTSu0JFAiAthsQ3GV30bAztoITyopHD2i1kBw92v5uQsZXn7yj3cgEiBgMwloDzPH3jjqakfNTs1m8fWkl0fG/7iAjtCQOSQ+OtXBgnVpxQMQAAgAAAAIAAAACAAAAAAAEAAAAAAQEfAOH1BQAAAAAWABQ4j7lEMH63fvRRl9CwskXgefAR3iICAsd3Fh9z0LfHK57nveZQKT0T8JW8dlatH1Jdpf0uELEQRzBEAiBMsftfhpyULg4mEAV2ElQ5F5rojcqKncO6CPeVOYj6pgIgUh9JynkcJ9cOJzybFGFphZCTYeJb4nTqIA1+CIJ+UU0BIgYCx3cWH3PQt8crnue95lApPRPwlbx2Vq0fUl2l/S4QsRAYJ1acUDEAAIAAAACAAAAAgAAAAAAAAAAAAAAiAgLSDKUC7iiWhtIYFb1DqAY3sGmOH7zb5MrtRF9sGgqQ7xgnVpxQMQAAgAAAAIAAAACAAAAAAAQAAAAA";

/// BIP174: P2SH and P2SH-P2WSH multisig, signed.
const SIGNED: &str = "cHNidP8BAJoCAAAAAljoeiG1ba8MI76OcHBFbDNvfLqlyHV5JPVFiHuyq911AAAAAAD/////g40EJ9DsZQpoqka7CwmK6kQiwHGyyng1Kgd5WdB86h0BAAAAAP////8CcKrwCAAAAAAWABTYXCtx0AYLCcmIauuBXlCZHdoSTQDh9QUAAAAAFgAUAK6pouXw+HaliN9VRuh0LR2HAI8AAAAAAAEAuwIAAAABqtc5MQGL0l+ErkALaISL4J23BurCrBgpi6vucatlb4sAAAAASEcwRAIgWPb8fGoz4bMVSNSByCbAFb0wE1qtQs1neQ2rZtKtJDsCIEoc7SYExnNbY5PltBaR3XiwDwxZQvufdRhW+qk4FX26Af7///8CgPD6AgAAAAAXqRQPuUY0IWlrgsgzryQceMF9295JNIfQ8gonAQAAABepFCnKdPigj4GZlCgYXJe12FLkBj9hh2UAAAAiAgKVg785rgpgl0etGZrd1jT6YQhVnWxc05tMIYPxq5bgf0cwRAIgdAGK1BgAl7hzMjwAFXILNoTMgSOJEEjn282bVa1nnJkCIHPTabdA4+tT3O+jOCPIBwUUylWn3ZVE8VfBZ5EyYRGMASICAtq2H/SaFNtqfQKwzR+7ePxLGDErW05U2uTbovv+9TbXSDBFAiEA9hA4swjcHahlo0hSdG8BV3KTQgjG0kRUOTzZm98iF3cCIAVuZ1pnWm0KArhbFOXikHTYolqbV2C+ooFvZhkQoAbqAQEDBAEAAAABBEdSIQKVg785rgpgl0etGZrd1jT6YQhVnWxc05tMIYPxq5bgfyEC2rYf9JoU22p9ArDNH7t4/EsYMStbTlTa5Nui+/71NtdSriIGApWDvzmuCmCXR60Zmt3WNPphCFWdbFzTm0whg/GrluB/ENkMak8AAACAAAAAgAAAAIAiBgLath/0mhTban0CsM0fu3j8SxgxK1tOVNrk26L7/vU21xDZDGpPAAAAgAAAAIABAACAAAEBIADC6wsAAAAAF6kUt/X69A49QKWkWbHbNTXyty+pIeiHIgIDCJ3BDHrG21T5EymvYXMz2ziM6tDCMfcjN50bmQMLAtxHMEQCIGLrelVhB6fHP0WsSrWh3d9vcHX7EnWWmn84Pv/3hLyyAiAMBdu3Rw2/LwhVfdNWxzJcHtMJE+mWzThAlF2xIijaXwEiAgI63ZBPPW3PWd25BrDe4jUpt/+57VDl6GFRkmhgIh8Oc0cwRAIgZfRbpZmLWaJ//hp77QFq8fH5DVSzqo90UKpfVqJRA70CIH9yRwOtHtuWaAsoS1bU/8uI9/t1nqu+CKow8puFE4PSAQEDBAEAAAABBCIAIIwjUxc3Q7WV37Sge3K6jkLjeX2nTof+fZ10l+OyAokDAQVHUiEDCJ3BDHrG21T5EymvYXMz2ziM6tDCMfcjN50bmQMLAtwhAjrdkE89bc9Z3bkGsN7iNSm3/7ntUOXoYVGSaGAiHw5zUq4iBgI63ZBPPW3PWd25BrDe4jUpt/+57VDl6GFRkmhgIh8OcxDZDGpPAAAAgAAAAIADAACAIgYDCJ3BDHrG21T5EymvYXMz2ziM6tDCMfcjN50bmQMLAtwQ2QxqTwAAAIAAAACAAgAAgAAiAgOppMN/WZbTqiXbrGtXCvBlA5RJKUJGCzVHU+2e7KWHcRDZDGpPAAAAgAAAAIAEAACAACICAn9jmXV9Lv9VoTatAsaEsYOLZVbl8bazQoKpS2tQBRCWENkMak8AAACAAAAAgAUAAIAA";

fn seeds() -> Vec<Vec<u8>> {
    let published = [V2, TAP_LEAVES, TAP_TREE, MUSIG2, XPUBS, SIGNED];
    let mut seeds: Vec<Vec<u8>> =
        published.iter().map(|text| STANDARD.decode(text).expect("base64")).collect();
    seeds.push(demo::unsigned());
    seeds
}

/// Lengths and counts that lie: one for each size of compact size, none in its shortest form or
/// none with so many bytes behind it.
const LIES: [&[u8]; 5] = [
    b"\xfd\xff\xff",
    b"\xfe\xff\xff\xff\xff",
    b"\xff\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\xff\x00\x00\x00\x00\x01\x00\x00\x00",
    b"\xfd\x01\x00",
];

/// One change to bytes; `other` lends pieces.
fn damage(bytes: &mut Vec<u8>, other: &[u8], random: &mut Prng) {
    let at = random.below(bytes.len() + 1);
    let until = at + random.below(bytes.len() - at + 1).min(random.below(64));
    match random.below(8) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..until)),
        2 => {
            let copy = bytes[at..until].to_vec();
            bytes.splice(until..until, copy);
        }
        3 => {
            let lie = LIES[random.below(LIES.len())];
            bytes.splice(at..until.min(at + lie.len()), lie.iter().copied());
        }
        4 if !other.is_empty() => {
            let from = random.below(other.len());
            let piece = other[from..other.len().min(from + 40)].to_vec();
            bytes.splice(at..at, piece);
        }
        5 => bytes.extend(random.bytes(1)),
        _ if at < bytes.len() => bytes[at] = random.next() as u8,
        _ => {}
    }
}

/// One change to the pairs: a key or value damaged, a pair doubled, lost or moved to another map.
fn damage_pairs(maps: &mut [Vec<Pair>], other: &[u8], random: &mut Prng) {
    let (from, to) = (random.below(maps.len()), random.below(maps.len()));
    if maps[from].is_empty() {
        return;
    }
    let at = random.below(maps[from].len());
    match random.below(8) {
        0 => drop(maps[from].remove(at)),
        1 => {
            let pair = maps[from][at].clone();
            maps[to].push(pair);
        }
        2 => maps[from][at]
            .0
            .first_mut()
            .into_iter()
            .for_each(|key_type| *key_type = random.next() as u8),
        3 => damage(&mut maps[from][at].0, other, random),
        _ => damage(&mut maps[from][at].1, other, random),
    }
}

/// Reads bytes under the counting allocator. What is accepted is written back, and walks every road
/// that a PSBT can walk without a key.
fn try_it(bytes: &[u8]) -> Result<(), ParseError> {
    let limits = Limits::default();
    let (read, used) = measured(|| Psbt::parse(bytes, &limits));
    assert!(
        used.peak <= ALWAYS + PER_BYTE * bytes.len() && used.largest <= ALWAYS + 16 * bytes.len(),
        "{used:?} for {}: {}",
        bytes.len(),
        bytes.as_hex()
    );
    let psbt = read?;
    let written = psbt.serialize();
    assert!(written == bytes, "{} was written back as {}", bytes.as_hex(), written.as_hex());
    let stripped = psbt.stripped();
    assert!(Psbt::parse(&stripped.serialize(), &limits).is_ok(), "{}", bytes.as_hex());
    if let Ok(tx) = psbt.finish() {
        assert_eq!(tx.output, psbt.tx().output);
    }
    let combined = stripped.combine(&psbt).expect("parts of one PSBT");
    assert_eq!(combined.inputs().len(), psbt.inputs().len());
    Ok(())
}

#[test]
fn damaged_psbts_are_refused_or_written_back_within_their_memory() {
    let seeds = seeds();
    let mut random = Prng(0x70736274);
    let (mut accepted, mut refused) = (0, 0);
    for round in 0..80_000 {
        let seed = &seeds[round % seeds.len()];
        let other = &seeds[random.below(seeds.len())];
        let mut bytes = if random.chance(60) {
            let mut maps = split(seed);
            (0..=random.below(3)).for_each(|_| damage_pairs(&mut maps, other, &mut random));
            write(&maps)
        } else {
            seed.clone()
        };
        if bytes == *seed {
            (0..=random.below(3)).for_each(|_| damage(&mut bytes, other, &mut random));
        }
        match try_it(&bytes) {
            Ok(()) => accepted += 1,
            Err(error) => {
                assert!(error.to_string().ends_with('.'));
                refused += 1;
            }
        }
    }
    // Both happen often, so that both are tested.
    assert!(accepted > 5_000 && refused > 30_000, "{accepted} accepted, {refused} refused");
}

#[test]
fn the_seeds_themselves_are_accepted() {
    for seed in seeds() {
        assert_eq!(write(&split(&seed)), seed);
        assert_eq!(try_it(&seed), Ok(()));
    }
}

/// A transaction's bytes up to a count that lies: inputs, outputs, witness elements or script.
fn lying_transactions() -> Vec<Vec<u8>> {
    let mut starts: Vec<Vec<u8>> = vec![b"\x02\0\0\0".to_vec()];
    let outpoint = [0; 36];
    starts.push([&b"\x02\0\0\0\x01"[..], &outpoint].concat());
    starts.push([&b"\x02\0\0\0\x01"[..], &outpoint, b"\0\xff\xff\xff\xff"].concat());
    let output = b"\x01\0\0\0\0\0\0\0\0";
    starts.push([&starts[2][..], output].concat());
    let marked = [&b"\x02\0\0\0\0\x01\x01"[..], &outpoint, b"\0\xff\xff\xff\xff"].concat();
    let witness = [&marked[..], output, b"\0"].concat();
    starts.extend([b"\x02\0\0\0\0\x01".to_vec(), witness]);
    let lie = |start: &Vec<u8>| LIES.map(|lie| [start, lie, &[0; 50]].concat());
    starts.iter().flat_map(lie).collect()
}

#[test]
fn a_count_of_four_billion_is_refused_without_memory_for_it() {
    let small = |bytes: &[u8]| {
        let (refused, used) = measured(|| Psbt::parse(bytes, &Limits::default()).err());
        assert!(used.peak < 16 * 1024, "{used:?} for {}", bytes.as_hex());
        refused.unwrap_or_else(|| panic!("accepted: {}", bytes.as_hex()))
    };
    // BIP370's counts: 2^32 - 1 inputs, then outputs.
    for (key_type, other) in [(4, 5), (5, 4)] {
        let mut maps = split(&STANDARD.decode(V2).expect("base64"));
        for (key, value) in &mut maps[0] {
            match key[0] {
                found if found == key_type => *value = b"\xfe\xff\xff\xff\xff".to_vec(),
                found if found == other => *value = b"\x01".to_vec(),
                _ => {}
            }
        }
        let field = Field { place: Place::Global, key_type: key_type.into() };
        let refused = small(&write(&maps));
        assert_eq!(refused, ParseError::CountTooLarge { field, count: 0xffff_ffff });
    }
    // Counts inside the unsigned and the previous transaction.
    for tx in lying_transactions() {
        small(&write(&[vec![(vec![0], tx.clone())]]));
        let mut maps = split(&demo::unsigned());
        maps[1].insert(0, (vec![0], tx));
        small(&write(&maps));
    }
    // Counts inside the fields of an input and of an output.
    for lie in LIES {
        let amount = [0; 8];
        let key = [&[0x16][..], &[2; 32]].concat();
        let fields = [
            (1, vec![1], [&amount[..], lie].concat()),
            (1, vec![8], lie.to_vec()),
            (1, vec![8], [b"\x01", lie].concat()),
            (1, key.clone(), lie.to_vec()),
            (3, vec![6], [b"\0\xc0", lie].concat()),
            (3, [&[7], &key[1..]].concat(), lie.to_vec()),
            (0, vec![0xfc], vec![]),
            (0, [&[0xfc], lie].concat(), vec![]),
        ];
        for (map, key, value) in fields {
            let mut maps = split(&demo::unsigned());
            maps[map].retain(|(known, _)| *known != key);
            maps[map].push((key, value));
            small(&write(&maps));
        }
        // The length of a key and of a value.
        small(&[&b"psbt\xff"[..], lie, &[0; 40]].concat());
        small(&[&b"psbt\xff\x01\0"[..], lie, &[0; 40]].concat());
    }
}

/// A v0 PSBT of so many inputs, each with a previous transaction, and one output.
fn large(inputs: usize) -> Vec<u8> {
    let output = |len: usize| TxOut {
        value: bitcoin::Amount::from_sat(1_000),
        script_pubkey: ScriptBuf::from_bytes([&b"\0\x20"[..], &vec![7; len]].concat()),
    };
    let input =
        |previous_output| TxIn { previous_output, sequence: Sequence::MAX, ..TxIn::default() };
    let tx = |input, output| Transaction {
        version: bitcoin::transaction::Version::TWO,
        lock_time: bitcoin::absolute::LockTime::ZERO,
        input,
        output,
    };
    let previous: Vec<Transaction> = (0..inputs)
        .map(|i| {
            let mut spend = input(OutPoint { vout: i as u32, ..OutPoint::null() });
            spend.witness = Witness::from_slice(&[vec![1; 71], vec![2; 33]]);
            tx(vec![spend], vec![output(32), output(32)])
        })
        .collect();
    let spent =
        previous.iter().map(|tx| input(OutPoint { txid: tx.compute_txid(), vout: 1 })).collect();
    let mut maps = vec![vec![(vec![0], serialize(&tx(spent, vec![output(32)])))]];
    maps.extend(
        previous
            .iter()
            .map(|tx| vec![(vec![0], serialize(tx)), (vec![1], serialize(&tx.output[1]))]),
    );
    maps.push(vec![]);
    write(&maps)
}

#[test]
fn two_megabytes_take_less_than_thirty_two() {
    let bytes = large(6_000);
    assert!(bytes.len() > 2_000_000, "{} bytes", bytes.len());
    let (psbt, used) = measured(|| Psbt::parse(&bytes, &Limits::default()));
    assert!(used.peak < 32_000_000, "{used:?} for {}", bytes.len());
    let psbt = psbt.expect("a PSBT");
    assert!(psbt.inputs().iter().all(|input| input.utxo().is_ok()));
    let (written, used) = measured(|| psbt.serialize());
    assert_eq!(written, bytes);
    assert!(used.peak < 2 * bytes.len(), "{used:?} to write {}", bytes.len());
}

/// The shapes that cost most for each byte: two megabytes of the smallest outputs, inputs, pairs,
/// witness elements and path steps.
#[test]
fn the_dearest_shapes_stay_within_the_multiple() {
    const BYTES: usize = 2_000_000;
    let empty = Transaction {
        version: bitcoin::transaction::Version::TWO,
        lock_time: bitcoin::absolute::LockTime::ZERO,
        input: vec![],
        output: vec![],
    };
    let unsigned = |inputs: usize, outputs: usize| {
        let tx = Transaction {
            input: vec![TxIn::default(); inputs],
            output: vec![
                TxOut { value: bitcoin::Amount::ZERO, script_pubkey: ScriptBuf::new() };
                outputs
            ],
            ..empty.clone()
        };
        // `bitcoin` writes a transaction without inputs as if it had witnesses.
        let mut bytes = serialize(&tx);
        if inputs == 0 {
            bytes.drain(4..6);
        }
        let mut maps = vec![vec![(vec![0], bytes)]];
        maps.resize(1 + inputs + outputs, vec![]);
        maps
    };
    let outputs = write(&unsigned(0, BYTES / 10));
    let inputs = write(&unsigned(BYTES / 42, 0));
    let mut pairs = unsigned(0, 0);
    // Key type 0xf0, three bytes of data that tell the pairs apart.
    pairs[0].extend(
        (0..BYTES as u32 / 6)
            .map(|i| (vec![0xf0, i as u8, (i >> 8) as u8, (i >> 16) as u8], vec![])),
    );
    let mut witness = unsigned(1, 0);
    let count = BYTES as u32;
    witness[1].push((vec![8], [&[0xfe][..], &count.to_le_bytes(), &vec![0; BYTES]].concat()));
    let mut path = unsigned(1, 0);
    path[1].push(([&[6, 2][..], &[1; 32]].concat(), vec![0; BYTES]));
    let mut v2 = split(&STANDARD.decode(V2).expect("base64"));
    let spend = || vec![(vec![0x0e], vec![9; 32]), (vec![0x0f], vec![0; 4])];
    let count = BYTES / 45;
    v2[0].iter_mut().for_each(|(key, value)| match key[0] {
        4 => *value = serialize(&VarInt::from(count)),
        5 => *value = vec![0],
        _ => {}
    });
    v2.truncate(1);
    v2.extend((0..count).map(|_| spend()));
    for (shape, bytes) in [
        ("outputs", outputs),
        ("inputs", inputs),
        ("pairs", write(&pairs)),
        ("witness elements", write(&witness)),
        ("path steps", write(&path)),
        ("inputs of version 2", write(&v2)),
    ] {
        // the reading alone: the review asks for fewer parts
        let limits = Limits { inputs: usize::MAX, outputs: usize::MAX, ..Limits::default() };
        let (read, used) = measured(|| Psbt::parse(&bytes, &limits));
        let psbt = read.unwrap_or_else(|error| panic!("{shape}: {error}"));
        assert!(used.peak <= PER_BYTE * bytes.len(), "{shape}: {used:?} for {}", bytes.len());
        println!("{shape}: {} bytes a byte", used.peak / bytes.len());
        assert_eq!(psbt.serialize(), bytes, "{shape}");
    }
}
