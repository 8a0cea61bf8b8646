//! Turns the tables in `data/` into static arrays, so that nothing is parsed or hashed at run time.

#[path = "build/mod.rs"]
mod build;
#[allow(dead_code, unreachable_pub)]
#[path = "src/fold.rs"]
mod fold;
#[allow(dead_code, unreachable_pub)]
#[path = "src/hash.rs"]
mod hash;

fn main() {
    println!("cargo:rerun-if-changed=data");
    println!("cargo:rerun-if-changed=build");
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=src/fold.rs");
    println!("cargo:rerun-if-changed=src/hash.rs");
    if let Err(error) = build::run() {
        println!("cargo::error={error}");
    }
}
