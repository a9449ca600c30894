//! What Liana is given, read by its own library: a wallet that we say it may have is read and gives the
//! same addresses, any other is refused.
//!
//! usage: read-by-liana FOLDER
//! FOLDER: coordinators.json, as tests/wallet_peers writes it. Prints a line of JSON.

use liana::descriptors::LianaDescriptor;
use liana::miniscript::bitcoin::Network;
use liana::miniscript::bitcoin::secp256k1::Secp256k1;
use serde_json::{Value, json};
use std::path::PathBuf;

fn main() {
    let folder = PathBuf::from(std::env::args_os().nth(1).expect("a folder"));
    let text = std::fs::read_to_string(folder.join("coordinators.json")).expect("a file");
    let told: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let liana = told.iter().find(|one| one["name"] == "Liana").expect("Liana");
    let (mut count, mut error) = (0, None);
    for wallet in liana["wallets"].as_array().expect("wallets") {
        match judge(wallet) {
            Ok(()) => count += 1,
            Err(what) => error = Some(format!("{}: {what}", wallet["form"])),
        }
    }
    let mut line = json!({
        "coordinator": "Liana",
        "form": "Descriptor",
        "library": "liana 5.0.0",
        "count": count,
    });
    if let Some(error) = error {
        line["error"] = json!(error);
    }
    println!("{line}");
}

fn judge(wallet: &Value) -> Result<(), String> {
    let text = wallet["exports"]["Descriptor"]["text"].as_str().expect("a descriptor");
    // by our own reckoning
    let may_have = wallet["may_have"] == true;
    match (may_have, text.parse::<LianaDescriptor>()) {
        (true, Ok(read)) => compare(wallet, &read),
        (true, Err(error)) => Err(error.to_string()),
        (false, Ok(_)) => Err("it is read now".to_owned()),
        (false, Err(_)) => Ok(()),
    }
}

fn compare(wallet: &Value, read: &LianaDescriptor) -> Result<(), String> {
    let secp = Secp256k1::verification_only();
    let chains = [read.receive_descriptor(), read.change_descriptor()];
    for (chain, addresses) in chains.iter().zip(wallet["addresses"].as_array().expect("chains")) {
        for one in addresses.as_array().expect("addresses") {
            let index = one[0].as_u64().and_then(|index| u32::try_from(index).ok());
            let index = index.expect("an index");
            let address = chain.derive(index.into(), &secp).address(Network::Bitcoin).to_string();
            if one[1] != address {
                return Err(format!("Liana gives {address} at {index}"));
            }
        }
    }
    Ok(())
}
