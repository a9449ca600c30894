// What coordinators are given, read by the libraries that BlueWallet and Keeper are built on, and BBQr
// by its authors' own: UR frames are put together by @ngraveio/bc-ur, read by
// @keystonehq/bc-ur-registry, and bitcoinjs-lib derives the addresses.
//
// usage: node read.mjs NODE_MODULES FOLDER
// FOLDER: coordinators.json and frames.json, as tests/wallet_peers writes them. Prints a line of JSON
// for each coordinator and form: how many were read, or what went wrong.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, folder] = process.argv.slice(2);
const require = createRequire(join(modules, "of-the-peers.js"));
const { URDecoder } = require("@ngraveio/bc-ur");
const registry = require("@keystonehq/bc-ur-registry");
const bitcoin = require("bitcoinjs-lib");
const { BIP32Factory } = require("bip32");
const secp256k1 = require("@bitcoinerlab/secp256k1");
const { joinQRs } = await import(pathToFileURL(join(modules, "bbqr/dist/bbqr.js")));

bitcoin.initEccLib(secp256k1);
const bip32 = BIP32Factory(secp256k1);
const NETWORKS = { main: bitcoin.networks.bitcoin, test: bitcoin.networks.testnet };

const JSON_FORMS = ["ColdcardJson", "SpecterJson", "CoreImport"];

// The scripts around the keys of an account, by its path; [] for what has a single key.
const WRAPPED = { "45'": ["sh"], "1'": ["sh", "wsh"], "2'": ["wsh"] };
const SINGLE = { "44'": "pkh", "49'": "sh-wpkh", "84'": "wpkh", "86'": "tr" };

function putTogether(frames) {
  const decoder = new URDecoder();
  for (const frame of frames) {
    if (decoder.isComplete()) break;
    decoder.receivePart(frame);
  }
  assert(decoder.isSuccess(), "the frames are not put together");
  return decoder.resultUR();
}

// A key of the registry as bip32 has it, with where it comes from.
function node(hdkey, network) {
  const key = bip32.fromPublicKey(bytes(hdkey.getKey()), bytes(hdkey.getChainCode()), network);
  const origin = hdkey.getOrigin();
  const from = origin.getSourceFingerprint().toString("hex");
  return { key, text: `[${from}/${origin.getPath()}]`, whole: hdkey.getBip32Key() };
}

const bytes = (buffer) => Uint8Array.from(buffer);

// The key in `[fingerprint/path]xpub...`.
function written(text, network) {
  const [origin, key] = text.split("]");
  return { key: bip32.fromBase58(key, network), text: `${origin}]` };
}

function same(read, text, network) {
  const expected = written(text, network);
  assert.equal(read.text, expected.text);
  const main = { ...NETWORKS.main, bip32: { ...NETWORKS.main.bip32 } };
  const whole = bip32.fromBase58(read.whole, main);
  assert.deepEqual(whole.publicKey, expected.key.publicKey);
  assert.deepEqual(whole.chainCode, expected.key.chainCode);
  assert.equal(whole.depth, expected.key.depth);
  assert.equal(whole.index, expected.key.index);
  assert.equal(whole.parentFingerprint, expected.key.parentFingerprint);
}

function address(kind, needed, keys, network) {
  const { payments } = bitcoin;
  const [pubkey] = keys;
  switch (kind) {
    case "pkh":
      return payments.p2pkh({ pubkey, network }).address;
    case "wpkh":
      return payments.p2wpkh({ pubkey, network }).address;
    case "sh-wpkh":
      return payments.p2sh({ redeem: payments.p2wpkh({ pubkey, network }), network }).address;
    case "tr":
      return payments.p2tr({ internalPubkey: pubkey.slice(1), network }).address;
  }
  const multi = payments.p2ms({ m: needed, pubkeys: keys, network });
  return kind.split("-").reduceRight((redeem, name) => {
    return name === "sh"
      ? payments.p2sh({ redeem, network })
      : payments.p2wsh({ redeem, network });
  }, multi).address;
}

function compare(kind, needed, nodes, one, network, sorted = true) {
  one.addresses.forEach((chain, number) => {
    for (const [index, expected] of chain) {
      const keys = nodes.map(({ key }) => key.derive(number).derive(index).publicKey);
      if (sorted) keys.sort(Buffer.compare);
      assert.equal(address(kind, needed, keys, network), expected, `${number}/${index}`);
    }
  });
}

