//! The strict, bounded reader.

use super::field::{Field, Place, global};
use super::locktime;
use super::map::RawMap;
use super::parse_maps::note;
use super::read::Reader;
use super::{Input, Output, ParseError, Psbt, Unbuilt, Version};
use bitcoin::absolute::LockTime;
use bitcoin::bip32::{KeySource, Xpub};
use bitcoin::{Transaction, TxIn, transaction};

/// The five bytes that every PSBT begins with (BIP174).
pub(super) const MAGIC: &[u8] = b"psbt\xff";

/// What a PSBT may cost before anything is allocated for it.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Longest accepted PSBT in bytes.
    pub bytes: usize,
    /// Most inputs of the transaction.
    pub inputs: usize,
    /// Most outputs of the transaction.
    pub outputs: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // BIP141: a block weighs 4,000,000 at most; an input 164 at least, an output 36.
        Self { bytes: 16 * 1024 * 1024, inputs: 24_390, outputs: 111_111 }
    }
}

impl Limits {
    /// A few bytes claim an input or an output, and each costs kilobytes to review.
    fn hold(&self, inputs: usize, outputs: usize) -> Result<(), ParseError> {
        if inputs > self.inputs {
            return Err(ParseError::TooManyInputs { count: inputs, limit: self.inputs });
        }
        if outputs > self.outputs {
            return Err(ParseError::TooManyOutputs { count: outputs, limit: self.outputs });
        }
        Ok(())
    }
}

/// What the global map says.
struct Global {
    version: Version,
    frame: Frame,
    xpubs: Vec<(Xpub, KeySource)>,
    tx_modifiable: Option<u8>,
    message: Option<Vec<u8>>,
    unbuilt: Vec<Unbuilt>,
}

/// Where the transaction's own parts stand.
enum Frame {
    /// v0: in one piece.
    Unsigned(Transaction),
    /// v2: in the maps that follow.
    Spread { version: transaction::Version, fallback: u32, inputs: u64, outputs: u64 },
}

impl Psbt {
    /// Reads a binary PSBT, v0 or v2: every rule of BIP174, 370, 371 and 373, in time and memory
    /// linear in its length. What it holds stays a claim.
    pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Self, ParseError> {
        if bytes.len() > limits.bytes {
            return Err(ParseError::TooLong { bytes: bytes.len(), limit: limits.bytes });
        }
        let body = bytes.strip_prefix(MAGIC).ok_or(ParseError::NoMagic)?;
        let mut reader = Reader::new(body);
        let map = RawMap::read(&mut reader, Place::Global);
        let Global { version, frame, xpubs, tx_modifiable, message, mut unbuilt } =
            Global::read(&map)?;
        let (input_count, output_count) = match &frame {
            Frame::Unsigned(tx) => (tx.input.len(), tx.output.len()),
            Frame::Spread { inputs, outputs, .. } => (
                // Each map takes a byte at least.
                bounded(*inputs, global::INPUT_COUNT, reader.len())?,
                bounded(*outputs, global::OUTPUT_COUNT, reader.len())?,
            ),
        };
        limits.hold(input_count, output_count)?;
        // Room for no more than can be there: a v2 input takes 43 bytes, an output 15, any map 1.
        let least = |v2: usize| if version == Version::V2 { v2 } else { 1 };
        let mut inputs = Vec::with_capacity(input_count.min(reader.len() / least(43)));
        for i in 0..input_count {
            let raw = RawMap::read(&mut reader, Place::Input(i));
            let in_tx = match &frame {
                Frame::Unsigned(tx) => tx.input.get(i),
                Frame::Spread { .. } => None,
            };
            inputs.push(Input::read(raw, i, in_tx, &mut unbuilt)?);
        }
        let mut outputs = Vec::with_capacity(output_count.min(reader.len() / least(15)));
        for i in 0..output_count {
            let raw = RawMap::read(&mut reader, Place::Output(i));
            let in_tx = match &frame {
                Frame::Unsigned(tx) => tx.output.get(i),
                Frame::Spread { .. } => None,
            };
            outputs.push(Output::read(raw, i, in_tx, &mut unbuilt)?);
        }
        if !reader.is_empty() {
            return Err(ParseError::Trailing { bytes: reader.len() });
        }
        let (tx, lock_time_conflict) = match frame {
            Frame::Unsigned(tx) => (tx, false),
            Frame::Spread { version, fallback, .. } => build(version, fallback, &inputs, &outputs),
        };
        let global = map.to_map()?;
        Ok(Self {
            version,
            global,
            tx,
            xpubs,
            tx_modifiable,
            lock_time_conflict,
            message,
            unbuilt,
            inputs,
            outputs,
        })
    }

    /// The PSBT as bytes: what was read, to the byte, plus what was added.
    pub fn serialize(&self) -> Vec<u8> {
        let maps = || {
            let inputs = self.inputs.iter().map(|input| &input.map);
            let outputs = self.outputs.iter().map(|output| &output.map);
            std::iter::once(&self.global).chain(inputs).chain(outputs)
        };
        let mut out = Vec::with_capacity(MAGIC.len() + maps().map(|map| map.len()).sum::<usize>());
        out.extend_from_slice(MAGIC);
        maps().for_each(|map| map.write(&mut out));
        out
    }
}

