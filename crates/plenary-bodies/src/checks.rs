//! What is wrong with a body whose file can be read: days that end before they begin, circles, names that nobody defines, and kinds of
//! question that nothing tells apart.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use plenary_decisions::{NameKind, Requirement, named_in};
use plenary_types::{BodyId, Mode, Span};

use crate::body::{Body, Kind};
use crate::library::Rule;
use crate::read::{Cited, Draft, KindEntry, ReferenceFault, meant};

/// What is found: what keeps the files from being used, and what their author should know.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) faults: Vec<ReferenceFault>,
    pub(crate) warnings: Vec<ReferenceFault>,
}

/// A body, what its files say, and what stands beside them.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'s> {
    pub(crate) body: &'s Body,
    pub(crate) draft: &'s Draft,
    /// Its rules.
    pub(crate) rules: &'s [Rule],
    /// All bodies of the reference.
    pub(crate) drafts: &'s BTreeMap<BodyId, Draft>,
}

impl Subject<'_> {
    pub(crate) fn check(self, found: &mut Found) {
        check_days(self.draft, &mut found.faults);
        self.check_circles(&mut found.faults);
        self.check_other_bodies(found);
        self.check_twice(&mut found.faults);
        check_default_kind(self.body, self.draft, &mut found.faults);
        self.check_kinds_apart(&mut found.faults);
        self.check_names(found);
    }
}

/// Days that end before they begin.
fn check_days(draft: &Draft, faults: &mut Vec<ReferenceFault>) {
    let ends = |from: Option<NaiveDate>, to: Option<NaiveDate>| {
        from.zip(to)
            .filter(|(from, to)| to <= from)
            .map(|(from, to)| format!("end on {to}, and begin on {from}"))
    };
    let help = "`to` is the first day that does not count any more: correct one of the days";
    let (file, source) = (&draft.file, &draft.source);
    let from = file.from.map(|day| day.0);
    for (what, from, to) in [
        ("the days of the body", from, &file.to),
        (
            "the days for which the roster is complete",
            file.known_from.map(|day| day.0),
            &file.known_until,
        ),
    ] {
        let Some(to) = to else { continue };
        if let Some(days) = ends(from, Some(to.get_ref().0)) {
            faults.push(source.fault(to.span().start, format!("{what} {days}"), help));
        }
    }
    for name in file.names.iter().flatten() {
        let entry = name.get_ref();
        let days = ends(entry.from.map(|day| day.0), entry.to.map(|day| day.0));
        if let Some(days) = days {
            let reason = format!("the days of the name `{}` {days}", entry.name);
            faults.push(source.fault(name.span().start, reason, help));
        }
    }
    for code in &draft.codes {
        let entry = &code.value;
        let days = ends(entry.from.map(|day| day.0), entry.to.map(|day| day.0));
        if let Some(days) = days {
            faults.push(code.fault(
                format!("the days of the code `{}` {days}", entry.code),
                help,
            ));
        }
    }
}

/// The names that lead from one back to it, itself first; nothing where they do not.
fn circle<'n, K: PartialEq + ?Sized>(
    first: &'n K,
    next: impl Fn(&'n K) -> Option<&'n K>,
) -> Option<Vec<&'n K>> {
    let mut passed = vec![first];
    loop {
        let at = next(passed.last()?)?;
        if at == first {
            return Some(passed);
        }
        if passed.contains(&at) {
            return None;
        }
        passed.push(at);
    }
}

fn arrow(names: &[&str], first: &str) -> String {
    let names = names.iter().chain([&first]);
    let names: Vec<_> = names.map(|name| format!("`{name}`")).collect();
    names.join(" → ")
}

