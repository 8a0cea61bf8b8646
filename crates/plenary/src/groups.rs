//! [`GroupFinder`]: the groups that a text means, with their members over time.

use chrono::NaiveDate;
use plenary_bodies::{Body, Reference, Scheme, key_of_name as key};
use plenary_decisions::nearest;
use plenary_states::Groups;
use plenary_types::{BodyId, Participant, Span};

use crate::Refusal;

/// The scheme that the word `regional` stands for.
pub(crate) const REGIONAL: &str = "un-regional";

/// A group of participants, with its members over time.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Group {
    /// Its identifier.
    pub name: String,
    /// What it is called.
    pub title: String,
    /// Whose group it is.
    pub origin: GroupOrigin,
    /// The members, each with days of its membership, in the order of their texts and then of the days.
    pub members: Vec<(Participant, Span)>,
    /// Days on which somebody may be a member or not, as it is known by the month, the year or a span only when it joined or left. They
    /// are no days of `members`.
    pub uncertain: Vec<(Participant, Span)>,
    /// Days of `members` that no source confirms.
    pub unverified: Vec<(Participant, Span)>,
    /// The day from which on it is not on record who joined or left.
    pub known_until: Option<NaiveDate>,
    /// Its documents, in a few words.
    pub source: Option<String>,
    /// What its users should know.
    pub note: Option<String>,
    /// Every name of it.
    names: Vec<String>,
}

/// Whose group a group is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GroupOrigin {
    /// One of the user's own groups.
    Own,
    /// A scheme of the reference data.
    Scheme(String),
    /// A body that names it.
    Body(BodyId),
}

impl Group {
    /// A group of one's own without members.
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            title: name.to_owned(),
            origin: GroupOrigin::Own,
            members: Vec::new(),
            uncertain: Vec::new(),
            unverified: Vec::new(),
            known_until: None,
            source: None,
            note: None,
            names: Vec::new(),
        }
    }

    /// The members on a day, in the order of their texts.
    #[must_use]
    pub fn members_on(&self, day: NaiveDate) -> Vec<Participant> {
        let then = self.members.iter().filter(|(_, span)| span.contains(day));
        sorted(then.map(|(who, _)| *who).collect())
    }

    /// What it is called on a day.
    #[must_use]
    pub fn title_on(&self, reference: &Reference, day: NaiveDate) -> String {
        match &self.origin {
            GroupOrigin::Scheme(scheme) => {
                let scheme = reference.scheme(scheme);
                scheme.map_or(&*self.title, |scheme| scheme.title_on(&self.name, day))
            }
            GroupOrigin::Own | GroupOrigin::Body(_) => &*self.title,
        }
        .to_owned()
    }

    /// Everybody who is a member on some day, in the order of their texts.
    #[must_use]
    pub fn everybody(&self) -> Vec<Participant> {
        sorted(self.members.iter().map(|(who, _)| *who).collect())
    }

    /// Those who may be members on a day or not, in the order of their texts.
    #[must_use]
    pub fn uncertain_on(&self, day: NaiveDate) -> Vec<Participant> {
        let certain = self.members_on(day);
        let then = self.uncertain.iter().filter(|(_, days)| days.contains(day));
        let then = then.map(|(who, _)| *who);
        sorted(then.filter(|who| !certain.contains(who)).collect())
    }

    /// The members on a day of whom no source confirms that they are members then, in the order of their texts.
    #[must_use]
    pub fn unverified_on(&self, day: NaiveDate) -> Vec<Participant> {
        let then = self
            .unverified
            .iter()
            .filter(|(_, days)| days.contains(day));
        sorted(then.map(|(who, _)| *who).collect())
    }

    /// What limits an answer about some days that rests on the group: who may be a member or not, what no source confirms, and what is not
    /// on record.
    #[must_use]
    pub fn caveats(&self, days: Span) -> Vec<String> {
        let name = &self.name;
        let then = |spells: &[(Participant, Span)]| {
            let then = spells.iter().filter(|(_, span)| span.overlaps(days));
            sorted(then.map(|(who, _)| *who).collect())
        };
        let mut caveats = Vec::new();
        let uncertain = then(&self.uncertain);
        if !uncertain.is_empty() {
            caveats.push(format!(
                "{name}: of {} it is known by the month, the year or a span only when it joined or left; it counts on the days that are certain",
                some(&uncertain)
            ));
        }
        let unverified = then(&self.unverified);
        if !unverified.is_empty() {
            caveats.push(format!(
                "{name}: no source confirms the membership of {} on all of these days",
                some(&unverified)
            ));
        }
        if let Some(known) = self
            .known_until
            .filter(|known| days.to.is_none_or(|to| *known < to))
        {
            caveats.push(format!(
                "{name}: who joined or left since {known} is not on record"
            ));
        }
        caveats
    }

    /// Whether a text is its identifier or one of its names, whatever the case and the punctuation.
    #[must_use]
    pub fn is_called(&self, text: &str) -> bool {
        let wanted = key(text);
        let mut names = self.names.iter().chain([&self.name]);
        self.name == text || (!wanted.is_empty() && names.any(|name| key(name) == wanted))
    }

    /// What tells it from every other group: `scheme:group`, `body:group`, or the name of a group of one's own.
    fn qualified(&self) -> String {
        match &self.origin {
            GroupOrigin::Own => self.name.clone(),
            GroupOrigin::Scheme(scheme) => format!("{scheme}:{}", self.name),
            GroupOrigin::Body(body) => format!("{body}:{}", self.name),
        }
    }
}

