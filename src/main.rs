fn main() {
    let o = coldlight::cli::signer::SignerOptions {
        camera: None,
        demo: true,
        network: coldlight::wallet::Network::Test,
        mainnet: false,
    };
    if let Err(e) = coldlight::cli::signer::run(&o) {
        eprintln!("{e}");
    }
}