fn bounded(count: u64, key_type: u64, left: usize) -> Result<usize, ParseError> {
    let field = Field { place: Place::Global, key_type };
    match usize::try_from(count) {
        Ok(small) if small <= left => Ok(small),
        _ => Err(ParseError::CountTooLarge { field, count }),
    }
}

/// v2: the transaction out of its maps, and whether its lock times cannot be joined.
fn build(
    version: transaction::Version,
    fallback: u32,
    inputs: &[Input],
    outputs: &[Output],
) -> (Transaction, bool) {
    let joined = locktime::determine(fallback, inputs.iter().map(|input| input.required));
    let tx = Transaction {
        version,
        lock_time: joined.unwrap_or(LockTime::from_consensus(fallback)),
        input: inputs
            .iter()
            .map(|input| TxIn {
                previous_output: input.outpoint,
                sequence: input.sequence,
                ..TxIn::default()
            })
            .collect(),
        output: outputs.iter().map(|output| output.txout.clone()).collect(),
    };
    (tx, joined.is_none())
}

impl Global {
    fn read(map: &RawMap<'_>) -> Result<Self, ParseError> {
        let version = match map.get(global::VERSION).map(|pair| pair.bare_u32()).transpose()? {
            None | Some(0) => Version::V0,
            Some(2) => Version::V2,
            Some(unknown) => return Err(ParseError::UnknownVersion(unknown)),
        };
        let (mut tx, mut tx_version, mut fallback) = (None, None, None);
        let (mut inputs, mut outputs, mut tx_modifiable) = (None, None, None);
        let mut xpubs = Vec::new();
        let mut message = None;
        let mut unbuilt = Vec::new();
        for pair in &map.pairs {
            if let Some(only) = only_in(pair.field.key_type)
                && only != version
            {
                return Err(ParseError::FieldForbidden(pair.field, version));
            }
            match pair.field.key_type {
                global::UNSIGNED_TX => tx = Some(pair.unsigned_tx()?),
                global::XPUB => {
                    if pair.key_data.len() != 78 {
                        return Err(pair.key_length());
                    }
                    let xpub = Xpub::decode(pair.key_data)
                        .map_err(|_| ParseError::KeyNotXpub(pair.field))?;
                    let source = pair.value_origin()?;
                    // BIP174: as many steps as the key is deep.
                    if usize::from(xpub.depth) != source.1.len() {
                        let (depth, steps) = (xpub.depth, source.1.len());
                        return Err(ParseError::XpubDepth { depth, steps });
                    }
                    xpubs.push((xpub, source));
                }
                global::TX_VERSION => {
                    let version = i32::from_le_bytes(pair.bare_array()?);
                    tx_version = Some(transaction::Version(version));
                }
                global::FALLBACK_LOCKTIME => fallback = Some(pair.bare_u32()?),
                global::INPUT_COUNT => inputs = Some(pair.bare_count()?),
                global::OUTPUT_COUNT => outputs = Some(pair.bare_count()?),
                global::TX_MODIFIABLE => {
                    let [flags] = pair.bare_array()?;
                    tx_modifiable = Some(flags);
                }
                global::SP_ECDH_SHARE => {
                    pair.key_compressed(1, false)?;
                    pair.value_of(33)?;
                    note(&mut unbuilt, Unbuilt::SilentPayments);
                }
                global::SP_DLEQ => {
                    pair.key_compressed(1, false)?;
                    pair.value_of(64)?;
                    note(&mut unbuilt, Unbuilt::SilentPayments);
                }
                global::GENERIC_SIGNED_MESSAGE => {
                    pair.bare_key()?;
                    message = Some(pair.value.to_vec());
                }
                global::VERSION => pair.bare_key()?,
                global::PROPRIETARY => pair.proprietary_key()?,
                _ => {}
            }
        }
        map.whole()?;
        let missing =
            |key_type| ParseError::FieldMissing(Field { place: Place::Global, key_type }, version);
        let frame = match version {
            Version::V0 => Frame::Unsigned(tx.ok_or(missing(global::UNSIGNED_TX))?),
            Version::V2 => Frame::Spread {
                version: tx_version.ok_or(missing(global::TX_VERSION))?,
                fallback: fallback.unwrap_or(0),
                inputs: inputs.ok_or(missing(global::INPUT_COUNT))?,
                outputs: outputs.ok_or(missing(global::OUTPUT_COUNT))?,
            },
        };
        Ok(Self { version, frame, xpubs, tx_modifiable, message, unbuilt })
    }
}

/// The one version in which a global field is allowed (BIP174, BIP370), if not all.
fn only_in(key_type: u64) -> Option<Version> {
    match key_type {
        global::UNSIGNED_TX => Some(Version::V0),
        global::TX_VERSION..=global::TX_MODIFIABLE => Some(Version::V2),
        _ => None,
    }
}
