//! From files to bodies and rules.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use plenary_types::{BodyId, Invariant, Participant, Span};
use toml::Spanned;

use crate::body::{Body, BodyName, Kind, Seats};
use crate::checks::{Found, Subject};
use crate::facts::{FactsOverTime, GroupOfStatus, NamedWeights, OtherCode, WeightTable};
use crate::library::Rule;
use crate::read::{
    Cited, Day, Draft, KNOWN_DECISIONS, KindEntry, Layer, ReferenceFault, RuleEntry, SchemeFile,
    SeatEntry, Sitting, Source, Stack, is_nobody, meant, nobody,
};
use crate::roster::RosterTable;
use crate::scheme::{About, People, Scheme};
use crate::sessions::Sessions;
use crate::words::{MemberKind, QuorumUse};
use crate::{KnownDecision, Pattern, known};

/// What comes of the files.
#[derive(Debug, Default)]
pub(crate) struct Built {
    /// The bodies, in the order of their files.
    pub(crate) bodies: Vec<Arc<Body>>,
    /// The rules of all bodies, those of a body together.
    pub(crate) rules: Vec<Rule>,
    /// What is known of single decisions.
    pub(crate) known: Vec<KnownDecision>,
    pub(crate) schemes: BTreeMap<String, Arc<Scheme>>,
    pub(crate) people: People,
    pub(crate) faults: Vec<ReferenceFault>,
    pub(crate) warnings: Vec<ReferenceFault>,
}

/// Builds everything from the files. Tables that come with the crate are left to be read when they are asked for; with `whole`
/// they are read as well.
pub(crate) fn build(layers: &[Layer], whole: bool) -> Built {
    let stack = Stack::new(layers);
    let mut builder = Builder {
        built: Built::default(),
        drafts: BTreeMap::new(),
        order: Vec::new(),
        rosters: BTreeMap::new(),
        weights: BTreeMap::new(),
        whole,
        stack: &stack,
    };
    builder.read_bodies();
    builder.check_names_of_files();
    builder.make_tables();
    builder.make_bodies();
    builder.check_rules();
    builder.read_known_decisions();
    let mut built = builder.built;
    let strays = layers.iter().flat_map(|layer| &layer.strays);
    built.warnings.extend(strays.cloned());
    built
        .faults
        .sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    built.faults.dedup();
    built
        .warnings
        .sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
    built
}

/// How the file ends that says what the groups of a scheme are called.
const GROUP_NAMES: &str = ".names.csv";

struct Builder<'s> {
    built: Built,
    drafts: BTreeMap<BodyId, Draft>,
    order: Vec<BodyId>,
    rosters: BTreeMap<BodyId, Arc<RosterTable>>,
    weights: BTreeMap<String, Arc<WeightTable>>,
    whole: bool,
    stack: &'s Stack,
}

