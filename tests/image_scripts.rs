//! The image's scripts refuse what they must: foreign signatures, options that did not come to be, options
//! that must be off. Run in bash, as the scripts run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder for one test, removed when it ends.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str) -> Self {
        let path = std::env::temp_dir().join(format!("coldlight-{test}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// Runs lines of bash in this folder, with the image's scripts at hand.
    fn bash(&self, lines: &str) -> Output {
        let project = Path::new(env!("CARGO_MANIFEST_DIR"));
        let parts = ["lib", "sign", "options", "verify"]
            .map(|part| format!(". '{}/image/{part}.sh'\n", project.display()))
            .concat();
        Command::new("bash")
            .args(["-c", &format!("set -euo pipefail\n{parts}{lines}")])
            .current_dir(&self.0)
            .output()
            .unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

#[track_caller]
fn accepts(output: &Output, words: &str) {
    assert!(output.status.success(), "{}", said(output));
    assert!(said(output).contains(words), "{}", said(output));
}

#[track_caller]
fn refuses(output: &Output, words: &str) {
    assert!(!output.status.success(), "{}", said(output));
    assert!(said(output).contains(words), "{}", said(output));
}

/// A folder with a release signed by "maker", whose key alone is in the file `keys`.
fn signed_release(test: &str) -> Folder {
    let folder = Folder::new(test);
    folder.write("SHA256SUMS", "sums\n");
    folder.write("MANIFEST", "manifest\n");
    accepts(
        &folder.bash(
            "for name in maker stranger; do ssh-keygen -q -t ed25519 -N '' -f $name; done
             dist=$PWD; sign_release maker",
        ),
        "Signed",
    );
    let key = folder.read("maker.pub");
    folder.write("keys", &format!("maker namespaces=\"coldlight-image\" {key}"));
    folder
}

#[test]
fn a_signature_by_a_release_key_is_named() {
    let folder = signed_release("signed");
    accepts(&folder.bash("check_signature . keys yes"), "MANIFEST is signed by maker");
}

#[test]
fn a_signature_by_a_foreign_key_is_refused() {
    let folder = signed_release("foreign");
    folder.bash("dist=$PWD; sign_release stranger");
    refuses(&folder.bash("check_signature . keys yes"), "a key that keys does not hold");
}

#[test]
fn a_changed_file_under_a_signature_is_refused() {
    for changed in ["SHA256SUMS", "MANIFEST"] {
        let folder = signed_release(&format!("changed-{changed}"));
        folder.write(changed, "other\n");
        refuses(
            &folder.bash("check_signature . keys yes"),
            &format!("The signature of {changed} is wrong"),
        );
    }
}

#[test]
fn a_signature_for_another_purpose_is_refused() {
    let folder = signed_release("purpose");
    folder.bash("signature_namespace=file; dist=$PWD; sign_release maker");
    refuses(&folder.bash("check_signature . keys yes"), "do not use this image");
}

#[test]
fn a_missing_signature_is_said_and_refused_where_keys_were_named() {
    let folder = signed_release("missing");
    fs::remove_file(folder.0.join("MANIFEST.sig")).unwrap();
    accepts(&folder.bash("check_signature . keys no"), "MANIFEST is not signed");
    refuses(&folder.bash("check_signature . keys yes"), "MANIFEST is not signed");
}

#[test]
fn without_a_release_key_no_signature_counts() {
    let folder = signed_release("keyless");
    folder.write("keys", "# none yet\n");
    accepts(&folder.bash("check_signature . keys no"), "no release key yet");
    refuses(&folder.bash("check_signature . keys yes"), "keys holds no key");
}

#[test]
fn a_changed_image_is_refused() {
    let folder = Folder::new("sums");
    folder.write("coldlight.iso", "image");
    folder.write("MANIFEST", "manifest");
    folder.bash("sha256sum coldlight.iso MANIFEST >SHA256SUMS");
    accepts(&folder.bash("check_sums ./coldlight.iso"), "are the files");
    folder.write("coldlight.iso", "imagE");
    refuses(&folder.bash("check_sums ./coldlight.iso"), "do not use it");
    folder.bash("echo >SHA256SUMS");
    refuses(&folder.bash("check_sums ./coldlight.iso"), "does not name");
}

/// A folder that stands for the project and for a kernel's source with three options.
fn kernel(test: &str, wanted: &str, forbidden: &str, actual: &str) -> Output {
    let folder = Folder::new(test);
    fs::create_dir(folder.0.join("image")).unwrap();
    folder.write("Kconfig", "config NET\nconfig MODULES\nmenuconfig EFI\n");
    folder.write("image/kernel.config", wanted);
    folder.write("image/kernel.forbidden", forbidden);
    folder.write(".config", actual);
    folder.bash("project=$PWD; check_options . && echo fine")
}

#[test]
fn a_kernel_configured_as_asked_passes() {
    let output = kernel(
        "asked",
        "# comment\nCONFIG_NET=n\nCONFIG_EFI=y\n",
        "CONFIG_MODULES  # drivers loaded later\n",
        "# CONFIG_NET is not set\nCONFIG_EFI=y\n",
    );
    accepts(&output, "fine");
}

#[test]
fn an_option_that_did_not_come_to_be_is_named() {
    let dropped = kernel("dropped", "CONFIG_EFI=y\n", "", "# CONFIG_EFI is not set\n");
    refuses(&dropped, "CONFIG_EFI: image/kernel.config says y");
    let forced = kernel("forced", "CONFIG_NET=n\n", "", "CONFIG_NET=y\n");
    refuses(&forced, "CONFIG_NET: image/kernel.config says n");
}

#[test]
fn a_forbidden_option_is_named_with_its_reason() {
    let output =
        kernel("forbidden", "", "CONFIG_MODULES  # drivers loaded later\n", "CONFIG_MODULES=y\n");
    refuses(&output, "CONFIG_MODULES is on and must be off: drivers loaded later.");
}

#[test]
fn a_misspelt_option_is_refused_since_it_would_guard_nothing() {
    refuses(
        &kernel("misspelt-config", "CONFIG_NETT=n\n", "", ""),
        "CONFIG_NETT in image/kernel.config is no option",
    );
    refuses(
        &kernel("misspelt-forbidden", "", "CONFIG_NETT  # typing\n", ""),
        "CONFIG_NETT in image/kernel.forbidden is no option",
    );
}