impl Subject<'_> {
    fn check_circles(self, faults: &mut Vec<ReferenceFault>) {
        let Self { draft, drafts, .. } = self;
        let id = self.body.id().as_str();
        let entry = |kind: &str| draft.kinds.iter().find(|(name, _)| name == kind);
        for (kind, cited) in &draft.kinds {
            let next = |at: &str| Some(entry(at)?.1.value.of.as_ref()?.get_ref().as_str());
            let found = circle(kind.as_str(), next);
            // Each circle once: at the first of its kinds in alphabetical order.
            if let Some(found) = found.filter(|found| found.iter().min() == Some(&kind.as_str())) {
                let path = arrow(&found, kind);
                let reason = format!("`of` leads in a circle: {path}");
                faults.push(cited.fault(reason, "leave `of` out of one of the kinds"));
            }
        }
        let members_of = |of: &Draft| of.file.members_of.as_ref().map(|of| of.get_ref().clone());
        let roster_of = |of: &Draft| of.file.roster_of.as_ref().map(|of| of.get_ref().clone());
        type Next<'n> = &'n dyn Fn(&Draft) -> Option<BodyId>;
        let keys: [(&str, Next<'_>, usize); 2] = [
            ("members-of", &members_of, start(&draft.file.members_of)),
            ("roster-of", &roster_of, start(&draft.file.roster_of)),
        ];
        for (key, of, at) in keys {
            let next = |body: &str| {
                let other = of(drafts.get(&body.parse().ok()?)?)?;
                drafts.get_key_value(&other).map(|(id, _)| id.as_str())
            };
            let own = drafts.get_key_value(self.body.id());
            let own = own.map(|(id, _)| id.as_str());
            let Some(found) = own.and_then(|own| circle(own, next)) else {
                continue;
            };
            let layer_of = |body: &&&str| {
                let draft = body.parse().ok().and_then(|id: BodyId| drafts.get(&id));
                draft.is_some_and(|draft| draft.source.layer == self.draft.source.layer)
            };
            if found.iter().filter(layer_of).min() == Some(&id) {
                let reason = format!("`{key}` leads in a circle: {}", arrow(&found, id));
                let help = format!("leave `{key}` out of one of the bodies");
                faults.push(draft.source.fault(at, reason, help));
            }
        }
    }

    /// Other bodies that are named and not there, or have not what is taken from them.
    fn check_other_bodies(self, found: &mut Found) {
        let Self { draft, drafts, .. } = self;
        let ids = || drafts.keys().map(BodyId::as_str);
        let unknown = |id: &BodyId, key: &str| {
            let meant = meant(id.as_str(), ids());
            format!("unknown body `{id}` in `{key}`{meant}")
        };
        for (key, of) in [
            ("members-of", &draft.file.members_of),
            ("elected-by", &draft.file.elected_by),
        ] {
            let Some(of) = of.as_ref().filter(|of| !drafts.contains_key(of.get_ref())) else {
                continue;
            };
            let reason = unknown(of.get_ref(), key);
            let help =
                "name a body of the reference, or give it a file: nothing is compared with it";
            found
                .warnings
                .push(draft.source.fault(of.span().start, reason, help));
        }
        if let Some(of) = &draft.file.roster_of
            && draft.rosters.is_empty()
            && let Some(other) = drafts.get(of.get_ref())
            && other.rosters.is_empty()
        {
            let help = match &other.file.roster_of {
                Some(further) => format!("name `{}`, whose roster it is", further.get_ref()),
                None => format!(
                    "add `bodies/{}.members.csv`, or leave `roster-of` out",
                    of.get_ref()
                ),
            };
            let reason = format!("`{}` has no roster of its own", of.get_ref());
            found
                .faults
                .push(draft.source.fault(of.span().start, reason, help));
        }
        for (id, kind) in &draft.kinds {
            let leads_to = kind.value.leads_to.as_ref();
            let of = leads_to.and_then(|leads_to| leads_to.groups_of.as_ref());
            if let Some(of) = of.filter(|of| !drafts.contains_key(of)) {
                let reason = unknown(of, &format!("leads-to.groups-of` of `kinds.{id}"));
                found
                    .faults
                    .push(kind.fault(reason, "name a body of the reference, or give it a file"));
            }
        }
    }

    /// Groups and tables that a requirement could not tell apart.
    fn check_twice(self, faults: &mut Vec<ReferenceFault>) {
        let Self { draft, drafts, .. } = self;
        let mut groups: BTreeMap<&str, &str> = BTreeMap::new();
        for other in draft.file.groups_of.iter().flatten() {
            let id = other.get_ref().as_str();
            let of_other = drafts.get(other.get_ref());
            for name in of_other.iter().flat_map(|draft| draft.groups.keys()) {
                let first = *groups.entry(name.as_str()).or_insert(id);
                if first != id {
                    let reason = format!("`{name}` is a group of `{first}` and of `{id}`");
                    let help = "name one of the two bodies, or give a group of this body that name";
                    if !draft.groups.contains_key(name) {
                        faults.push(draft.source.fault(other.span().start, reason, help));
                    }
                }
            }
        }
        let mut tables = BTreeSet::new();
        for entry in draft.file.weights.iter().flatten() {
            let name = entry.get_ref().name();
            if !tables.insert(name) {
                let reason = format!("two tables of weights are called `{name}`");
                let help = "give each a name of its own, as in `{ name = \"shares\", table = \"shares-2020\" }`";
                faults.push(draft.source.fault(entry.span().start, reason, help));
            }
        }
    }
}