impl Builder<'_> {
    fn read_bodies(&mut self) {
        for name in self.stack.named("bodies", ".toml") {
            let Ok(id) = name.parse::<BodyId>() else {
                let path = format!("bodies/{name}.toml");
                let reason = format!("`{name}` cannot be the identifier of a body");
                let help = "call the file by lower-case letters, digits and hyphens, such as `bodies/river-club.toml`";
                self.built
                    .faults
                    .push(ReferenceFault::new(path, None, reason, help));
                continue;
            };
            match Draft::read(name, self.stack) {
                Ok(draft) => {
                    self.order.push(id.clone());
                    self.drafts.insert(id, draft);
                }
                Err(faults) => self.built.faults.extend(faults),
            }
        }
    }

    /// Files that nothing would read.
    fn check_names_of_files(&mut self) {
        for path in self
            .stack
            .order
            .iter()
            .filter(|path| &***path != KNOWN_DECISIONS)
        {
            let (folder, name) = path.split_once('/').unwrap_or(("", path));
            let body = name
                .strip_suffix(".members.csv")
                .or_else(|| name.strip_suffix(".sessions.csv"));
            let scheme = name
                .strip_suffix(GROUP_NAMES)
                .or_else(|| name.strip_suffix(".toml"))
                .filter(|_| folder == "groups");
            let (reason, help) = match (folder, body) {
                ("bodies", Some(body))
                    if self.stack.top(&format!("bodies/{body}.toml")).is_some() =>
                {
                    continue;
                }
                ("bodies", Some(body)) => (
                    format!("there is no `bodies/{body}.toml`"),
                    "write that file, or call this one by the name of a body",
                ),
                ("bodies", None) if name.ends_with(".toml") => continue,
                ("groups", _)
                    if scheme.is_some_and(|scheme| {
                        self.stack.top(&format!("groups/{scheme}.csv")).is_none()
                    }) =>
                {
                    (
                        "there is no table of groups that it names".to_owned(),
                        "write `groups/NAME.csv` beside it",
                    )
                }
                ("groups", _) if name.ends_with(".toml") => continue,
                ("groups" | "weights" | "participants", _) if name.ends_with(".csv") => continue,
                _ => (
                    "nothing reads a file of this name".to_owned(),
                    "bodies are `NAME.toml`, `NAME.members.csv` and `NAME.sessions.csv`; groups, weights and participants are `NAME.csv`",
                ),
            };
            self.built
                .faults
                .push(ReferenceFault::new(&**path, None, reason, help));
        }
    }

    fn make_tables(&mut self) {
        let people = self.stack.named("participants", ".csv");
        let people = people.filter_map(|name| self.stack.top(&format!("participants/{name}.csv")));
        let people: Vec<_> = people.map(Arc::clone).collect();
        let is_checked = people.iter().any(|source| self.is_checked(source));
        self.built.people = People::new(people);
        if is_checked {
            let faults = self.built.people.check();
            self.built.faults.extend(faults);
        }
        for (id, draft) in &self.drafts {
            if draft.rosters.is_empty() {
                continue;
            }
            let words = draft
                .groups
                .values()
                .map(|group| group.value.status.clone());
            let table = RosterTable::new(
                draft.rosters.clone(),
                words.collect(),
                draft.file.suspended.unwrap_or_default(),
                (
                    day(draft.file.known_from),
                    day(last_day(&draft.file.known_until)),
                ),
            );
            if draft
                .rosters
                .iter()
                .chain([&draft.source])
                .any(|source| self.is_checked(source))
            {
                let sitting = Sitting {
                    span: span(draft.file.from, last_day(&draft.file.to)),
                    of_states: draft.file.member_kind.unwrap_or_default() == MemberKind::State,
                    people: &self.built.people,
                    layer: draft.source.layer,
                };
                let (faults, warnings) = table.check(&sitting);
                self.built.faults.extend(faults);
                self.built.warnings.extend(warnings);
            }
            self.rosters.insert(id.clone(), Arc::new(table));
        }
        for name in self.stack.named("weights", ".csv") {
            let Some(source) = self.stack.top(&format!("weights/{name}.csv")) else {
                continue;
            };
            let table = Arc::new(WeightTable::new(Arc::clone(source)));
            if self.is_checked(source) {
                self.built.faults.extend(table.check());
            }
            self.weights.insert(name.to_owned(), table);
        }
        let schemes = self.stack.named("groups", ".csv");
        for name in schemes.filter(|name| !name.ends_with(".names")) {
            let Some(source) = self.stack.top(&format!("groups/{name}.csv")) else {
                continue;
            };
            let names = self.stack.top(&format!("groups/{name}{GROUP_NAMES}"));
            let file = self.stack.top(&format!("groups/{name}.toml"));
            let about = match file.map(|file| self.about_scheme(file)) {
                Some(Ok(about)) => about,
                Some(Err(fault)) => {
                    self.built.faults.push(fault);
                    continue;
                }
                None => About::default(),
            };
            let sources = [Some(source), names, file].into_iter().flatten();
            let is_checked = sources.into_iter().any(|source| self.is_checked(source));
            let scheme = Arc::new(Scheme::new(name, Arc::clone(source), names.cloned(), about));
            if is_checked {
                self.built.faults.extend(scheme.check());
            }
            self.built.schemes.insert(name.to_owned(), scheme);
        }
        self.check_codes();
    }

    /// What the file of a scheme says beside its table.
    fn about_scheme(&self, file: &Arc<Source>) -> Result<About, ReferenceFault> {
        let read = SchemeFile::read(file)?;
        let mut about = About {
            overlapping: read.overlapping,
            known_until: day(read.known_until),
            source: Some(Arc::clone(file)),
            ..About::default()
        };
        for (name, group) in read.groups {
            let name: Arc<str> = name.into_inner().into();
            if let Some(of) = &group.roster_of {
                let roster = self.roster_of(of.get_ref()).ok_or_else(|| {
                    let reason = format!("the members of `{}` are not on record", of.get_ref());
                    let help = "name a body that has a file `bodies/NAME.members.csv`";
                    file.fault(of.span().start, reason, help)
                })?;
                about.rosters.push((Arc::clone(&name), Arc::clone(roster)));
            }
            about.groups.insert(name, group);
        }
        Ok(about)
    }

    /// Who sits in a body, by its own roster or by that of the body whose members are its members.
    fn roster_of(&self, body: &BodyId) -> Option<&Arc<RosterTable>> {
        let of_another = || {
            let of = self.drafts.get(body)?.file.roster_of.as_ref()?;
            self.rosters.get(of.get_ref())
        };
        self.rosters.get(body).or_else(of_another)
    }

    /// Codes that nobody has, in tables that are not of one body and in files of bodies.
    fn check_codes(&mut self) {
        let people = &self.built.people;
        let sits = |who: Participant| {
            let mut rosters = self.rosters.values();
            rosters.any(|table| table.get().rows_of(who).next().is_some())
        };
        let is_nobody = |who: &Participant| {
            let code = who.code().filter(|code| is_nobody(*code, people));
            code.is_some() && !sits(*who)
        };
        let fault = |path: &str, line: Option<u64>, field: Option<&str>, (who, on)| {
            let who: Participant = who;
            let (reason, help) = nobody(who.code()?, on);
            Some(ReferenceFault {
                field: field.map(str::to_owned),
                ..ReferenceFault::new(path, line, reason, help)
            })
        };
        let (mut faults, mut warnings) = (Vec::new(), Vec::new());
        for table in self.weights.values() {
            if self.is_checked(&table.source) {
                let rows = table.rows().iter().filter(|row| is_nobody(&row.who));
                let path = &*table.source.path;
                warnings.extend(rows.filter_map(|row| {
                    let whose = (row.who, row.span.from);
                    fault(path, Some(row.line), Some("member"), whose)
                }));
            }
        }
        for scheme in self.built.schemes.values() {
            if self.is_checked(&scheme.source) {
                let rows = scheme.rows().iter().filter(|row| is_nobody(&row.who));
                let path = &*scheme.source.path;
                warnings.extend(rows.filter_map(|row| {
                    let whose = (row.who, row.span.from);
                    fault(path, Some(row.line), Some("member"), whose)
                }));
            }
        }
        for draft in self.drafts.values() {
            if draft.file.member_kind.unwrap_or_default() != MemberKind::State {
                continue;
            }
            let codes = draft.codes.iter().map(|cited| {
                let day = day(cited.value.from).unwrap_or(NaiveDate::MIN);
                (&cited.source, cited.at, cited.value.member, day)
            });
            let groups = draft.groups.values().flat_map(|cited| {
                let before = cited.value.before.iter();
                before.flat_map(move |before| {
                    let members = before.members.iter();
                    members.map(move |who| (&cited.source, cited.at, *who, before.from.0))
                })
            });
            let named = codes.chain(groups).filter(|(.., who, _)| is_nobody(who));
            let named = named.filter(|(source, ..)| self.is_checked(source));
            faults.extend(named.filter_map(|(source, at, who, on)| {
                let (reason, help) = nobody(who.code()?, on);
                Some(source.fault(at, reason, help))
            }));
        }
        self.built.faults.extend(faults);
        self.built.warnings.extend(warnings);
    }

    fn is_checked(&self, source: &Source) -> bool {
        self.whole || source.layer > 0
    }

    fn make_bodies(&mut self) {
        for id in std::mem::take(&mut self.order) {
            let Some(draft) = self.drafts.get(&id) else {
                continue;
            };
            let mut faults = Vec::new();
            let mut warnings = Vec::new();
            let body = self.body(&id, draft, &mut faults);
            faults.extend(self.second_default(&body, draft));
            let rules = rules(&body, draft, &self.drafts, &mut faults);
            if self.is_checked(&draft.source)
                || draft.rosters.iter().any(|roster| self.is_checked(roster))
            {
                check_body(&body, draft, &mut faults);
                check_weights(&body, &rules, &mut warnings);
                let subject = Subject {
                    body: &body,
                    draft,
                    rules: &rules,
                    drafts: &self.drafts,
                };
                let mut found = Found::default();
                subject.check(&mut found);
                faults.extend(found.faults);
                warnings.extend(found.warnings);
            }
            self.built.faults.extend(faults);
            self.built.warnings.extend(warnings);
            self.built.rules.extend(rules);
            self.built.bodies.push(Arc::new(body));
        }
    }

    /// A fault where a body is marked as the default, and another of its layer is so too.
    fn second_default(&self, body: &Body, draft: &Draft) -> Option<ReferenceFault> {
        let layer = body.default_in?;
        let mut before = self.built.bodies.iter();
        let other = before.find(|other| other.default_in == Some(layer))?;
        let reason = format!("`{}` and `{}` are both the default body", other.id, body.id);
        let help = "leave `default` out of one of the files";
        Some(draft.source.fault(0, reason, help))
    }

    fn body(&self, id: &BodyId, draft: &Draft, faults: &mut Vec<ReferenceFault>) -> Body {
        let file = &draft.file;
        let source = &draft.source;
        let names = file.names.iter().flatten().map(Spanned::get_ref);
        let names = names.map(|entry| BodyName {
            name: entry.name.clone(),
            span: span(entry.from, entry.to),
        });
        let mut names: Vec<_> = names.collect();
        names.sort_by_key(|name| name.span.from);
        if let Some(name) = &file.name {
            let span = span(None, None);
            names.push(BodyName {
                name: name.clone(),
                span,
            });
        }
        if names.is_empty() {
            faults.push(source.fault(0, "the body has no name", "write `name = \"…\"`"));
        }
        if file.from.is_none() {
            let help = "write the day since when the body exists, `from = 2001-03-01`";
            faults.push(source.fault(0, "the body has no first day", help));
        }
        let mut other = |of: &Option<Spanned<BodyId>>, key: &str, has_to_exist: bool| {
            let of = of.as_ref()?;
            if has_to_exist && !self.drafts.contains_key(of.get_ref()) {
                let reason = format!(
                    "unknown body `{}` in `{key}`{}",
                    of.get_ref(),
                    meant(of.get_ref().as_str(), self.names_of_bodies())
                );
                faults.push(source.fault(
                    of.span().start,
                    reason,
                    "name a body of the reference, or give it a file",
                ));
            }
            Some(of.get_ref().clone())
        };
        let members_of = other(&file.members_of, "members-of", false);
        let roster_of = other(&file.roster_of, "roster-of", true);
        let elected_by = other(&file.elected_by, "elected-by", false);
        let roster = self
            .rosters
            .get(id)
            .or_else(|| self.rosters.get(roster_of.as_ref()?));
        let parent = members_of.as_ref().and_then(|of| self.roster_of(of));
        let kinds: Vec<_> = kinds(draft);
        let default_kind = default_kind(draft, &kinds, faults);
        let also_possible =
            names_of_kinds(&file.also_possible, "also-possible", draft, &kinds, faults);
        if let Some(scheme) = &file.show_groups {
            let name = scheme.get_ref();
            let wrong = match self.built.schemes.get(name) {
                None => Some((
                    format!("unknown groups `{name}`"),
                    format!("add `groups/{name}.csv`, or name a scheme that exists"),
                )),
                Some(known) if known.is_overlapping() => Some((
                    format!("the groups of `{name}` overlap: votes cannot be shown by them"),
                    "name a scheme in which everybody is in one group at most".to_owned(),
                )),
                Some(_) => None,
            };
            if let Some((reason, help)) = wrong {
                faults.push(source.fault(scheme.span().start, reason, help));
            }
        }
        let series = file.sessions.as_ref();
        let forms = series
            .map(|sessions| sessions.series.as_slice())
            .unwrap_or_default();
        let sessions = Sessions::new(
            patterns(forms, source, faults),
            day(series.and_then(|sessions| sessions.roman_until)),
            series.is_some_and(|sessions| sessions.yearly),
            self.stack
                .top(&format!("bodies/{id}.sessions.csv"))
                .map(Arc::clone),
        );
        if sessions
            .source
            .as_deref()
            .is_some_and(|source| self.is_checked(source))
        {
            faults.extend(sessions.check());
        }
        let mut layers: Vec<_> = draft
            .extended
            .iter()
            .chain([source])
            .chain(&draft.rosters)
            .map(|source| source.layer)
            .collect();
        layers.extend(sessions.source.as_ref().map(|source| source.layer));
        layers.sort_unstable();
        layers.dedup();
        Body {
            id: id.clone(),
            names,
            span: span(file.from, last_day(&file.to)),
            confirmed_until: day(file.confirmed_until),
            member_kind: file.member_kind.unwrap_or_default(),
            members_of,
            roster_of,
            elected_by,
            default_kind,
            also_possible,
            assumed_findings: file.assumed_findings.unwrap_or_default(),
            suspended: file.suspended.unwrap_or_default(),
            show_groups: file
                .show_groups
                .as_ref()
                .map(|scheme| scheme.get_ref().clone()),
            counts_only: file.counts_only.unwrap_or_default(),
            default_in: (file.default == Some(true)).then_some(source.layer),
            for_any_body: file.for_any_body.unwrap_or_default(),
            units: file.units.clone().unwrap_or_default(),
            terms: file.terms,
            chair: file.chair,
            symbols: patterns(file.symbols.as_deref().unwrap_or_default(), source, faults),
            seats: draft
                .seats
                .iter()
                .filter_map(|entry| seats(entry, faults))
                .collect(),
            choices: draft.choices.clone(),
            outcomes: draft.outcomes.clone(),
            kinds,
            sessions,
            roster: roster.map(Arc::clone),
            parent: parent.map(Arc::clone),
            facts: FactsOverTime::new(
                self.groups(id, draft, faults),
                self.weights_of(draft, faults),
                // Weights of a body whose members vote by units may be those of units.
                roster
                    .filter(|_| file.units.iter().flatten().next().is_none())
                    .map(Arc::clone),
            ),
            codes: other_codes(draft),
            layers,
            electorates: Default::default(),
        }
    }

    fn names_of_bodies(&self) -> impl Iterator<Item = &str> {
        self.drafts.keys().map(BodyId::as_str)
    }

    /// The groups that statuses of rosters make: of the body itself, and of those whose groups it names.
    fn groups(
        &self,
        id: &BodyId,
        draft: &Draft,
        faults: &mut Vec<ReferenceFault>,
    ) -> Vec<GroupOfStatus> {
        let mut groups = Vec::new();
        for other in draft.file.groups_of.iter().flatten() {
            match self.drafts.get(other.get_ref()) {
                Some(of) => groups.extend(self.groups_of(other.get_ref(), of)),
                None => {
                    let reason = format!(
                        "unknown body `{}` in `groups-of`{}",
                        other.get_ref(),
                        meant(other.get_ref().as_str(), self.names_of_bodies())
                    );
                    faults.push(draft.source.fault(
                        other.span().start,
                        reason,
                        "name a body of the reference",
                    ));
                }
            }
        }
        for (name, group) in draft
            .groups
            .iter()
            .filter(|_| !self.rosters.contains_key(id))
        {
            let reason = format!("`{name}` is a status of the roster, and the body has no roster");
            faults.push(group.fault(reason, format!("add `bodies/{id}.members.csv`")));
        }
        groups.extend(self.groups_of(id, draft));
        groups
    }

    fn groups_of(&self, id: &BodyId, draft: &Draft) -> Vec<GroupOfStatus> {
        let Some(roster) = self.rosters.get(id) else {
            return Vec::new();
        };
        let codes = other_codes(draft);
        let groups = draft.groups.iter().map(|(name, group)| {
            let before = group.value.before.as_ref();
            GroupOfStatus {
                name: name.clone(),
                status: group.value.status.clone(),
                roster: Arc::clone(roster),
                before: before.map(|before| (before.from.0, before.members.clone())),
                codes: Arc::clone(&codes),
            }
        });
        groups.collect()
    }

    fn weights_of(&self, draft: &Draft, faults: &mut Vec<ReferenceFault>) -> Vec<NamedWeights> {
        let mut tables = Vec::new();
        for stated in draft.file.weights.iter().flatten() {
            let (entry, table) = (stated.get_ref(), stated.get_ref().table());
            if let Some(found) = self.weights.get(table) {
                tables.push(NamedWeights {
                    name: entry.name().clone(),
                    table: Arc::clone(found),
                    unverified: entry.is_unverified(),
                });
            } else {
                let meant = meant(table, self.weights.keys().map(String::as_str));
                let reason = format!("unknown weights `{table}`{meant}");
                let help = format!("add `weights/{table}.csv`, or correct the name");
                faults.push(draft.source.fault(stated.span().start, reason, help));
            }
        }
        tables
    }

    fn read_known_decisions(&mut self) {
        let Some(source) = self.stack.top(KNOWN_DECISIONS) else {
            return;
        };
        let (known, faults) = known::read(source, &self.built.rules);
        self.built.known = known;
        // Of a body that is replaced the rule may be gone by which a single decision was taken.
        if self.is_checked(source) {
            self.built.faults.extend(faults);
        }
    }

    /// No name means two rules.
    fn check_rules(&mut self) {
        let mut names: BTreeMap<&str, (&str, &str)> = BTreeMap::new();
        let mut faults = Vec::new();
        for rule in &self.built.rules {
            for name in rule.aliases.iter().chain([&rule.id]) {
                let (body, kind) = *names.entry(name).or_insert((&rule.body, &rule.kind));
                if (body, kind) != (&rule.body, &rule.kind) {
                    let reason = format!(
                        "`{name}` is a rule of `{body}`, kind `{kind}`, and one of `{}`, kind `{}`",
                        rule.body, rule.kind
                    );
                    let path = format!("bodies/{}.toml", rule.body);
                    faults.push(ReferenceFault::new(
                        path,
                        None,
                        reason,
                        "give one of the rules another `id`",
                    ));
                }
            }
        }
        self.built.faults.extend(faults);
    }
}

