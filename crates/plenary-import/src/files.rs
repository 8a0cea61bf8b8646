//! Writing files and folders that are complete or absent. Everything that the program writes goes through here.
//!
//! A regular file or a folder is built beside its place, under a name of the form `.plenary-0123456789abcdef.unfinished`, and
//! renamed when it is whole. Whoever builds it holds a lock on it, so what a killed process left behind is known by its missing
//! lock: the next run that writes in the same folder removes it. Pipes and devices are written into.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{self, BufWriter, Error, ErrorKind, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(crate) use crate::hashed::HASH_ALGORITHM;
pub use crate::hashed::{FileHash, Hashed};

const BEGINNING: &str = ".plenary-";
const END: &str = ".unfinished";

/// More links than this lead in a circle.
const LINKS: usize = 40;

/// What this process has begun and not finished.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes what this process has not finished and ends it: nothing can be begun or finished while `end` runs.
pub fn abandon<T>(end: impl FnOnce() -> T) -> T {
    let begun = unfinished();
    for path in begun.iter() {
        remove(path);
    }
    end()
}

/// What a table is called by its file: the name without its endings, those of packing among them, so `4-11` of `4-11.csv.gz`. Dots
/// before `.csv` are part of it.
#[must_use]
pub fn stem(path: &Path) -> String {
    let name = path.file_name();
    let name = name.map_or_else(|| path.to_string_lossy(), OsStr::to_string_lossy);
    let before = name.split_once(".csv").or_else(|| name.split_once('.'));
    let stem = before.map(|(stem, _)| stem).filter(|stem| !stem.is_empty());
    stem.unwrap_or(&name).to_owned()
}

/// Whether two paths lead to one file, by whatever links.
#[must_use]
pub fn is_same_file(one: &Path, other: &Path) -> bool {
    match (fs::metadata(one), fs::metadata(other)) {
        #[cfg(unix)]
        (Ok(one), Ok(other)) => identity(&one) == identity(&other),
        #[cfg(not(unix))]
        (Ok(_), Ok(_)) => fs::canonicalize(one).ok() == fs::canonicalize(other).ok(),
        _ => false,
    }
}

/// Whether a path leads to a pipe, a device or an open file of this process: it is written into, and nothing lies beside it.
#[must_use]
pub fn is_stream(path: &Path) -> bool {
    let special = fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir());
    special || matches!(resolve(path), Ok(None))
}

#[cfg(unix)]
fn identity(about: &fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (about.dev(), about.ino())
}

/// A file that is being written. Without [`OutputFile::finish`] a regular file stays as it was.
#[derive(Debug)]
pub struct OutputFile {
    out: BufWriter<File>,
    /// Where it is built and where it goes; nothing for a pipe or a device.
    building: Option<(Unfinished, PathBuf)>,
    /// Whether it may take the place of another.
    replaces: bool,
}