fn start(of: &Option<toml::Spanned<BodyId>>) -> usize {
    of.as_ref().map_or(0, |of| of.span().start)
}

/// A kind that is taken for granted has to be one of questions on which votes are counted.
fn check_default_kind(body: &Body, draft: &Draft, faults: &mut Vec<ReferenceFault>) {
    for (id, kind) in &draft.kinds {
        let mode = kind.value.mode.filter(|mode| mode.unknown().is_none());
        let (reason, help) = match mode {
            Some(Mode::Secret) => (
                format!("no decision by secret ballot is judged by the rules of `kinds.{id}`"),
                "write `secret = true` instead of the mode: its rules are then for looking up and for elections",
            ),
            Some(Mode::WithoutVote) => (
                format!(
                    "nothing is counted in a decision without a vote, by the rules of `kinds.{id}`"
                ),
                "leave the mode out, or write how such questions are decided",
            ),
            _ => continue,
        };
        faults.push(kind.fault(reason, help));
    }
    let Some(stated) = &draft.file.default_kind else {
        return;
    };
    let Some(kind) = body.kind(stated.get_ref()) else {
        return;
    };
    let mode = kind.mode.filter(|mode| !mode.counts_votes());
    let why = match mode {
        _ if kind.quorum.is_some() => "is a quorum and no question".to_owned(),
        _ if !kind.is_question => "is not a question".to_owned(),
        _ if kind.secret => "is decided by secret ballot, and no public ballot is of it".to_owned(),
        Some(mode) => format!("is decided by `{mode}`, where no votes are counted"),
        None => return,
    };
    let reason = format!("`{}` in `default-kind` {why}", kind.id);
    let help = "name the kind of usual questions, or write `default-kind = \"none\"`";
    faults.push(draft.source.fault(stated.span().start, reason, help));
}

impl Subject<'_> {
    /// Two kinds that a question could be of, where the first would be taken without a word.
    fn check_kinds_apart(self, faults: &mut Vec<ReferenceFault>) {
        let Self {
            body, draft, rules, ..
        } = self;
        let questions: Vec<_> = body
            .kinds()
            .iter()
            .filter(|kind| kind.is_question)
            .collect();
        let days = |kind: &Kind| {
            let of_kind = rules.iter().filter(|rule| rule.kind == kind.id);
            of_kind.map(|rule| rule.span).collect::<Vec<_>>()
        };
        for (at, second) in questions.iter().enumerate() {
            for first in questions.iter().take(at) {
                let Some(shared) = shared(first, second) else {
                    continue;
                };
                let Some(day) = first_common(&days(first), &days(second)) else {
                    continue;
                };
                let on = match day == NaiveDate::MIN {
                    true => String::new(),
                    false => format!(" on {day}"),
                };
                let reason = format!(
                    "nothing tells `kinds.{}` and `kinds.{}` apart{on}: both have {shared}",
                    first.id, second.id
                );
                let cited = draft.kinds.iter().find(|(id, _)| *id == second.id);
                let help = "leave it out of one of them, let the rules of one end before, or say with `of` which one it is a special \
                            case of";
                if let Some((_, cited)) = cited {
                    faults.push(cited.fault(reason, help));
                }
            }
        }
    }
}