fn last_day(day: &Option<Spanned<Day>>) -> Option<Day> {
    day.as_ref().map(|day| *day.get_ref())
}

fn day(day: Option<Day>) -> Option<NaiveDate> {
    day.map(|day| day.0)
}

fn span(from: Option<Day>, to: Option<Day>) -> Span {
    Span {
        from: day(from).unwrap_or(NaiveDate::MIN),
        to: day(to),
    }
}

fn patterns(
    forms: &[Spanned<String>],
    source: &Source,
    faults: &mut Vec<ReferenceFault>,
) -> Vec<Pattern> {
    let read = forms
        .iter()
        .filter_map(|form| match form.get_ref().parse() {
            Ok(pattern) => Some(pattern),
            Err(error) => {
                let error: crate::PatternError = error;
                let help = "write such as `RC/<year>/<n>`, one pattern for each form";
                faults.push(source.fault(form.span().start, error.to_string(), help));
                None
            }
        });
    read.collect()
}

/// Other codes that records use for members.
fn other_codes(draft: &Draft) -> Arc<[OtherCode]> {
    let codes = draft.codes.iter().map(|entry| &entry.value);
    let codes = codes.map(|entry| OtherCode {
        code: entry.code,
        member: entry.member,
        span: span(entry.from, entry.to),
    });
    codes.collect()
}

