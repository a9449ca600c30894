//! A machine that serves errands about vaults from memory, by the rules of the real one: nothing is
//! made over what is there, nothing is written without its guard, each listing gives new names.

#![allow(dead_code)] // each test file uses its part

use coldlight::app::appliance::Errand;
use coldlight::app::storage::{
    Destruction, MediumEntry, MediumId, Patch, Plugged, VaultEntry, VaultErrand, VaultId, VaultNews,
};
use coldlight::vault::layout::{self, SLOTS};
use zeroize::Zeroizing;

/// A stick.
pub struct Stick {
    pub name: String,
    pub vault: Option<Vec<u8>>,
    pub key_file: Option<Vec<u8>>,
    pub plugged: bool,
    /// Fails every write as if it were full.
    pub full: bool,
}

impl Stick {
    pub fn empty(name: &str) -> Self {
        Self { name: name.into(), vault: None, key_file: None, plugged: true, full: false }
    }

    pub fn copy(&self, name: &str) -> Self {
        Self {
            name: name.into(),
            vault: self.vault.clone(),
            key_file: self.key_file.clone(),
            plugged: true,
            full: false,
        }
    }
}

/// The machine's sticks, and what it answers.
#[derive(Default)]
pub struct VaultMachine {
    pub sticks: Vec<Stick>,
    /// Names that were given so far: the next list begins behind them.
    listed: u64,
}

const PULLED: &str = "The stick is not plugged in any more. Plug it in and look again.";
const THERE: &str = "A vault is on this stick already. Take another stick.";
const FULL: &str = "The stick is full. Make room on it, or take another one.";
const OTHER: &str = "The file is not as it was. Nothing was written; look again.";

impl VaultMachine {
    pub fn with(sticks: impl IntoIterator<Item = Stick>) -> Self {
        Self { sticks: sticks.into_iter().collect(), listed: 0 }
    }

    /// The stick of this name.
    pub fn stick(&mut self, name: &str) -> &mut Stick {
        self.sticks.iter_mut().find(|stick| stick.name == name).expect("the stick is there")
    }

    /// What the machine says of an errand.
    pub fn serve(&mut self, errand: &Errand) -> Option<VaultNews> {
        let Errand::Vault(errand) = errand else { return None };
        Some(match errand {
            VaultErrand::Look => VaultNews::Found(Ok(self.look())),
            VaultErrand::Read(id) => {
                VaultNews::Read(*id, self.at(id.0).and_then(|stick| file(stick).cloned()))
            }
            VaultErrand::Create { on, bytes } => VaultNews::Created(self.create(*on, bytes)),
            VaultErrand::Write { vault, patch, guard } => {
                VaultNews::Written(*vault, self.write(*vault, patch, guard))
            }
            VaultErrand::ReadKeyFile(on) => VaultNews::KeyFile(self.at(on.0).and_then(|stick| {
                let bytes = stick.key_file.clone().ok_or("There is no key file. Look again.");
                Ok(Zeroizing::new(bytes?))
            })),
            VaultErrand::CreateKeyFile(on) => {
                VaultNews::KeyFileCreated(self.at(on.0).and_then(|stick| {
                    if stick.key_file.is_some() {
                        return Err("A key file is there already. Take it.".into());
                    }
                    let bytes: Vec<u8> = stick.name.bytes().cycle().take(64).collect();
                    stick.key_file = Some(bytes.clone());
                    Ok(Zeroizing::new(bytes))
                }))
            }
            VaultErrand::Destroy { vault, keys_first } => {
                let ranges = keys_first.clone();
                VaultNews::Destroyed(*vault, self.destroy(*vault, &ranges))
            }
        })
    }

    fn look(&mut self) -> Plugged {
        self.listed += 100;
        let mut plugged = Plugged::default();
        for (place, stick) in self.sticks.iter().enumerate().filter(|(_, stick)| stick.plugged) {
            let number = self.listed + place as u64;
            let id = MediumId(number);
            let key_file = stick.key_file.is_some();
            plugged.media.push(MediumEntry { id, name: stick.name.clone(), key_file });
            if let Some(entry) = entry(number, stick) {
                plugged.vaults.push(entry);
            }
        }
        plugged
    }

    /// The stick that was listed under a name.
    fn at(&mut self, number: u64) -> Result<&mut Stick, String> {
        let place = number.checked_sub(self.listed).ok_or(PULLED)?;
        let stick = self.sticks.get_mut(place as usize).ok_or(PULLED)?;
        if stick.plugged { Ok(stick) } else { Err(PULLED.into()) }
    }

    fn create(&mut self, on: MediumId, bytes: &[u8]) -> Result<VaultEntry, String> {
        assert_eq!(bytes.len(), layout::FILE);
        let stick = self.at(on.0)?;
        match (&stick.vault, stick.full) {
            (Some(_), _) => Err(THERE.into()),
            (None, true) => Err(FULL.into()),
            (None, false) => {
                stick.vault = Some(bytes.to_vec());
                entry(on.0, stick).ok_or_else(|| OTHER.into())
            }
        }
    }

    fn write(&mut self, vault: VaultId, patch: &Patch, guard: &Patch) -> Result<(), String> {
        let stick = self.at(vault.0)?;
        if stick.full {
            return Err(FULL.into());
        }
        let file = stick.vault.as_mut().ok_or(PULLED)?;
        let range =
            |patch: &Patch| patch.offset as usize..patch.offset as usize + patch.bytes.len();
        if file.get(range(guard)) != Some(&guard.bytes[..]) {
            return Err(OTHER.into());
        }
        file[range(patch)].copy_from_slice(&patch.bytes);
        Ok(())
    }

    fn destroy(&mut self, vault: VaultId, keys: &[(u64, usize)]) -> Result<Destruction, String> {
        let stick = self.at(vault.0)?;
        assert!(stick.vault.is_some() && !keys.is_empty());
        stick.vault = None;
        Ok(Destruction { removed: true, discarded: false })
    }
}

fn file(stick: &mut Stick) -> Result<&Vec<u8>, String> {
    stick.vault.as_ref().ok_or_else(|| PULLED.into())
}

fn entry(number: u64, stick: &Stick) -> Option<VaultEntry> {
    let bytes = stick.vault.as_ref()?;
    let whole = bytes.len() == layout::FILE;
    let head = |slot| {
        if whole { bytes[layout::slot(slot)][..layout::HEAD].to_vec() } else { vec![] }
    };
    Some(VaultEntry {
        id: VaultId(number),
        on: MediumId(number),
        medium: stick.name.clone(),
        name: "coldlight.vault".into(),
        heads: std::array::from_fn::<_, SLOTS, _>(head),
    })
}