impl OutputFile {
    /// Begins to write a file: a new one, one that replaces a regular file and keeps its permissions, or the pipe or device of
    /// this name. A link is followed.
    ///
    /// # Errors
    ///
    /// What the system says; [`ErrorKind::PermissionDenied`] for a read-only file.
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        match fs::metadata(path) {
            Ok(about) if about.is_dir() => {
                Err(Error::new(ErrorKind::IsADirectory, "this is a folder"))
            }
            Ok(about) if !about.is_file() => {
                Self::into_place(OpenOptions::new().write(true).open(path)?)
            }
            Ok(about) => match resolve(path)? {
                None => Self::into_place(OpenOptions::new().append(true).open(path)?),
                Some(target) => Self::replacing(target, &about),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let target = resolve(path)?.ok_or(error)?;
                Self::beside(target, true)
            }
            Err(error) => Err(error),
        }
    }

    /// Begins to write a file that is not there yet; when it is there at the end, it stays as it is.
    ///
    /// # Errors
    ///
    /// What the system says; [`ErrorKind::AlreadyExists`] where something has the name.
    pub fn create_new(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        match fs::symlink_metadata(path) {
            Ok(_) => Err(ErrorKind::AlreadyExists.into()),
            Err(_) => Self::beside(path.to_owned(), false),
        }
    }

    fn into_place(file: File) -> io::Result<Self> {
        Ok(Self {
            out: BufWriter::new(file),
            building: None,
            replaces: true,
        })
    }

    fn replacing(target: PathBuf, about: &fs::Metadata) -> io::Result<Self> {
        if about.permissions().readonly() {
            let what = "the file is read-only";
            return Err(Error::new(ErrorKind::PermissionDenied, what));
        }
        // A rename would replace a file that may not be written.
        OpenOptions::new().write(true).open(&target)?;
        let new = Self::beside(target, true)?;
        let file = new.out.get_ref();
        #[cfg(unix)]
        {
            use std::os::unix::fs::{MetadataExt, fchown};
            let made = file.metadata()?;
            if (made.uid(), made.gid()) != (about.uid(), about.gid()) {
                // Only the superuser can give a file away.
                let _ = fchown(file, Some(about.uid()), Some(about.gid()));
            }
        }
        file.set_permissions(about.permissions())?;
        Ok(new)
    }

    fn beside(target: PathBuf, replaces: bool) -> io::Result<Self> {
        let made = Unfinished::begin(parent(&target), |path| File::create_new(path));
        let (file, building) = made?;
        Ok(Self {
            out: BufWriter::with_capacity(1 << 16, file),
            building: Some((building, target)),
            replaces,
        })
    }

    /// Puts the whole file in its place.
    ///
    /// # Errors
    ///
    /// What the system says; the file is then as it was before.
    pub fn finish(self) -> io::Result<()> {
        let file = self
            .out
            .into_inner()
            .map_err(io::IntoInnerError::into_error)?;
        let Some((building, target)) = self.building else {
            return Ok(());
        };
        file.sync_all()?;
        match self.replaces {
            true => building.finish(|path| fs::rename(path, &target)),
            false => building.finish(|path| {
                fs::hard_link(path, &target)?;
                fs::remove_file(path)
            }),
        }
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A folder of files that is being written. Without [`OutputFolder::finish`] its place stays as it was.
#[derive(Debug)]
pub struct OutputFolder {
    building: Unfinished,
    target: PathBuf,
}

impl OutputFolder {
    /// Begins to write a folder; the folders above it are made.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        // A link to a folder stays; what it leads to is filled.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        fs::create_dir_all(parent(&target))?;
        let (_, building) = Unfinished::begin(parent(&target), |path| {
            fs::create_dir(path)?;
            Ok(())
        })?;
        Ok(Self { building, target })
    }

    /// Begins a file in it.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn file(&self, name: &str) -> io::Result<File> {
        // Not while the folder is being removed.
        let _begun = unfinished();
        File::create_new(self.building.path.join(name))
    }

    /// Begins a file in a folder of it, by its path with `/`; the folders are made. A path that leads out is refused.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn file_within(&self, path: &str) -> io::Result<File> {
        let mut parts = Path::new(path).components();
        if !parts.all(|part| matches!(part, Component::Normal(_))) {
            let reason = format!("`{path}` leads out of the folder");
            return Err(io::Error::new(io::ErrorKind::InvalidInput, reason));
        }
        let _begun = unfinished();
        let path = self.building.path.join(path);
        fs::create_dir_all(parent(&path))?;
        File::create_new(path)
    }

    /// Puts the whole folder in its place: where there is none, or an empty one, or, if it `replaces` it, a full one, which
    /// is then gone.
    ///
    /// # Errors
    ///
    /// What the system says; the place is then as it was before.
    pub fn finish(self, replaces: bool) -> io::Result<()> {
        let target = &self.target;
        let Ok(about) = fs::metadata(target) else {
            return self.building.finish(|path| fs::rename(path, target));
        };
        fs::set_permissions(&self.building.path, about.permissions())?;
        if !replaces {
            return self.building.finish(|path| {
                fs::remove_dir(target)?;
                fs::rename(path, target)
            });
        }
        {
            let _begun = unfinished();
            exchange(&self.building.path, target)?;
        }
        // What was there before is now under the unfinished name, and goes with it.
        Ok(())
    }
}