fn seats(entry: &Cited<SeatEntry>, faults: &mut Vec<ReferenceFault>) -> Option<Seats> {
    let value = &entry.value;
    let sum = value
        .by
        .values()
        .try_fold(0u32, |sum, count| sum.checked_add(*count));
    if !value.by.is_empty() && sum != Some(value.count) {
        let sum = sum.map_or_else(|| "too many".to_owned(), |sum| sum.to_string());
        let reason = format!("seats are {}, but the groups have {sum}", value.count);
        faults.push(entry.fault(reason, "correct `count` or a number of `by`"));
    }
    let span = span(Some(value.from), value.to);
    if span.to.is_some_and(|to| to <= span.from) {
        faults.push(entry.fault(
            "the days of these seats end before they begin",
            "correct `from` or `to`",
        ));
        return None;
    }
    Some(Seats {
        span,
        count: value.count,
        by: value.by.clone(),
        in_force: day(value.in_force),
        source: value.source.clone(),
        unverified: value.unverified,
    })
}

fn kinds(draft: &Draft) -> Vec<Kind> {
    let written = draft.kinds.iter().map(|(id, kind)| {
        let entry = &kind.value;
        Kind {
            id: id.clone(),
            title: entry.title.clone(),
            source: entry.source.clone(),
            nature: entry.nature,
            mode: entry.mode,
            secret: entry.secret,
            subjects: entry.subjects.clone(),
            asked_as: entry.asked_as.clone(),
            of: entry.of.as_ref().map(|of| of.get_ref().clone()),
            scopes: entry.scopes.clone(),
            like: entry.like.as_ref().map(|like| like.get_ref().clone()),
            also: entry
                .also
                .iter()
                .map(|also| also.get_ref().clone())
                .collect(),
            organs: entry
                .organs
                .iter()
                .map(|(name, body)| (name.clone(), body.get_ref().clone()))
                .collect(),
            quorum: entry.quorum,
            is_question: entry.quorum.is_none() && !entry.not_a_question,
            leads_to: entry.leads_to.clone(),
        }
    });
    let mut kinds: Vec<_> = written.collect();
    for (used, id, _) in short_quorums(draft) {
        kinds.push(Kind {
            id: id.to_owned(),
            quorum: Some(used),
            ..Kind::default()
        });
    }
    kinds
}

