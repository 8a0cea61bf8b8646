//! [`Browser`]: pages as PDF or PNG, drawn by a browser that is installed.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::ReportError;

/// A form of a page that a browser draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Drawing {
    /// A PDF of pages to print.
    Pdf,
    /// A picture of the page, from top to bottom.
    Png,
}

/// An installed Chromium, Chrome or Edge, which draws pages without a window and without a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Browser(PathBuf);

/// The names of the programs.
const NAMES: [&str; 8] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
    "chrome-headless-shell",
];

/// Where they are on systems that do not put them among the commands.
const PLACES: [&str; 5] = [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// How long a browser may take for one page.
const PATIENCE: Duration = Duration::from_secs(90);

/// The width of a picture, in pixels, and the heights that it may have.
const WIDTH: u32 = 1100;
const HEIGHTS: std::ops::RangeInclusive<u32> = 400..=16_000;

/// What the script of a page calls its height.
const HEIGHT: &str = "data-height=\"";

impl Browser {
    /// A browser by the path of its program.
    #[must_use]
    pub fn at(program: impl Into<PathBuf>) -> Self {
        Self(program.into())
    }

    /// The first one that is found among the commands and in the usual places.
    #[must_use]
    pub fn find() -> Option<Self> {
        let folders = env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = env::split_paths(&folders).collect();
        let commands = NAMES.iter().flat_map(|name| {
            let file = format!("{name}{}", env::consts::EXE_SUFFIX);
            folders.iter().map(move |folder| folder.join(&file))
        });
        let mut places = commands.chain(PLACES.iter().map(PathBuf::from));
        places.find(|path| path.is_file()).map(Self)
    }

    /// Draws a page.
    ///
    /// # Errors
    ///
    /// [`ReportError::Browser`] when the browser cannot be started, takes too long or draws nothing.
    pub fn draw(&self, html: &str, form: Drawing) -> Result<Vec<u8>, ReportError> {
        let failed = |error: std::io::Error| self.failed(error.to_string());
        let folder = tempfile::Builder::new().prefix("plenary-report-").tempdir();
        let folder = folder.map_err(failed)?;
        let page = folder.path().join("page.html");
        fs::write(&page, html).map_err(failed)?;
        let drawn = folder.path().join(match form {
            Drawing::Pdf => "drawn.pdf",
            Drawing::Png => "drawn.png",
        });
        match form {
            Drawing::Pdf => {
                let to = option("--print-to-pdf=", &drawn);
                self.run(
                    folder.path(),
                    &page,
                    &["--no-pdf-header-footer".as_ref(), &to],
                )?;
            }
            Drawing::Png => {
                let size = format!("--window-size={WIDTH},800");
                let text = self.run(
                    folder.path(),
                    &page,
                    &["--dump-dom".as_ref(), size.as_ref()],
                )?;
                let height = height(&text).unwrap_or(*HEIGHTS.end());
                let height = height.clamp(*HEIGHTS.start(), *HEIGHTS.end());
                let size = format!("--window-size={WIDTH},{height}");
                let to = option("--screenshot=", &drawn);
                let arguments = ["--hide-scrollbars".as_ref(), size.as_ref(), &*to];
                self.run(folder.path(), &page, &arguments)?;
            }
        }
        let bytes = fs::read(&drawn);
        bytes.map_err(|_| self.failed("it has drawn nothing".to_owned()))
    }

    /// Runs the browser on a page; what it prints.
    fn run(&self, folder: &Path, page: &Path, arguments: &[&OsStr]) -> Result<String, ReportError> {
        let failed = |error: std::io::Error| self.failed(error.to_string());
        let mut command = Command::new(&self.0);
        command.args([
            "--headless",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-extensions",
            "--disable-sync",
            "--no-default-browser-check",
            "--no-first-run",
        ]);
        // The administrator of a system has no sandbox in Chromium; the page runs nothing but its own script.
        if is_administrator() {
            command.arg("--no-sandbox");
        }
        command.arg(option("--user-data-dir=", &folder.join("profile")));
        command.args(arguments).arg(page);
        let out = fs::File::create(folder.join("out")).map_err(failed)?;
        command
            .stdin(Stdio::null())
            .stdout(out)
            .stderr(Stdio::null());
        let mut child = command.spawn().map_err(failed)?;
        let started = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().map_err(failed)? {
                break status;
            }
            if started.elapsed() > PATIENCE {
                // It may have ended meanwhile, which is as good.
                let _ = child.kill();
                let _ = child.wait();
                let limit = PATIENCE.as_secs();
                return Err(self.failed(format!("it took more than {limit} seconds")));
            }
            sleep(Duration::from_millis(20));
        };
        if !status.success() {
            return Err(self.failed(format!("it ended with {status}")));
        }
        let mut text = Vec::new();
        let out = fs::File::open(folder.join("out")).map_err(failed)?;
        out.take(64 << 20).read_to_end(&mut text).map_err(failed)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    fn failed(&self, reason: String) -> ReportError {
        ReportError::Browser {
            program: self.0.clone(),
            reason,
        }
    }
}

fn option(name: &str, path: &Path) -> std::ffi::OsString {
    let mut option = std::ffi::OsString::from(name);
    option.push(path);
    option
}

/// The height that the script of a page has noted.
fn height(page: &str) -> Option<u32> {
    let (_, rest) = page.split_once(HEIGHT)?;
    rest.split_once('"')?.0.parse().ok()
}

/// Whether this is the administrator of a system with a folder of processes, whose owner tells.
fn is_administrator() -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0)
    }
    #[cfg(not(unix))]
    false
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn the_height_of_a_page_is_what_its_script_noted() {
        assert_eq!(
            height("<html data-height=\"4321\" lang=\"en\">"),
            Some(4321)
        );
        assert_eq!(height("<html data-height=\"x\">"), None);
        assert_eq!(height(""), None);
    }

    #[test]
    fn a_program_that_is_none_is_named() {
        let browser = Browser::at("/nowhere/chromium");
        let error = browser.draw("", Drawing::Pdf).unwrap_err().to_string();
        assert!(error.starts_with("/nowhere/chromium: "), "{error}");
    }
}