/// What two kinds have in common by which a question is given its kind.
fn shared(first: &Kind, second: &Kind) -> Option<String> {
    if first.of != second.of {
        return None;
    }
    let subject = first.subjects.iter().find(|s| second.subjects.contains(s));
    if let Some(subject) = subject {
        return Some(format!("the subject `{subject}`"));
    }
    if first.of.is_some() {
        let scope = first
            .scopes
            .iter()
            .find(|scope| second.scopes.contains(scope));
        return scope.map(|scope| format!("the scope `{}`", scope.as_str()));
    }
    if let Some(mode) = first.mode.filter(|mode| second.mode == Some(*mode)) {
        return Some(format!("the mode `{mode}`"));
    }
    if first.nature.is_some() && first.nature == second.nature {
        return Some("the same `nature`".to_owned());
    }
    let is_public = !first.secret && !second.secret;
    let asked = first.asked_as.iter();
    let asked = asked.filter(|_| is_public);
    let words = asked
        .into_iter()
        .find(|asked| second.asked_as.contains(asked))?;
    Some(format!("questions that begin with `{words}`"))
}

/// The first day that spans of two lists have in common.
fn first_common(one: &[Span], other: &[Span]) -> Option<NaiveDate> {
    let pairs = one.iter().flat_map(|a| other.iter().map(move |b| (a, b)));
    let common = pairs.filter(|(a, b)| a.overlaps(**b));
    common.map(|(a, b)| a.from.max(b.from)).min()
}

impl Subject<'_> {
    /// Names in requirements that nobody defines, so that no vote could be decided by them. What comes with the crate names tables and
    /// groups that users give.
    fn check_names(self, found: &mut Found) {
        let Self {
            body,
            draft,
            drafts,
            ..
        } = self;
        for (id, kind) in &draft.kinds {
            let rules = kind.value.rules.iter();
            let rules = rules.map(|rule| (rule.span().start, &rule.get_ref().requirement));
            let bodies = [body.id()]
                .into_iter()
                .chain(kind.value.organs.values().map(|of| of.get_ref()));
            let bodies: Vec<_> = bodies.collect();
            for (at, requirement) in rules.filter(|_| kind.source.layer > 0) {
                self.check_requirement(requirement, &bodies, &(kind, at), found);
                self.check_organs(requirement, id, &(kind, at), found);
            }
            let leads_to = kind
                .value
                .leads_to
                .as_ref()
                .filter(|_| kind.source.layer > 0);
            if let Some(leads_to) = leads_to {
                let of = leads_to.groups_of.as_ref();
                let bodies: Vec<_> = [body.id()].into_iter().chain(of).collect();
                self.check_requirement(&leads_to.requirement, &bodies, &(kind, kind.at), found);
            }
        }
        if let Some(quorum) = draft
            .file
            .quorum
            .as_ref()
            .filter(|_| draft.source.layer > 0)
        {
            let asked = [&quorum.get_ref().open, &quorum.get_ref().decide];
            for requirement in asked.into_iter().flatten() {
                let known = Names::of([body.id()].into_iter(), drafts);
                let at = |reason: String, help: String| {
                    draft.source.fault(quorum.span().start, reason, help)
                };
                check_requirement(requirement, &known, drafts, &at, found);
            }
        }
    }

    fn check_requirement(
        self,
        requirement: &Requirement,
        bodies: &[&BodyId],
        (kind, at): &(&Cited<KindEntry>, usize),
        found: &mut Found,
    ) {
        let known = Names::of(bodies.iter().copied(), self.drafts);
        let at = |reason: String, help: String| kind.source.fault(*at, reason, help);
        check_requirement(requirement, &known, self.drafts, &at, found);
    }

    /// Organs that no kind gives a body, and that no other rule names.
    fn check_organs(
        self,
        requirement: &Requirement,
        id: &str,
        (kind, at): &(&Cited<KindEntry>, usize),
        found: &mut Found,
    ) {
        let of_draft = |draft: &'_ Draft| {
            let kinds = draft.kinds.iter().map(|(_, kind)| kind);
            let organs = kinds.flat_map(|kind| {
                let stages = kind.value.rules.iter().filter(|_| kind.source.layer == 0);
                let stages = stages.flat_map(|rule| rule.get_ref().requirement.organs());
                kind.value
                    .organs
                    .keys()
                    .chain(stages)
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
            });
            organs.collect::<Vec<_>>()
        };
        let known: BTreeSet<String> = self.drafts.values().flat_map(of_draft).collect();
        for organ in requirement.organs() {
            if known.contains(organ.as_str()) {
                continue;
            }
            let meant = meant(organ.as_str(), known.iter().map(String::as_str));
            let reason = format!("nothing says which body the organ `{organ}` is{meant}");
            let help = format!(
                "write `organs = {{ {organ} = \"BODY\" }}` in `kinds.{id}`; without it each record has to name the decision of the organ"
            );
            found.warnings.push(kind.source.fault(*at, reason, help));
        }
    }
}