/// The quorums that have no kind of their own.
fn short_quorums(
    draft: &Draft,
) -> impl Iterator<Item = (QuorumUse, &'static str, &plenary_decisions::Requirement)> {
    let quorum = draft.file.quorum.as_ref().map(Spanned::get_ref);
    let open =
        quorum.and_then(|quorum| Some((QuorumUse::Open, "quorum-open", quorum.open.as_ref()?)));
    let decide = quorum
        .and_then(|quorum| Some((QuorumUse::Decide, "quorum-decide", quorum.decide.as_ref()?)));
    open.into_iter().chain(decide)
}

/// What stands for no kind in `default-kind`.
const NO_KIND: &str = "none";

fn default_kind(draft: &Draft, kinds: &[Kind], faults: &mut Vec<ReferenceFault>) -> Option<String> {
    if let Some(stated) = &draft.file.default_kind {
        let stated_kind = stated.get_ref();
        if stated_kind == NO_KIND {
            return None;
        }
        if !ids(kinds).any(|id| id == stated_kind) {
            let source = &draft.source;
            faults.push(unknown_kind(stated, "`default-kind`", source, ids(kinds)));
        }
        return Some(stated_kind.clone());
    }
    let mut questions = kinds
        .iter()
        .filter(|kind| kind.is_question && !kind.secret && kind.mode.is_none());
    let alone = questions.next().filter(|_| questions.next().is_none());
    alone.map(|kind| kind.id.clone())
}