/// Exchanges two folders.
fn exchange(new: &Path, old: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, old, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    // Not every file system can do it at once. A kill between these lines leaves the old folder under this name.
    let aside = new.with_extension("old");
    fs::rename(old, &aside)?;
    if let Err(error) = fs::rename(new, old) {
        fs::rename(&aside, old)?;
        return Err(error);
    }
    fs::rename(&aside, new)
}

/// A file or a folder under a name of its own, locked; removed when it is not finished.
#[derive(Debug)]
struct Unfinished {
    path: PathBuf,
    /// Held open for its lock.
    _lock: Option<File>,
}

impl Unfinished {
    fn begin<T>(folder: &Path, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(T, Self)> {
        sweep(folder);
        for _ in 0..LINKS {
            let path = folder.join(name());
            let mut begun = unfinished();
            let made = match make(&path) {
                Ok(made) => made,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(in_folder(folder, error)),
            };
            begun.push(path.clone());
            drop(begun);
            let lock = File::open(&path).ok();
            // Without file locks, leftovers are not removed either.
            let _ = lock.as_ref().map(File::lock);
            let building = Self { path, _lock: lock };
            if fs::symlink_metadata(&building.path).is_ok() {
                return Ok((made, building));
            }
            // Another run swept it before it was locked.
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// Brings it into its place, as one step for whoever ends this process.
    fn finish(self, put: impl FnOnce(&Path) -> io::Result<()>) -> io::Result<()> {
        let mut begun = unfinished();
        put(&self.path)?;
        begun.retain(|path| *path != self.path);
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let listed = unfinished().contains(&self.path);
        if listed {
            remove(&self.path);
            unfinished().retain(|path| *path != self.path);
        }
    }
}

/// Removes what killed runs left in a folder.
fn sweep(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries.filter(|entry| is_ours(&entry.file_name())) {
        let path = entry.path();
        let plain = |kind: fs::FileType| kind.is_file() || kind.is_dir();
        if !entry.file_type().is_ok_and(plain) {
            continue;
        }
        let Ok(file) = File::open(&path) else {
            continue;
        };
        if file.try_lock().is_ok() {
            remove(&path);
        }
    }
}

fn remove(path: &Path) {
    // What cannot be removed stays for the next run.
    let _ = match path.is_dir() {
        true => fs::remove_dir_all(path),
        false => fs::remove_file(path),
    };
}

/// A name that nobody else has.
fn name() -> String {
    let mut random = RandomState::new().build_hasher();
    random.write_u32(std::process::id());
    format!("{BEGINNING}{:016x}{END}", random.finish())
}

fn is_ours(name: &OsStr) -> bool {
    let inner = name
        .to_str()
        .and_then(|name| name.strip_prefix(BEGINNING)?.strip_suffix(END));
    inner.is_some_and(|inner| inner.len() == 16 && inner.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// The folder of a path.
pub(crate) fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The same error, with the folder in which nothing could be made where that is the reason.
fn in_folder(folder: &Path, error: Error) -> Error {
    match error.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            let what = format!("cannot create a file in `{}`: {error}", folder.display());
            Error::new(error.kind(), what)
        }
        _ => error,
    }
}

/// What a path means after all its links, whether or not it is there; nothing for an open file of this process, such as
/// `/dev/stdout`, which cannot be replaced.
fn resolve(path: &Path) -> io::Result<Option<PathBuf>> {
    let mut here = path.to_owned();
    for _ in 0..LINKS {
        if is_descriptor(&here) {
            return Ok(None);
        }
        match fs::symlink_metadata(&here) {
            Ok(about) if about.is_symlink() => {
                let to = fs::read_link(&here)?;
                here = parent(&here).join(to);
            }
            _ => return Ok(Some(here)),
        }
    }
    Err(Error::other("the links lead in a circle"))
}

fn is_descriptor(path: &Path) -> bool {
    let whole = ["/dev/stdout", "/dev/stderr"];
    let folders = ["/dev/fd", "/proc/self/fd"];
    whole.iter().any(|one| path == Path::new(one))
        || folders.iter().any(|one| path.starts_with(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str) -> io::Result<()> {
        let mut out = OutputFile::create(path)?;
        out.write_all(text.as_bytes())?;
        out.finish()
    }

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let name = |e: io::Result<fs::DirEntry>| e.unwrap().file_name().into_string().unwrap();
        let mut names: Vec<_> = entries.map(name).collect();
        names.sort();
        names
    }

    #[test]
    fn a_table_is_called_by_its_file_without_endings() {
        for (path, name) in [
            ("a/4-11.csv", "4-11"),
            ("a/27.7.x.csv.gz", "27.7.x"),
            ("river.xlsx#Sheet1", "river"),
            ("river", "river"),
            (".csv", ".csv"),
            ("-", "-"),
        ] {
            assert_eq!(stem(Path::new(path)), name, "{path}");
        }
    }

    #[test]
    fn a_file_that_is_not_finished_stays_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write(&path, "old").unwrap();
        let mut out = OutputFile::create(&path).unwrap();
        out.write_all(b"new").unwrap();
        assert_eq!(names(folder.path()).len(), 2);
        drop(out);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["a.csv"]);
        write(&path, "new").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(names(folder.path()), ["a.csv"]);
    }

    #[test]
    fn a_file_that_must_be_new_never_takes_the_place_of_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let out = OutputFile::create_new(&path).unwrap();
        write(&path, "mine").unwrap();
        assert_eq!(out.finish().unwrap_err().kind(), ErrorKind::AlreadyExists);
        let again = OutputFile::create_new(&path).unwrap_err();
        assert_eq!(again.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
        assert_eq!(names(folder.path()), ["a.csv"]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_are_kept_and_links_are_followed_to_what_is_not_there_yet() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (folder.path().join("t.csv"), folder.path().join("link"));
        fs::create_dir(folder.path().join("sub")).unwrap();
        let far = folder.path().join("sub/far");
        symlink("../link", &far).unwrap();
        symlink("t.csv", &link).unwrap();
        write(&far, "one").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
        write(&far, "two").unwrap();
        assert_eq!(fs::read_to_string(&target).unwrap(), "two");
        let mode = fs::metadata(&target).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o640);
        assert!(far.is_symlink() && link.is_symlink());
        fs::set_permissions(&target, fs::Permissions::from_mode(0o444)).unwrap();
        let refused = write(&far, "three").unwrap_err();
        assert_eq!(refused.kind(), ErrorKind::PermissionDenied);
        assert!(is_same_file(&far, &target) && !is_same_file(&far, folder.path()));
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_are_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let (one, other) = (folder.path().join("1"), folder.path().join("2"));
        std::os::unix::fs::symlink(&one, &other).unwrap();
        std::os::unix::fs::symlink(&other, &one).unwrap();
        assert!(OutputFile::create(&one).is_err());
        assert_eq!(names(folder.path()), ["1", "2"]);
    }

    #[test]
    fn what_a_killed_run_left_is_removed_and_what_a_living_one_builds_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let left = [
            ".plenary-0123456789abcdef.unfinished",
            ".plenary-notes.unfinished",
            ".plenary-0123456789abcdef.old",
        ];
        for name in left {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let dead = folder.path().join(".plenary-fedcba9876543210.unfinished");
        fs::create_dir(&dead).unwrap();
        fs::write(dead.join("ballots.csv"), "x").unwrap();
        let alive = OutputFile::create(folder.path().join("a")).unwrap();
        write(&folder.path().join("b"), "b").unwrap();
        alive.finish().unwrap();
        let kept = [left[2], left[1], "a", "b"];
        assert_eq!(names(folder.path()), kept);
    }

    #[test]
    fn a_folder_takes_the_place_of_another_only_when_it_is_to() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("above/ds");
        let make = |text: &str, replaces| {
            let made = OutputFolder::create(&path)?;
            made.file("x")?.write_all(text.as_bytes())?;
            made.finish(replaces)
        };
        make("1", false).unwrap();
        assert!(make("2", false).is_err());
        assert_eq!(fs::read_to_string(path.join("x")).unwrap(), "1");
        make("3", true).unwrap();
        assert_eq!(fs::read_to_string(path.join("x")).unwrap(), "3");
        assert_eq!(names(&folder.path().join("above")), ["ds"]);
    }
}
