//! [`Reference`]: what a run judges against.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use chrono::NaiveDate;
use plenary_decisions::Facts;
use plenary_states::{Entity, entity, name_on};
use plenary_types::{BodyId, Participant};

use crate::build::{Built, build};
use crate::read::{Layer, ReferenceErrors, ReferenceFault};
use crate::rows::SchemeRow;
use crate::scheme::{People, Scheme};
use crate::{Body, Library, embedded};

/// What a run judges against: the bodies with their members, seats, rules, groups and weights.
///
/// Every entry point takes a reference. Whoever has no data of their own takes [`Reference::embedded`]; a folder of files goes on top
/// of one with [`Reference::with_folder`].
///
/// ```
/// use plenary_bodies::Reference;
///
/// let club = "format = 1\nname = \"River Club\"\nfrom = 2001-03-01\n[kinds]\n\
///             ordinary = { rules = [{ from = 2001-03-01, requirement = \"all members\", source = \"Statute\" }] }\n";
/// let members = "member,from,to\nAUT,2001-03-01,\nHUN,2001-03-01,2010-01-01\n";
/// let files = [("bodies/river-club.toml", club), ("bodies/river-club.members.csv", members)];
/// let reference = Reference::embedded().with_files("example", files)?;
/// let day = "2020-05-05".parse().unwrap();
/// assert_eq!(reference.body("river-club").unwrap().members_on(day).unwrap().len(), 1);
/// assert!(reference.body("unsc").is_some());
/// # Ok::<(), plenary_bodies::ReferenceErrors>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Reference {
    library: Library,
    people: Arc<People>,
    layers: Vec<Layer>,
    warnings: Vec<ReferenceFault>,
}

static EMBEDDED: LazyLock<Arc<Reference>> = LazyLock::new(|| {
    let layer = Layer::new("embedded", 0, embedded::FILES.iter().copied());
    let (reference, faults) = Reference::of_layers(vec![layer], false);
    debug_assert!(faults.is_empty(), "the data of the crate: {faults:?}");
    Arc::new(reference)
});