fn names_of_kinds(
    names: &Option<Vec<Spanned<String>>>,
    key: &str,
    draft: &Draft,
    kinds: &[Kind],
    faults: &mut Vec<ReferenceFault>,
) -> Vec<String> {
    let names = names.iter().flatten().inspect(|name| {
        if !ids(kinds).any(|id| id == name.get_ref()) {
            let key = format!("`{key}`");
            faults.push(unknown_kind(name, &key, &draft.source, ids(kinds)));
        }
    });
    names.map(|name| name.get_ref().clone()).collect()
}

/// That a kind is named which the body does not have.
fn unknown_kind<'k>(
    name: &Spanned<String>,
    key: &str,
    source: &Source,
    known: impl IntoIterator<Item = &'k str>,
) -> ReferenceFault {
    let meant = meant(name.get_ref(), known);
    let reason = format!("unknown kind `{}` in {key}{meant}", name.get_ref());
    let help = "name a kind of the body, or add it";
    source.fault(name.span().start, reason, help)
}

fn ids(kinds: &[Kind]) -> impl Iterator<Item = &str> {
    kinds.iter().map(|kind| kind.id.as_str())
}

/// The rules of a body, in the order of the file.
fn rules(
    body: &Body,
    draft: &Draft,
    drafts: &BTreeMap<BodyId, Draft>,
    faults: &mut Vec<ReferenceFault>,
) -> Vec<Rule> {
    let own_file = format!("bodies/{}.toml", body.id);
    let mut rules = Vec::new();
    for (id, kind) in &draft.kinds {
        check_kind(id, kind, draft, drafts, faults);
        let own = kind.value.rules.iter().map(|entry| (&kind.source, entry));
        let mut entries: Vec<_> = own.collect();
        if let Some(like) = &kind.value.like {
            let other = draft
                .kinds
                .iter()
                .find(|(other, _)| other == like.get_ref());
            match other {
                Some((_, other)) if other.value.like.is_some() => {
                    let reason = format!(
                        "`kinds.{id}` is like `{}`, which is like another itself",
                        like.get_ref()
                    );
                    faults.push(kind.fault(reason, "name the kind that has the rules"));
                }
                Some((_, other)) => {
                    entries.extend(other.value.rules.iter().map(|entry| (&other.source, entry)))
                }
                None => {}
            }
        }
        let first = rules.len();
        for (source, entry) in entries {
            let is_own = *source.path == *own_file;
            let rule = rule(body, id, &kind.value, entry.get_ref(), is_own);
            let at = entry.span().start;
            if rule.span.to.is_some_and(|to| to <= rule.span.from) {
                let reason = format!(
                    "a rule of `kinds.{id}` ends on {}, before it begins",
                    rule.span.to.unwrap_or(rule.span.from)
                );
                faults.push(source.fault(at, reason, "correct `from` or `to`"));
                continue;
            }
            let earlier = rules.get(first..).invariant("rules are only added");
            let both = earlier.iter().find(|other: &&Rule| {
                !rule.practice && !other.practice && other.span.overlaps(rule.span)
            });
            if let Some(other) = both {
                let day = rule.span.from.max(other.span.from);
                let reason = format!("two rules of `kinds.{id}` are the law on {day}");
                let help =
                    format!("end the first with `to = {day}`, or mark one as `practice = true`");
                faults.push(source.fault(at, reason, help));
            }
            rules.push(rule);
        }
    }
    for (_, id, requirement) in short_quorums(draft) {
        rules.push(Rule {
            id: format!("{}-{id}", body.id),
            aliases: Vec::new(),
            body: body.id.to_string(),
            kind: id.to_owned(),
            title: format!("{}, quorum", body.name()),
            span: body.span,
            requirement: requirement.clone(),
            tie: None,
            source: String::new(),
            unverified: false,
            practice: false,
        });
    }
    rules
}

