//! Each dependency stands in `Cargo.toml` with its room and its reason.

use std::collections::BTreeSet;
use std::fs;

use crate::server::root;

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("there");
    let (mut section, mut n) = (String::new(), 0);
    for line in manifest.lines() {
        if line.starts_with('[') {
            line.clone_into(&mut section);
        } else if section.ends_with("dependencies]") && line.contains('=') {
            n += 1;
            let (_, reason) = line.split_once(" # ").unwrap_or_else(|| panic!("no reason is given for: {line}"));
            let has_room = reason.starts_with('[') || section.contains("dev");
            assert!(has_room && reason.len() > 15, "no room is given for: {line}");
        }
    }
    assert!(n > 20, "only {n} dependencies were found");
}

/// What is fuzzed is what runs.
#[test]
fn the_fuzz_targets_are_built_on_the_same_versions() {
    let versions = |path: &str| -> BTreeSet<(String, String)> {
        let text = fs::read_to_string(root().join(path)).expect("there");
        let lock: toml::Table = text.parse().expect("TOML");
        let packages = lock["package"].as_array().expect("a list").iter();
        let text = |package: &toml::Value, key: &str| package[key].as_str().expect("a text").to_owned();
        packages.map(|package| (text(package, "name"), text(package, "version"))).collect()
    };
    let (ours, fuzzed) = (versions("Cargo.lock"), versions("fuzz/Cargo.lock"));
    let names: BTreeSet<_> = ours.iter().map(|(name, _)| name).collect();
    let other: Vec<_> = fuzzed.difference(&ours).filter(|(name, _)| names.contains(name)).collect();
    assert!(other.is_empty(), "copy Cargo.lock to fuzz/Cargo.lock, and let cargo add what is missing: {other:?}");
    assert!(fuzzed.intersection(&ours).count() > 100);
}
