//! Each dependency stands in `Cargo.toml` with its room and its reason.

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
