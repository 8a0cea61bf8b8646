//! Ending on a signal: what is unfinished is removed, then the signal does what it always does.
//!
//! Elsewhere than on Unix the system ends the program at once, and the next run removes what is left.

/// Watches for Ctrl-C, a request to terminate and a terminal that is closed, as far as they are not ignored.
#[cfg(unix)]
pub(crate) fn watch() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    let ignored = ignored();
    let wanted = [SIGHUP, SIGINT, SIGTERM].into_iter().filter(|signal| {
        // What `nohup` ignores stays ignored, also where that cannot be asked.
        ignored.map_or(*signal != SIGHUP, |mask| mask & (1 << (signal - 1)) == 0)
    });
    // Without them the program ends as it would anyway, and the next run removes what is left.
    let Ok(mut signals) = Signals::new(wanted) else {
        return;
    };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            let ended = plenary::import::files::abandon(|| emulate_default_handler(signal));
            if ended.is_err() {
                std::process::exit(128 + signal);
            }
        }
    });
}

/// The signals that this process was started to ignore, one bit each; nothing where the system does not say.
#[cfg(unix)]
fn ignored() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(mask.trim(), 16).ok()
}

#[cfg(not(unix))]
pub(crate) fn watch() {}
