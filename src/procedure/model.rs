//! What a procedure's file says. Every field of the file stands here; any other is refused.

use serde::Deserialize;
use toml::Spanned;

/// One procedure, as its file has it. Only [`super::lint`] gives it out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Procedure {
    /// Its name for machines: small letters, digits and hyphens.
    pub id: Spanned<String>,
    /// Counts up with each change, from 1.
    pub version: Spanned<u32>,
    /// Its name for people.
    pub title: Spanned<String>,
    /// In which states the key may be; empty where no key is needed.
    #[serde(default)]
    pub key_state: Vec<KeyState>,
    /// After how many days it is due again.
    pub interval_days: Option<Spanned<u32>>,
    /// The controls of the CryptoCurrency Security Standard that it gives evidence for.
    #[serde(default)]
    pub ccss: Vec<Spanned<Ccss>>,
    /// Who takes part.
    #[serde(default, rename = "role")]
    pub roles: Vec<Role>,
    /// What must lie on the table.
    #[serde(default, rename = "material")]
    pub materials: Vec<Material>,
    /// What is done, in order.
    #[serde(default, rename = "step")]
    pub steps: Vec<Step>,
}

/// A state of the key (NIST SP 800-57 part 1, revision 5, section 7), as in a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyState {
    /// Made or imported; no backup was tried.
    Made,
    /// A backup was read back.
    Drilled,
    /// In use.
    Active,
    /// Not to be used for now.
    Suspended,
    /// Somebody else may know it.
    Compromised,
    /// Out of use.
    Retired,
    /// Gone.
    Destroyed,
}

/// A control of the CryptoCurrency Security Standard, such as `1.01.1`, as versions 8.0 and 8.1 number
/// them (CryptoCurrency Certification Consortium); version 9 numbers them anew.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Ccss(String);

impl Ccss {
    /// How many controls each aspect has. Aspects 1.01 to 1.06 as C4's matrix 8.1 and Confide's
    /// articles on version 8 list them; 2.01 to 2.04 were not held against the standard's own text.
    const ASPECTS: [(&str, u8); 10] = [
        ("1.01", 4),
        ("1.02", 5),
        ("1.03", 6),
        ("1.04", 8),
        ("1.05", 2),
        ("1.06", 3),
        ("2.01", 1),
        ("2.02", 2),
        ("2.03", 1),
        ("2.04", 2),
    ];

    /// Its number.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Does the standard have it?
    pub(super) fn exists(&self) -> bool {
        Self::ASPECTS.iter().any(|(aspect, controls)| {
            (1..=*controls).any(|number| self.0 == format!("{aspect}.{number}"))
        })
    }
}

/// A part that people play.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its name for machines.
    pub id: Spanned<String>,
    /// Its name for people.
    pub title: Spanned<String>,
    /// How many people at least.
    pub minimum: Spanned<u8>,
    /// Roles that none of its people may have as well. Said once, it holds both ways.
    #[serde(default)]
    pub differs_from: Vec<Spanned<String>>,
}

/// Something that must be there: a sealed bag, a stick, a steel plate.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Material {
    /// Its name for machines.
    pub id: Spanned<String>,
    /// Its name for people.
    pub title: Spanned<String>,
    /// The field that its serial number is entered in, where it has one.
    pub serial: Option<Spanned<String>>,
}

/// One step.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Its name for machines.
    pub id: Spanned<String>,
    /// What is done.
    pub kind: Spanned<Kind>,
    /// What the people are told.
    pub text: Spanned<String>,
    /// The role that does it.
    pub role: Spanned<String>,
    /// The role that watches.
    pub witness: Option<Spanned<String>>,
    /// What the machine decides: for a check.
    pub predicate: Option<Spanned<Predicate>>,
    /// The field that it fills: for enter, enter secret and scan.
    pub field: Option<Spanned<String>>,
    /// The field that it shows or compares: for show QR, read aloud, compare and attest.
    pub of: Option<Spanned<String>>,
    /// The field that it must equal in the last record of this procedure: the bag that is opened now
    /// bears the seal that was put on last time, and that one was entered in another field.
    pub as_last: Option<Spanned<String>>,
    /// What happens when it fails.
    pub failure: Spanned<Failure>,
    /// The step that follows, or `end`; without it the next one in the file.
    pub next: Option<Spanned<String>>,
}

/// What a step does: a closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The machine decides a predicate.
    Check,
    /// Somebody says that it is so.
    Confirm,
    /// Somebody types what goes into the record.
    Enter,
    /// Somebody types what never leaves the machine's memory.
    EnterSecret,
    /// A code is read.
    Scan,
    /// A code is shown.
    ShowQr,
    /// Something is read aloud.
    ReadAloud,
    /// Two things are compared.
    Compare,
    /// Randomness is gathered.
    Entropy,
    /// A key is derived.
    Derive,
    /// A backup is written.
    BackUp,
    /// A backup is read back.
    VerifyBackup,
    /// Public keys leave.
    Export,
    /// A transaction is looked at, page by page.
    ReviewPsbt,
    /// A transaction is signed.
    Sign,
    /// The machine is powered on or off.
    Power,
    /// Somebody signs for what was done.
    Attest,
    /// Something is written into the record.
    Note,
}

/// What the machine itself can tell: a closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Predicate {
    /// There is no network device.
    NoNetworkDevice,
    /// The boot stick's SHA-256 is the one that was expected.
    BootStickMatches,
    /// No disk is mounted.
    NoDiskMounted,
    /// The boot medium was taken out.
    BootMediumRemoved,
    /// It runs on its battery.
    OnBattery,
    /// The self-test passed.
    SelfTestPassed,
    /// The random source passes its tests.
    RandomSourceHealthy,
    /// Somebody confirmed the clock.
    ClockConfirmed,
    /// Exactly one key of this wallet is loaded.
    OneKeyLoaded,
    /// No seed is loaded.
    NoSeedLoaded,
}

/// What happens when a step fails.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// The run ends.
    Abort,
    /// It is tried again, this many times at most; then the run ends.
    Retry(u8),
    /// The run goes on, with a reason that two roles give.
    Deviation,
    /// Another step follows, later in the file.
    GoTo(String),
}
