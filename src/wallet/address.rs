//! Addresses in writing.

use super::Network;
use bitcoin::{Address, Script};

/// The address of a script: P2PKH, P2SH, P2WPKH, P2WSH and P2TR. None for all others, future
/// witness versions included: nobody can say yet who could spend those.
pub fn address(script: &Script, network: Network) -> Option<String> {
    let known = script.is_p2pkh()
        || script.is_p2sh()
        || script.is_p2wpkh()
        || script.is_p2wsh()
        || script.is_p2tr();
    let address = known.then(|| Address::from_script(script, network.to_bitcoin()).ok())??;
    Some(address.to_string())
}

/// The address cut into groups of four characters, the last one shorter.
pub fn groups_of_four(address: &str) -> Vec<String> {
    let characters: Vec<char> = address.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use bitcoin::ScriptBuf;

    #[test]
    fn the_address_forms_of_bip173_and_bip350() {
        // BIP173: the P2WPKH example, BIP350: witness version 1 with 32 bytes, version 16.
        let p2wpkh = ScriptBuf::from_hex("0014751e76e8199196d454941c45d1b3a323f1433bd6").unwrap();
        assert_eq!(
            address(&p2wpkh, Network::Main).unwrap(),
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"
        );
        assert_eq!(
            address(&p2wpkh, Network::Test).unwrap(),
            "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"
        );
        let p2tr = "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
        assert_eq!(
            address(&ScriptBuf::from_hex(p2tr).unwrap(), Network::Main).unwrap(),
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"
        );
        let future = ScriptBuf::from_hex("6002751e").unwrap();
        assert_eq!(address(&future, Network::Main), None);
    }

    #[test]
    fn groups_lose_no_character() {
        let text = "tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx";
        let groups = groups_of_four(text);
        assert_eq!(groups.concat(), text);
        assert_eq!(groups.last().map(String::as_str), Some("sx"));
    }
}