/// A rule of a body: one that is taken from another kind, or from the file of another body, leaves its names there.
fn rule(body: &Body, kind: &str, of: &KindEntry, entry: &RuleEntry, is_own: bool) -> Rule {
    let is_like = of.like.is_some();
    let keeps_names = is_own && !is_like;
    let own_id = entry.id.clone().filter(|_| keeps_names);
    let title = || {
        entry
            .title
            .clone()
            .filter(|_| !is_like)
            .or_else(|| of.title.clone())
    };
    Rule {
        id: own_id.unwrap_or_else(|| format!("{}-{kind}", body.id)),
        aliases: match keeps_names {
            true => entry.aliases.clone(),
            false => Vec::new(),
        },
        body: body.id.to_string(),
        kind: kind.to_owned(),
        title: title().unwrap_or_else(|| format!("{}, {}", body.name(), kind.replace('-', " "))),
        span: span(Some(entry.from), entry.to),
        requirement: entry.requirement.clone(),
        tie: entry.tie,
        source: match &of.source {
            Some(source) if is_like => format!("{source}; {}", entry.source),
            _ => entry.source.clone(),
        },
        unverified: entry.unverified || of.unverified,
        practice: entry.practice,
    }
}

/// A mode that has no meaning here: no decision would be of the kind.
fn unknown_mode(id: &str, kind: &KindEntry) -> Option<(String, &'static str)> {
    let word = kind.mode?.unknown()?;
    Some((
        format!("unknown mode `{word}` in `kinds.{id}`"),
        "write `recorded`, `written`, `non-recorded`, `show-of-hands` or `silence`",
    ))
}