/// The groups and tables that can be named.
struct Names<'n> {
    groups: BTreeSet<&'n str>,
    tables: BTreeSet<&'n str>,
}

impl<'n> Names<'n> {
    /// Those of some bodies, and of the bodies whose groups they name.
    fn of<'b>(
        bodies: impl Iterator<Item = &'b BodyId>,
        drafts: &'n BTreeMap<BodyId, Draft>,
    ) -> Self {
        let (mut groups, mut tables) = (BTreeSet::new(), BTreeSet::new());
        for draft in bodies.filter_map(|body| drafts.get(body)) {
            let others = draft.file.groups_of.iter().flatten();
            let others = others.filter_map(|of| drafts.get(of.get_ref()));
            for draft in [draft].into_iter().chain(others) {
                groups.extend(draft.groups.keys().map(|name| name.as_str()));
            }
            for entry in draft.file.weights.iter().flatten() {
                tables.insert(entry.get_ref().name().as_str());
            }
        }
        Self { groups, tables }
    }

    const fn of_kind(&self, kind: NameKind) -> &BTreeSet<&'n str> {
        match kind {
            NameKind::Table => &self.tables,
            _ => &self.groups,
        }
    }
}

/// The names of a requirement: a misspelt one is a fault, and any other that is not known is a warning, as a question may give it.
fn check_requirement(
    requirement: &Requirement,
    known: &Names<'_>,
    drafts: &BTreeMap<BodyId, Draft>,
    fault: &dyn Fn(String, String) -> ReferenceFault,
    found: &mut Found,
) {
    let mut said = BTreeSet::new();
    for (kind, name) in named_in(requirement) {
        let (name, known) = (name.as_str(), known.of_kind(kind));
        if known.contains(name) || !said.insert((kind, name)) {
            continue;
        }
        if let Some(nearest) = plenary_decisions::nearest(name, known.iter().copied()) {
            let reason = format!("unknown {kind} `{name}`; did you mean `{nearest}`?");
            found
                .faults
                .push(fault(reason, "correct the name".to_owned()));
            continue;
        }
        let others = drafts.iter().filter(|(id, _)| {
            let other = Names::of([*id].into_iter(), drafts);
            other.of_kind(kind).contains(name)
        });
        let others: Vec<_> = others.map(|(id, _)| format!("`{id}`")).take(3).collect();
        let (reason, help) = match kind {
            NameKind::Table => (
                format!("unknown table `{name}`: no vote can be decided by it"),
                format!(
                    "add `weights/{name}.csv` and `weights = [\"{name}\"]`, or give it with --weights"
                ),
            ),
            _ if !others.is_empty() => (
                format!("unknown group `{name}`: no vote can be decided by it"),
                format!(
                    "it is a group of {}: name the body in `groups-of`",
                    others.join(" and ")
                ),
            ),
            _ => (
                format!("unknown group `{name}`: no vote can be decided by it"),
                format!(
                    "write `groups = {{ {name} = {{ status = \"…\" }} }}`, or give it with --group"
                ),
            ),
        };
        found.warnings.push(fault(reason, help));
    }
}
