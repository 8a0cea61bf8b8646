//! Turns the tables in `data/` into static arrays, so that nothing is parsed at run time.

#[path = "build/mod.rs"]
mod build;
#[allow(dead_code, unreachable_pub)]
#[path = "src/resolve/fold.rs"]
mod fold;
#[allow(dead_code, unreachable_pub)]
#[path = "src/resolve/letters.rs"]
mod letters;

fn main() {
    println!("cargo:rerun-if-changed=data");
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/resolve/fold.rs");
    println!("cargo:rerun-if-changed=src/resolve/letters.rs");
    if let Err(error) = build::run() {
        println!("cargo::error={error}");
    }
}