fn check_kind(
    id: &str,
    kind: &Cited<KindEntry>,
    draft: &Draft,
    drafts: &BTreeMap<BodyId, Draft>,
    faults: &mut Vec<ReferenceFault>,
) {
    let entry = &kind.value;
    if let Some((reason, help)) = unknown_mode(id, entry) {
        faults.push(kind.fault(reason, help));
    }
    let names = || draft.kinds.iter().map(|(name, _)| name.as_str());
    let stated = entry.of.iter().map(|of| ("of", of));
    let stated = stated.chain(entry.like.iter().map(|like| ("like", like)));
    let stated = stated.chain(entry.also.iter().map(|also| ("also", also)));
    for (key, name) in stated {
        if !names().any(|known| known == name.get_ref()) {
            let key = format!("`{key}` of `kinds.{id}`");
            faults.push(unknown_kind(name, &key, &kind.source, names()));
        }
    }
    if entry.rules.is_empty() && entry.like.is_none() {
        let help = "add `rules`, or `like = \"…\"` to take those of another kind";
        faults.push(kind.fault(format!("`kinds.{id}` has no rules"), help));
    }
    if entry.of.is_none() && !entry.scopes.is_empty() {
        let help = "say with `of = \"…\"` which kind it takes the place of in these scopes";
        faults.push(kind.fault(format!("`kinds.{id}` has `scopes` and no `of`"), help));
    }
    for (organ, body) in &entry.organs {
        if !drafts.contains_key(body.get_ref()) {
            let reason = format!(
                "unknown body `{}` for the organ `{organ}` of `kinds.{id}`",
                body.get_ref()
            );
            faults.push(kind.source.fault(
                body.span().start,
                reason,
                "name a body of the reference, or give it a file",
            ));
        }
    }
    let named = entry
        .rules
        .iter()
        .flat_map(|rule| rule.get_ref().requirement.organs());
    let named: Vec<_> = named.collect();
    for organ in entry.organs.keys().filter(|organ| !named.contains(organ)) {
        if entry.like.is_none() {
            let reason = format!("no rule of `kinds.{id}` asks for the organ `{organ}`");
            faults.push(kind.fault(reason, "correct the name, or leave the organ out"));
        }
    }
}

/// Checks a body against its tables.
fn check_body(body: &Body, draft: &Draft, faults: &mut Vec<ReferenceFault>) {
    let Some(roster) = body.roster() else { return };
    for (name, group) in &draft.groups {
        let status = group.value.status.as_str();
        let statuses = || roster.rows().iter().map(|row| row.status.as_str());
        if !statuses().any(|known| known == status) {
            let meant = meant(status, statuses());
            let reason = format!("`{name}`: no row of the roster has the status `{status}`{meant}");
            faults.push(group.fault(reason, "use a status of the roster"));
        }
    }
    let members: Vec<_> = roster.rows().iter().filter_map(|row| row.who).collect();
    for NamedWeights { name, table, .. } in &body.facts.weights {
        let of_table = table.rows().iter().map(|row| row.who);
        if members.is_empty() || of_table.clone().next().is_none() {
            continue;
        }
        if !of_table.clone().any(|who| members.contains(&who)) {
            let reason = format!(
                "nobody on the roster of `{}` has a weight in `{name}`",
                body.id
            );
            faults.push(
                draft
                    .source
                    .fault(0, reason, "let both call the members alike"),
            );
        }
    }
}

/// Rules that ask for weights on days for which there are none.
fn check_weights(body: &Body, rules: &[Rule], warnings: &mut Vec<ReferenceFault>) {
    for NamedWeights { name, table, .. } in &body.facts.weights {
        let Some(first) = table.rows().iter().map(|row| row.span.from).min() else {
            continue;
        };
        let asks =
            |rule: &&Rule| rule.requirement.tables().contains(name) && rule.span.from < first;
        if let Some(rule) = rules.iter().filter(asks).min_by_key(|rule| rule.span.from) {
            let reason = format!(
                "no weights before {first}, but `{}` has `{}` since {}: it cannot be decided then",
                body.id, rule.kind, rule.span.from
            );
            let help = "add the weights of those days, or let the rule begin later";
            warnings.push(ReferenceFault::new(&*table.source.path, None, reason, help));
        }
    }
}