/// The first of some participants, and how many others there are.
fn some(all: &[Participant]) -> String {
    let first: Vec<_> = all.iter().take(3).map(ToString::to_string).collect();
    match all.len() - first.len() {
        0 => first.join(", "),
        1 => format!("{} and 1 other", first.join(", ")),
        more => format!("{} and {more} others", first.join(", ")),
    }
}

fn sorted(mut members: Vec<Participant>) -> Vec<Participant> {
    members.sort_unstable();
    members.dedup();
    members
}

/// Finds the groups that a text means: the one place that knows in which order groups are looked up.
///
/// A text is, the first that there is,
///
/// 1. one of the user's own groups ([`GroupFinder::with_own`]);
/// 2. `scheme:group` or `body:group`;
/// 3. a group that one of the bodies in question names ([`GroupFinder::with_bodies`]), or a status in it (`permanent`);
/// 4. a group of a scheme of the reference data, by its identifier or one of its names;
/// 5. a group that any other body names.
///
/// ```
/// use plenary::GroupFinder;
/// use plenary::bodies::Reference;
///
/// let finder = GroupFinder::new(Reference::embedded());
/// let group = finder.group("WEOG")?;
/// assert_eq!((&*group.name, &*group.title), ("western-european-others", "Western European and Others"));
/// assert_eq!(group.members_on("2018-12-19".parse().unwrap()).len(), 29);
///
/// let names = |text| Ok::<Vec<String>, plenary::Error>(finder.groups(text)?.into_iter().map(|group| group.name).collect());
/// assert_eq!(names("regional")?.len(), 5);
/// assert_eq!(names("unsc:P5, African")?, ["P5", "african"]);
/// # Ok::<(), plenary::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct GroupFinder<'r> {
    reference: &'r Reference,
    own: Option<&'r Groups>,
    bodies: &'r [BodyId],
}

impl<'r> GroupFinder<'r> {
    /// Looks groups up in reference data.
    #[must_use]
    pub const fn new(reference: &'r Reference) -> Self {
        Self {
            reference,
            own: None,
            bodies: &[],
        }
    }

    /// With groups of one's own, which go before all others.
    #[must_use]
    pub const fn with_own(mut self, own: Option<&'r Groups>) -> Self {
        self.own = own;
        self
    }

