//! The judge: a PSBT, the public side of a seed, wallets and a policy go in; facts, findings and
//! pages come out. It holds no key. What the coordinator says is a claim until it is derived or
//! verified here; a contradicted claim is a refusal.

mod advice;
mod examine;
mod facts;
mod finding;
mod history;
mod inputs;
mod known;
mod leaves;
mod lock;
pub mod message;
mod outputs;
mod owner;
mod page;
mod pages;
mod policy;
mod program;
mod report;
mod route;
mod signatures;
mod sizes;
mod sweep;
mod task;
mod time;
mod transaction;
mod utxo;
mod walk;
mod ways;
mod weight;

pub use examine::{Context, Examined, Refusal, Reviewed, examine};
pub use facts::{
    Facts, InputFacts, InputScript, OutputFacts, OutputKind, SignatureCount, Signer, SweepFacts,
    Verdict, WalletFlow,
};
pub use finding::{Code, Finding, Grade, Place};
pub use history::{Footprint, History};
pub use known::{Acquaintance, Imitated};
pub use page::{COLUMNS, Line, Page, PageKind, ROWS, Span, Style};
pub use policy::Policy;
pub use task::Task;
pub use time::{duration, grouped, lock_words, utc};
pub use walk::{Approved, Walk};
pub use ways::{Closed, Party, Way};