// What the script expressions say, or the path where they say nothing.
function kindOf(expressions, path) {
  const names = expressions.map((one) => one.getExpression());
  if (names.length > 0) return names.join("-");
  const steps = path.split("/");
  if (steps[0] in SINGLE) return SINGLE[steps[0]];
  return (WRAPPED[steps.at(-1)] ?? ["wsh"]).join("-");
}

function readKey(read, expressions, one, network) {
  same(read, one.text, network);
  const others = one.cosigners.map(({ text }) => written(text, network));
  const kind = kindOf(expressions, one.path);
  compare(kind, 2, [read, ...others], one, network);
}

const READERS = {
  "crypto-account": (cbor, one, network) => {
    const account = registry.CryptoAccount.fromCBOR(cbor);
    const [output, ...more] = account.getOutputDescriptors();
    assert.equal(more.length, 0);
    const read = node(output.getHDKey(), network);
    assert(read.text.startsWith(`[${account.getMasterFingerprint().toString("hex")}/`));
    readKey(read, output.getScriptExpressions(), one, network);
  },
  "crypto-hdkey": (cbor, one, network) => {
    readKey(node(registry.CryptoHDKey.fromCBOR(cbor), network), [], one, network);
  },
  "crypto-multi-accounts": (cbor, one, network) => {
    const accounts = registry.CryptoMultiAccounts.fromCBOR(cbor);
    const [key, ...more] = accounts.getKeys();
    assert.equal(more.length, 0);
    readKey(node(key, network), [], one, network);
  },
  "crypto-output": (cbor, one, network) => {
    const output = registry.CryptoOutput.fromCBOR(cbor);
    const multi = output.getMultiKey();
    const nodes = multi.getKeys().map((key) => node(key, network));
    const names = output.getScriptExpressions().map((expression) => expression.getExpression());
    const sorted = names.pop() === "sortedmulti";
    for (const { text } of nodes) assert(one.descriptor.includes(text), text);
    compare(names.join("-"), multi.getThreshold(), nodes, one, network, sorted);
  },
};

// A library with its version, which its package may not tell by name.
function named(...names) {
  const versions = names.map((name) => {
    const about = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
    return `${name} ${about.version}`;
  });
  return versions.join(" and ");
}

const REGISTRY = named("@keystonehq/bc-ur-registry", "bitcoinjs-lib");
const BBQR = named("bbqr");

const text = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
const told = new Map();

function tell(coordinator, form, library, work) {
  const name = JSON.stringify({ coordinator, form, library });
  const known = told.get(name) ?? { count: 0 };
  try {
    work();
    known.count += 1;
  } catch (error) {
    known.error ??= String(error.stack).slice(0, 600);
  }
  told.set(name, known);
}

for (const { name, keys, wallets } of text("coordinators.json")) {
  for (const one of [...keys, ...wallets]) {
    const network = NETWORKS[one.network];
    for (const [form, given] of Object.entries(one.exports)) {
      if (given.type in READERS) {
        tell(name, form, REGISTRY, () => {
          const { type, cbor } = putTogether(given.frames);
          assert.equal(type, given.type);
          READERS[type](cbor, one, network);
        });
      } else if (given.text !== undefined) {
        tell(name, form, `${BBQR} (frames)`, () => {
          const { fileType, raw } = joinQRs(given.frames);
          assert.equal(Buffer.from(raw).toString(), given.text);
          assert.equal(fileType, JSON_FORMS.includes(form) ? "J" : "U");
        });
      }
    }
  }
}

for (const { dialect, message, frames } of text("frames.json")) {
  if (dialect === "ur") {
    tell("frames", "crypto-psbt as UR", REGISTRY, () => {
      const decoder = new registry.URRegistryDecoder();
      for (const frame of frames) if (!decoder.isComplete()) decoder.receivePart(frame);
      assert(decoder.isSuccess());
      assert.equal(decoder.resultRegistryType().getPSBT().toString("hex"), message);
    });
  } else if (dialect === "bbqr") {
    tell("frames", "PSBT as BBQr", BBQR, () => {
      const { fileType, raw } = joinQRs([...frames].reverse());
      assert.deepEqual([fileType, Buffer.from(raw).toString("hex")], ["P", message]);
    });
  }
}

for (const [name, result] of told) {
  console.log(JSON.stringify({ ...JSON.parse(name), ...result }));
}