    /// With the bodies in question: what they name goes before groups of the same name elsewhere.
    #[must_use]
    pub const fn with_bodies(mut self, bodies: &'r [BodyId]) -> Self {
        self.bodies = bodies;
        self
    }

    /// The group that a text means.
    ///
    /// # Errors
    ///
    /// [`Refusal`] where it means none, several, or a scheme of several groups.
    pub fn group(&self, text: &str) -> Result<Group, Refusal> {
        match self.find(text)? {
            Some(group) => Ok(group),
            None => Err(self.unknown(text)),
        }
    }

    /// The group that a text means, where it means one.
    ///
    /// # Errors
    ///
    /// [`Refusal`] where it means several.
    pub fn find(&self, text: &str) -> Result<Option<Group>, Refusal> {
        if let Some(own) = self.own_group(text) {
            return Ok(Some(own));
        }
        if let Some(stated) = self.stated(text) {
            return Ok(Some(stated));
        }
        let asked = self.bodies.iter();
        let asked = asked.filter_map(|id| self.reference.body(id.as_str()));
        let of_asked = asked.filter_map(|body| named_by(body, text)).collect();
        if let Some(found) = only_one(text, of_asked)? {
            return Ok(Some(found));
        }
        let schemes = self.reference.scheme_groups(text).into_iter();
        let of_schemes = schemes.map(|(scheme, group)| of_scheme(scheme, group));
        if let Some(found) = only_one(text, of_schemes.collect())? {
            return Ok(Some(found));
        }
        // A body whose roster is on record knows by the day who is in its groups.
        let mut all: Vec<_> = self.reference.bodies().iter().collect();
        all.sort_by_key(|body| body.roster().is_none());
        let all = all.into_iter();
        only_one(text, all.filter_map(|body| named_by(body, text)).collect())
    }

    /// The groups that a text means: all of a scheme (`regional` for the regional groups), or one, or several with commas between
    /// them.
    ///
    /// # Errors
    ///
    /// [`Refusal`] where a part of it means none, or several.
    pub fn groups(&self, text: &str) -> Result<Vec<Group>, Refusal> {
        if let Some(one) = self.own_group(text) {
            return Ok(vec![one]);
        }
        let mut groups: Vec<Group> = Vec::new();
        for part in text.split(',').map(str::trim) {
            let found = match self.scheme(part) {
                Some(scheme) => of_whole_scheme(scheme),
                None => vec![self.group(part)?],
            };
            for group in found {
                if !groups.contains(&group) {
                    groups.push(group);
                }
            }
        }
        let names: Vec<String> = groups.iter().map(|group| group.name.clone()).collect();
        for group in &mut groups {
            if names.iter().filter(|name| **name == group.name).count() > 1 {
                group.name = group.qualified();
            }
        }
        Ok(groups)
    }

    /// All groups of one's own, in alphabetical order.
    #[must_use]
    pub fn own_groups(&self) -> Vec<Group> {
        let names = self.own.into_iter().flat_map(Groups::names);
        names.filter_map(|name| self.own_group(name)).collect()
    }