impl Reference {
    /// The data that comes with the crate.
    ///
    /// The files are read when it is first asked for, their tables when a body is first asked for what stands in them.
    #[must_use]
    pub fn embedded() -> &'static Arc<Self> {
        &EMBEDDED
    }

    /// This reference with a folder of files on top: a file replaces the one of its name below it as a whole.
    ///
    /// The folder has `bodies/NAME.toml`, `bodies/NAME.members.csv` and `bodies/NAME.sessions.csv`, `groups/SCHEME.csv`,
    /// `weights/TABLE.csv` and `participants/NAME.csv`, as many as are needed.
    ///
    /// # Errors
    ///
    /// [`ReferenceErrors`] with everything that is wrong with the files.
    pub fn with_folder(&self, folder: &Path) -> Result<Arc<Self>, ReferenceErrors> {
        self.with_layer(Layer::read(folder, self.layers.len()).map_err(ReferenceErrors)?)
    }

    /// This reference with files on top, given by their paths inside a folder and their texts; `name` is what answers call them.
    ///
    /// # Errors
    ///
    /// As [`Reference::with_folder`].
    pub fn with_files<P: AsRef<str>, T: Into<Cow<'static, str>>>(
        &self,
        name: &str,
        files: impl IntoIterator<Item = (P, T)>,
    ) -> Result<Arc<Self>, ReferenceErrors> {
        self.with_layer(Layer::new(name, self.layers.len(), files))
    }

    /// This reference with folders of files that lie above what comes with the crate and below everything else: each above those
    /// before it, by its name, its paths and its texts. So a dataset brings its own, and what the user states lies above that.
    ///
    /// # Errors
    ///
    /// As [`Reference::with_folder`].
    pub fn with_files_below<N: AsRef<str>, P: AsRef<str>, T: Into<Cow<'static, str>>>(
        &self,
        folders: impl IntoIterator<Item = (N, Vec<(P, T)>)>,
    ) -> Result<Arc<Self>, ReferenceErrors> {
        let (lowest, others) = self.layers.split_at(self.layers.len().min(1));
        let mut layers = lowest.to_vec();
        for (name, files) in folders {
            layers.push(Layer::new(name.as_ref(), layers.len(), files));
        }
        for layer in others {
            layers.push(layer.at(layers.len()));
        }
        let (reference, faults) = Self::of_layers(layers, false);
        match faults.is_empty() {
            true => Ok(Arc::new(reference)),
            false => Err(ReferenceErrors(faults)),
        }
    }

    /// The files of each layer above the lowest, with its name: their paths and their texts.
    pub fn added_files(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = (&str, &str)>)> {
        self.layers.iter().skip(1).map(|layer| {
            let files = layer.files.iter();
            (&*layer.name, files.map(|file| (&*file.path, &*file.text)))
        })
    }

    /// The files of layers above the lowest that stand in place of another text of a layer below, the lowest again left out: what
    /// comes with the crate is there to be replaced.
    ///
    /// ```
    /// use plenary_bodies::Reference;
    ///
    /// let table = |basis: &str| [("groups/ours.csv", format!("group,member,from,to,basis\na,FRA,2001-01-01,,{basis}\n"))];
    /// let reference = Reference::embedded().with_files("one", table("x"))?.with_files("two", table("y"))?;
    /// let replaced = &reference.replacements()[0];
    /// assert_eq!((&*replaced.path, &*replaced.by, &*replaced.of), ("groups/ours.csv", "two", "one"));
    /// # Ok::<(), plenary_bodies::ReferenceErrors>(())
    /// ```
    #[must_use]
    pub fn replacements(&self) -> Vec<Replacement> {
        let mut latest: BTreeMap<&str, (&Layer, &str)> = BTreeMap::new();
        let mut replaced = Vec::new();
        for layer in self.layers.iter().skip(1) {
            for file in &layer.files {
                let before = latest.insert(&file.path, (layer, &file.text));
                if let Some((of, _)) = before.filter(|(_, text)| *text != file.text) {
                    replaced.push(Replacement {
                        path: file.path.to_string(),
                        by: layer.name.to_string(),
                        of: of.name.to_string(),
                    });
                }
            }
        }
        replaced
    }

    fn with_layer(&self, layer: Layer) -> Result<Arc<Self>, ReferenceErrors> {
        let layers = self.layers.iter().cloned().chain([layer]);
        let (reference, faults) = Self::of_layers(layers.collect(), false);
        match faults.is_empty() {
            true => Ok(Arc::new(reference)),
            false => Err(ReferenceErrors(faults)),
        }
    }

    fn of_layers(layers: Vec<Layer>, whole: bool) -> (Self, Vec<ReferenceFault>) {
        let Built {
            bodies,
            rules,
            known,
            schemes,
            people,
            faults,
            warnings,
        } = build(&layers, whole);
        let reference = Self {
            library: Library::new(rules, bodies, known, schemes),
            people: Arc::new(people),
            layers,
            warnings,
        };
        (reference, faults)
    }

    /// The rules, sizes, groups and tables.
    #[must_use]
    pub const fn library(&self) -> &Library {
        &self.library
    }

    /// The body of that identifier.
    #[must_use]
    pub fn body(&self, id: &str) -> Option<&Arc<Body>> {
        self.library.body(id)
    }

    /// The body that is meant where a question names none: the one that the highest layer marks so.
    ///
    /// ```
    /// let reference = plenary_bodies::Reference::embedded();
    /// assert_eq!(reference.default_body().unwrap().name(), "General Assembly");
    /// ```
    #[must_use]
    pub fn default_body(&self) -> Option<&Arc<Body>> {
        let marked = self
            .bodies()
            .iter()
            .filter(|body| body.default_in.is_some());
        marked.max_by_key(|body| body.default_in)
    }

    /// The groups and tables that a text can name which is about no body: those of the default body.
    #[must_use]
    pub fn default_facts(&self, on: NaiveDate) -> &Facts {
        self.default_body()
            .map_or(Facts::NONE, |body| body.facts(on))
    }

    /// The body in which everybody who sits in a body has to sit, where that is on record.
    #[must_use]
    pub fn parent_of(&self, body: &Body) -> Option<&Arc<Body>> {
        self.body(body.members_of()?.as_str())
    }

    /// What a participant is called on a day, or at its latest: by the table of states, else by those without a code.
    #[must_use]
    pub fn name_on(&self, who: Participant, day: Option<NaiveDate>) -> Option<&str> {
        let of_state = who.code().and_then(|code| match day {
            Some(day) => name_on(code, day),
            None => entity(code).map(Entity::label),
        });
        of_state.or_else(|| self.people.name_on(who, day))
    }

    /// The bodies, in the order of the data.
    #[must_use]
    pub fn bodies(&self) -> &[Arc<Body>] {
        self.library.bodies()
    }

    /// The identifiers of the bodies, in alphabetical order.
    #[must_use]
    pub fn names_of_bodies(&self) -> Vec<&BodyId> {
        let mut names: Vec<_> = self.bodies().iter().map(|body| body.id()).collect();
        names.sort_unstable();
        names
    }

    /// The scheme of groups of that name.
    #[must_use]
    pub fn scheme(&self, name: &str) -> Option<&Scheme> {
        self.library.schemes.get(name).map(|scheme| &**scheme)
    }

    /// The schemes of groups, in alphabetical order.
    pub fn schemes(&self) -> impl Iterator<Item = &Scheme> {
        self.library.schemes.values().map(|scheme| &**scheme)
    }

    /// Every row of every scheme, with its scheme: who belonged to which group, from when to when, and where that is written.
    ///
    /// ```
    /// let reference = plenary_bodies::Reference::embedded();
    /// let nordic = reference.group_rows().filter(|(_, row)| &*row.group == "Nordic");
    /// let finland = nordic.map(|(_, row)| row).find(|row| row.who.as_str() == "FIN").unwrap();
    /// assert_eq!(finland.from.unwrap().to_string(), "1955");
    /// ```
    pub fn group_rows(&self) -> impl Iterator<Item = (&Scheme, &SchemeRow)> {
        let schemes = self.schemes();
        schemes.flat_map(|scheme| scheme.rows().iter().map(move |row| (scheme, row)))
    }

    /// The groups of schemes that a text means, in alphabetical order of the schemes: `scheme:group` means one, and a bare identifier
    /// or name each that is called so.
    ///
    /// ```
    /// let reference = plenary_bodies::Reference::embedded();
    /// for text in ["WEOG", "un-regional:WEOG"] {
    ///     let groups = reference.scheme_groups(text);
    ///     assert_eq!((groups.len(), groups[0].1), (1, "western-european-others"));
    /// }
    /// assert!(reference.scheme_groups("un-regional:river").is_empty());
    /// ```
    #[must_use]
    pub fn scheme_groups(&self, text: &str) -> Vec<(&Scheme, &str)> {
        self.library.scheme_groups(text)
    }

    /// What participants without a code are called.
    #[must_use]
    pub fn people(&self) -> &People {
        &self.people
    }

    /// The names of its layers, the lowest first: `embedded`, and then the folders.
    pub fn layers(&self) -> impl ExactSizeIterator<Item = &str> {
        self.layers.iter().map(|layer| &*layer.name)
    }

    /// What does not keep the files from being used, but its author should know.
    #[must_use]
    pub fn warnings(&self) -> &[ReferenceFault] {
        &self.warnings
    }
}

/// A file of a layer that stands in place of another text in a layer below.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replacement {
    /// The path of the file inside both layers.
    pub path: String,
    /// The layer that counts.
    pub by: String,
    /// The layer below.
    pub of: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_comes_with_the_crate_can_be_read() {
        let layer = Layer::new("embedded", 0, embedded::FILES.iter().copied());
        let (reference, faults) = Reference::of_layers(vec![layer], true);
        assert_eq!(ReferenceErrors(faults).to_string(), "");
        let warnings: Vec<_> = reference
            .warnings()
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(warnings, [""; 0]);
        for body in reference.bodies() {
            body.facts.editions();
        }
    }
}
