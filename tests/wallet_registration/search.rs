//! Is this address ours, and where does it stand?

use crate::common::vectors;
use crate::meaning::wallet;
use coldlight::wallet::{
    AddressError, Chain, Found, Network, Search, Wallet, address, read_address,
};
use libtest_mimic::Trial;

pub fn tests() -> Vec<Trial> {
    vec![
        vectors::constant!(an_address_is_found_in_its_wallet_at_its_index),
        vectors::constant!(slices_cover_every_step_once),
        vectors::constant!(an_address_of_nobody_is_not_found),
        vectors::constant!(addresses_are_read_alone_and_in_requests),
    ]
}

const FORMS: [&str; 8] = [
    "pkh(A)",
    "wpkh(A)",
    "sh(wpkh(A))",
    "wsh(sortedmulti(2,A,B,C))",
    "sh(wsh(multi(2,A,B)))",
    "tr(A,{pk(B),multi_a(1,C,D)})",
    "tr(B,{sortedmulti_a(2,C,D),pk(A)})",
    "wsh(or_d(pk(D),and_v(v:pkh(E),older(52560))))",
];

fn an_address_is_found_in_its_wallet_at_its_index() {
    let wallets: Vec<Wallet> = FORMS.iter().map(|form| wallet(form)).collect();
    for (number, one) in wallets.iter().enumerate() {
        for (chain, index) in [(Chain::Receive, 0), (Chain::Change, 0), (Chain::Change, 17)] {
            let script = one.script(chain, index).expect("a script");
            let text = address(&script, Network::Main).expect("an address");
            let script = read_address(&text, Network::Main).expect("read");
            let search = Search::over(&script, &wallets, 20);
            let found = search.slice(0..search.steps());
            assert_eq!(found, Some(Found { wallet: number, chain, index }), "{}", FORMS[number]);
        }
    }
}

fn slices_cover_every_step_once() {
    let wallets = [wallet("wpkh(A)"), wallet("wpkh(B)"), wallet("wsh(sortedmulti(2,A,B))")];
    let script = wallets[1].script(Chain::Change, 9_999).expect("a script");
    let search = Search::new(&script, &wallets);
    // two wallets have such addresses, with two chains each
    assert_eq!(search.steps(), 40_000);
    let found = Some(Found { wallet: 1, chain: Chain::Change, index: 9_999 });
    assert_eq!(search.slice(39_990..50_000), found);
    assert_eq!(search.slice(39_999..40_000), found, "the last step of all");
    assert_eq!(search.slice(0..100), None);
    assert_eq!(search.slice(39_980..39_999), None);
    assert_eq!(search.slice(40_000..u64::MAX), None);
    // from several threads at once
    let hits: Vec<Found> = std::thread::scope(|scope| {
        let slice = |from: u64| {
            scope.spawn({
                let search = &search;
                move || search.slice(from..from + 10)
            })
        };
        let slices: Vec<_> = [0, 39_970, 39_980, 39_990].map(slice).into();
        slices.into_iter().filter_map(|one| one.join().expect("no panic")).collect()
    });
    assert_eq!(hits.len(), 1);
}

fn an_address_of_nobody_is_not_found() {
    let wallets: Vec<Wallet> = FORMS.iter().map(|form| wallet(form)).collect();
    // BIP173's example
    let script = read_address("bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", Network::Main).unwrap();
    let search = Search::over(&script, &wallets, 50);
    assert_eq!(search.steps(), 100, "one wallet has addresses of this form");
    assert_eq!(search.slice(0..search.steps()), None);
    // another witness version: no wallet has such addresses
    let future = "bc1pw508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kt5nd6y";
    let script = read_address(future, Network::Main).unwrap();
    assert_eq!(Search::new(&script, &wallets).steps(), 0);
    // a cosigner's other wallet
    let script = wallet("wsh(sortedmulti(2,A,B,D))").script(Chain::Receive, 0).unwrap();
    let search = Search::over(&script, &wallets, 20);
    assert_eq!(search.slice(0..search.steps()), None);
}

fn addresses_are_read_alone_and_in_requests() {
    let address = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    let script = read_address(address, Network::Main).unwrap();
    for text in [
        address.to_uppercase(),
        format!(" {address}\n"),
        format!("bitcoin:{address}?amount=1&label=x"),
        format!("BITCOIN:{}", address.to_uppercase()),
    ] {
        assert_eq!(read_address(&text, Network::Main).as_ref(), Ok(&script), "{text}");
    }
    assert_eq!(
        read_address(address, Network::Test),
        Err(AddressError::OtherNetwork { main: true, chosen: Network::Test })
    );
    for text in
        ["", "bitcoin:", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "lnbc1", &"1".repeat(9_000)]
    {
        assert_eq!(read_address(text, Network::Main), Err(AddressError::Malformed), "{text}");
    }
}