    /// The scheme that a text names as a whole.
    pub(crate) fn scheme(&self, text: &str) -> Option<&'r Scheme> {
        let name = match text {
            "regional" => REGIONAL,
            name => name,
        };
        self.reference.scheme(name)
    }

    fn own_group(&self, text: &str) -> Option<Group> {
        let own = self.own?;
        own.names().find(|name| *name == text)?;
        Some(Group {
            members: own.spells(text).collect(),
            ..Group::new(text)
        })
    }

    /// The group of `scheme:group` or `body:group`.
    fn stated(&self, text: &str) -> Option<Group> {
        let (of, group) = text.split_once(':')?;
        let in_scheme = || {
            let scheme = self.reference.scheme(of)?;
            Some(of_scheme(scheme, scheme.group_called(group)?))
        };
        let in_body = || named_by(self.reference.body(of)?, group);
        in_scheme().or_else(in_body)
    }

    /// That no group is called so.
    fn unknown(&self, text: &str) -> Refusal {
        if let Some(scheme) = self.scheme(text) {
            let groups = listed(scheme.groups());
            let reason = format!("`{text}` is a scheme of groups, and one group is asked for");
            return Refusal::new(reason).with_help(format!("name one of its groups: {groups}"));
        }
        let mut known: Vec<&str> = self.own.into_iter().flat_map(Groups::names).collect();
        for scheme in self.reference.schemes() {
            known.extend(scheme.groups());
        }
        let mut called = known.clone();
        for scheme in self.reference.schemes() {
            called.extend(scheme.names_of_groups());
            called.push(scheme.name());
        }
        let nearest = nearest(text, called);
        let nearest = nearest.map_or_else(String::new, |nearest| format!("nearest: `{nearest}`; "));
        let schemes = listed(self.reference.schemes().map(Scheme::name));
        let help = format!(
            "{nearest}groups: {}; schemes of groups: {schemes}; a body may name others, such as `unsc:P5`",
            listed(known)
        );
        Refusal::new(format!("unknown group `{text}`")).with_help(help)
    }
}

fn listed<'t>(names: impl IntoIterator<Item = &'t str>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

fn of_scheme(scheme: &Scheme, group: &str) -> Group {
    let rows = || scheme.rows_of(group);
    Group {
        title: scheme.title_of(group).to_owned(),
        origin: GroupOrigin::Scheme(scheme.name().to_owned()),
        members: scheme.group_over_time(group),
        uncertain: rows()
            .flat_map(|row| row.open_days().map(|days| (row.who, days)))
            .collect(),
        unverified: rows()
            .flat_map(|row| row.unverified_days().map(|days| (row.who, days)))
            .collect(),
        known_until: scheme.known_until(),
        source: scheme.source_of(group).map(str::to_owned),
        note: scheme.note_of(group).map(str::to_owned),
        names: scheme.names_of(group).map(str::to_owned).collect(),
        ..Group::new(group)
    }
}

fn of_whole_scheme(scheme: &Scheme) -> Vec<Group> {
    let groups = scheme.groups().into_iter();
    groups.map(|group| of_scheme(scheme, group)).collect()
}

/// The group that a body names in its rules, or of those that have a status in it.
fn named_by(body: &Body, text: &str) -> Option<Group> {
    let rows = body.roster().into_iter().flat_map(|roster| roster.rows());
    let with_status = rows.filter(|row| row.status.as_str().eq_ignore_ascii_case(text));
    let with_status = with_status.filter_map(|row| Some((row.who?, row.span)));
    let mut members: Vec<_> = with_status.collect();
    if members.is_empty() {
        members = body.group_over_time(text);
    }
    members.sort_unstable_by_key(|(who, span)| (*who, span.from));
    (!members.is_empty()).then(|| Group {
        origin: GroupOrigin::Body(body.id().clone()),
        members,
        ..Group::new(text)
    })
}

/// The one group of several that were found by a text; those with the same members at all times are one.
fn only_one(text: &str, found: Vec<Group>) -> Result<Option<Group>, Refusal> {
    let mut different: Vec<Group> = Vec::new();
    for group in found {
        if !different.iter().any(|other| other.members == group.members) {
            different.push(group);
        }
    }
    if different.len() <= 1 {
        return Ok(different.pop());
    }
    let owners = different.iter().map(|group| match &group.origin {
        GroupOrigin::Own => "`--groups`".to_owned(),
        GroupOrigin::Scheme(scheme) => format!("`{scheme}`"),
        GroupOrigin::Body(body) => format!("`{body}`"),
    });
    let owners: Vec<_> = owners.collect();
    let typed: Vec<_> = different
        .iter()
        .map(|group| format!("`{}`", group.qualified()))
        .collect();
    let reason = format!("`{text}` is a group of {}", owners.join(" and of "));
    Err(Refusal::new(reason).with_help(format!("say which: {}", typed.join(" or "))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn finder() -> GroupFinder<'static> {
        GroupFinder::new(Reference::embedded())
    }

    #[test]
    fn a_group_of_ones_own_goes_before_all_others() {
        let span = Span {
            from: NaiveDate::MIN,
            to: None,
        };
        let own = Groups::new([("african", "FJI".parse().unwrap(), span)]);
        let finder = finder().with_own(Some(&own));
        let found = finder.group("african").unwrap();
        assert_eq!(found.origin, GroupOrigin::Own);
        assert_eq!(found.everybody().len(), 1);
        let stated = finder.group("un-regional:african").unwrap();
        assert!(stated.everybody().len() > 50);
        assert_eq!(finder.own_groups(), [found]);
    }

    #[test]
    fn what_a_body_in_question_names_goes_before_schemes() {
        let reference = Reference::embedded();
        let files = [("groups/ours.csv", "group,member\npermanent,FJI\n")];
        let reference = reference.with_files("ours", files).unwrap();
        let members = |bodies: &[BodyId]| {
            let found = GroupFinder::new(&reference).with_bodies(bodies);
            let found = found.group("permanent").unwrap();
            found.members_on(day("2000-01-01")).len()
        };
        assert_eq!(members(&[BodyId::UNSC]), 5);
        assert_eq!(members(&[]), 1);
    }

    #[test]
    fn a_list_with_commas_and_schemes_names_each_group_once() {
        let names = |text: &str| -> Vec<String> {
            let found = finder().groups(text).unwrap();
            found.into_iter().map(|group| group.name).collect()
        };
        assert_eq!(names("regional"), names("un-regional"));
        assert_eq!(names("WEOG, regional, african").len(), 5);
        assert_eq!(names("WEOG, regional")[0], "western-european-others");
    }

    #[test]
    fn groups_of_the_same_name_are_told_apart_in_a_list() {
        let files = [("groups/ours.csv", "group,member\nafrican,FJI\n")];
        let reference = Reference::embedded().with_files("ours", files).unwrap();
        let finder = GroupFinder::new(&reference);
        let refused = finder.group("african").unwrap_err();
        assert_eq!(
            refused.help.as_deref(),
            Some("say which: `ours:african` or `un-regional:african`")
        );
        let both = finder.groups("ours:african,un-regional:african").unwrap();
        let names: Vec<_> = both.iter().map(|group| &*group.name).collect();
        assert_eq!(names, ["ours:african", "un-regional:african"]);
    }

    #[test]
    fn what_no_group_is_called_is_refused_with_the_nearest_and_all() {
        for (text, expected) in [
            ("afrcan", "nearest: `African`; groups: EU, G77, "),
            ("weogs", "nearest: `WEOG`; groups: EU, G77, "),
            ("zzzzzzzzzzzz", "groups: EU, G77, "),
        ] {
            let refused = finder().group(text).unwrap_err();
            assert_eq!(refused.reason, format!("unknown group `{text}`"));
            let help = refused.help.unwrap();
            assert!(help.starts_with(expected), "{text}: {help}");
        }
        let refused = finder().group("regional").unwrap_err();
        assert!(
            refused.reason.contains("is a scheme of groups"),
            "{refused}"
        );
    }

    #[test]
    fn the_members_on_a_day_are_those_of_the_scheme() {
        let scheme = Reference::embedded().scheme(REGIONAL).unwrap();
        for name in scheme.groups() {
            let group = finder().group(name).unwrap();
            for year in 1964..2027 {
                let day = NaiveDate::from_ymd_opt(year, 7, 1).unwrap();
                assert_eq!(group.members_on(day), scheme.members_on(name, day));
            }
        }
    }
}
