//! The statements of a sentence that can be held against a record.

use chrono::NaiveDate;
use plenary_states::split_names;
use plenary_types::{Assertion, Choice, Date, Percent, Quantity, Relation, ShareBase, StateCode};

use super::number::{fraction_at, number_at, score};
use super::sentence::{Sentence, is_printed_as_name, plain_name};

/// A statement, and the words of the sentence that it rests on.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) assertion: Assertion,
    /// The same in one sentence of our own.
    pub(super) in_words: String,
}

/// The statements of a sentence, in the order of their words, each once.
pub(super) fn statements(sentence: &Sentence, on: Option<NaiveDate>) -> Vec<Statement> {
    let mut numbers = vec![None; sentence.words.len()];
    let mut at = 0;
    while at < numbers.len() {
        let number = number_at(sentence, at);
        if let Some(place) = numbers.get_mut(at) {
            *place = number;
        }
        at += number.map_or(1, |(_, length)| length);
    }
    let mut reading = Reading {
        sentence,
        on,
        numbers,
        found: Vec::new(),
    };
    reading.ways();
    for at in 0..sentence.words.len() {
        reading.pair(at);
        reading.score(at);
        reading.count(at);
        reading.share(at);
        reading.fraction(at);
        reading.members(at);
        reading.comparison(at);
        reading.day(at);
        reading.voters(at);
    }
    reading.found.sort_by_key(|statement| statement.from);
    reading.found
}

struct Reading<'a> {
    sentence: &'a Sentence,
    on: Option<NaiveDate>,
    /// The number that begins at each word, and how many words it has.
    numbers: Vec<Option<(u32, usize)>>,
    found: Vec<Statement>,
}

/// The words for those who vote.
fn is_voter(word: &str) -> bool {
    matches!(
        word,
        "states"
            | "state"
            | "countries"
            | "country"
            | "members"
            | "member"
            | "nations"
            | "nation"
            | "delegations"
            | "delegation"
            | "governments"
            | "government"
            | "votes"
            | "vote"
            | "un"
    )
}

/// Whether a word is of all of whom `but` leaves some out: `all but five`, `no member but Hungary`.
fn is_whole(word: &str) -> bool {
    matches!(
        word,
        "all"
            | "everyone"
            | "everybody"
            | "none"
            | "nobody"
            | "any"
            | "countries"
            | "members"
            | "states"
            | "country"
            | "member"
            | "state"
    )
}

/// Whether a word behind `vote` begins to say for which side.
pub(super) fn is_side(word: &str) -> bool {
    matches!(word, "against" | "for" | "in" | "yes" | "no")
}

const fn did(choice: Choice) -> &'static str {
    match choice {
        Choice::Yes => "voted in favour",
        Choice::No => "voted against",
        Choice::Abstain => "abstained",
        Choice::NonVoting => "did not vote",
        Choice::NotEligible => "was not eligible",
    }
}

const fn than(relation: Relation) -> &'static str {
    match relation {
        Relation::Equal => "",
        Relation::Below => "fewer than ",
        Relation::Above => "more than ",
    }
}

impl Reading<'_> {
    fn word(&self, at: usize) -> &str {
        self.sentence.word(at)
    }

    fn before(&self, at: usize, by: usize) -> &str {
        at.checked_sub(by).map_or("", |at| self.word(at))
    }

    /// The number that begins at a word, and the word behind it.
    fn number(&self, at: usize) -> Option<(u32, usize)> {
        let (value, length) = self.numbers.get(at).copied().flatten()?;
        Some((value, at + length))
    }

    /// Whether the words around a statement say that it counts a part of the members only: `five countries from Africa voted against`.
    fn is_limited(&self, from: usize, to: usize) -> bool {
        let limits = |at: usize| {
            let word = self.word(at);
            let of_state = matches!(self.before(at, 1), "south" | "central")
                || self.word(at + 1) == "republic";
            !of_state
                && matches!(
                    word,
                    "among"
                        | "africa"
                        | "african"
                        | "asia"
                        | "asian"
                        | "europe"
                        | "european"
                        | "eu"
                        | "latin"
                        | "caribbean"
                        | "arab"
                        | "western"
                        | "eastern"
                        | "nordic"
                        | "g7"
                        | "g20"
                        | "g77"
                        | "nato"
                        | "oecd"
                        | "asean"
                        | "permanent"
                        | "developing"
                )
        };
        let ends = |at: usize| self.choice(at, true).is_some();
        let before = (0..from).rev().take_while(|at| !ends(*at));
        let behind = (to..self.sentence.words.len()).take_while(|at| {
            let stop = matches!(self.word(*at), "and" | "but" | "while" | "with");
            !stop
                && at
                    .checked_sub(1)
                    .is_none_or(|last| !self.sentence.ends_part(last))
        });
        before.chain(behind.take(6)).any(limits)
    }

    /// Whether the number or the choice of a count is one of several: `12 or 13`, `between 5 and 12`, `voted against or abstained`.
    fn is_composed(&self, from: usize, to: usize) -> bool {
        let of_numbers = self.before(from, 1) == "or"
            || (matches!(self.before(from, 1), "and" | "to")
                && matches!(self.before(from, 3), "between" | "from"));
        of_numbers || self.word(to) == "or"
    }

    fn has(&self, words: &[&str]) -> bool {
        let mut all = self.sentence.words.iter();
        all.any(|word| words.contains(&&*word.text))
    }

    fn push(&mut self, (from, to): (usize, usize), assertion: Assertion, in_words: String) {
        if !self.found.iter().any(|known| known.assertion == assertion) {
            self.found.push(Statement {
                from,
                to,
                assertion,
                in_words,
            });
        }
    }

    /// What a choice is called at a word, and how many words that takes. With `is_verb` only what somebody did.
    fn choice(&self, at: usize, is_verb: bool) -> Option<(Choice, usize)> {
        const VERBS: [(&[&str], Choice); 16] = [
            (&["voted", "in", "favour"], Choice::Yes),
            (&["voted", "in", "favor"], Choice::Yes),
            (&["voted", "for"], Choice::Yes),
            (&["voted", "yes"], Choice::Yes),
            (&["voting", "in", "favour"], Choice::Yes),
            (&["voting", "in", "favor"], Choice::Yes),
            (&["voted", "against"], Choice::No),
            (&["voting", "against"], Choice::No),
            (&["voted", "no"], Choice::No),
            (&["abstained"], Choice::Abstain),
            (&["abstaining"], Choice::Abstain),
            (&["did", "not", "vote"], Choice::NonVoting),
            (&["did", "not", "participate"], Choice::NonVoting),
            (&["were", "not", "present"], Choice::NonVoting),
            (&["were", "absent"], Choice::NonVoting),
            (&["was", "absent"], Choice::NonVoting),
        ];
        const NOUNS: [(&[&str], Choice); 6] = [
            (&["in", "favour"], Choice::Yes),
            (&["in", "favor"], Choice::Yes),
            (&["against"], Choice::No),
            (&["abstentions"], Choice::Abstain),
            (&["abstention"], Choice::Abstain),
            (&["absent"], Choice::NonVoting),
        ];
        let nouns = NOUNS.iter().filter(|_| !is_verb);
        let mut known = VERBS.iter().chain(nouns);
        let (words, choice) = known.find(|(words, _)| self.sentence.has_at(at, words))?;
        // `did not vote against` says what was not done.
        let denies = words.starts_with(&["did", "not"]) && is_side(self.word(at + words.len()));
        (!denies && !self.is_about_something_else(at + words.len()))
            .then_some((*choice, words.len()))
    }

    /// Whether what stands behind a choice says that it was made on something else: `in favour of deleting it`.
    fn is_about_something_else(&self, at: usize) -> bool {
        let skipped = |at: &usize| matches!(self.word(*at), "of" | "the" | "this" | "a" | "its");
        let object = (at..at + 3).find(|at| !skipped(at)).unwrap_or(at);
        let object = match at.checked_sub(1) {
            Some(last) if self.sentence.ends_part(last) => "",
            _ => self.word(object),
        };
        let of_text = [
            "adopting",
            "endorsing",
            "approving",
            "accepting",
            "passing",
            "abstaining",
            "voting",
            "during",
            "including",
            "according",
        ];
        (object.ends_with("ing") && !of_text.contains(&object))
            || matches!(
                object,
                "deletion" | "postponement" | "deferral" | "adjournment"
            )
            // `abstained from comment`, and not `abstained from voting`, `from the vote`.
            || (self.word(at) == "from"
                && !self.sentence.has_at(at + 1, &["voting"])
                && !self.sentence.has_at(at + 1, &["the", "vote"]))
            || self.is_for_state(at)
    }

    /// Whether a state stands behind `voted for`: that was an election.
    fn is_for_state(&self, at: usize) -> bool {
        let behind_for = matches!(self.before(at, 1), "for" | "of") || self.word(at) == "of";
        let skipped = usize::from(self.word(at) == "of");
        let printed = self.sentence.words.get(at + skipped);
        let printed = printed.filter(|word| behind_for && word.is_capital);
        printed.is_some_and(|_| {
            let name = self.sentence.between(at + skipped, at + skipped + 1);
            self.states(name.trim_end_matches([',', ';', ':', '.']))
                .is_some()
        })
    }

    /// How a number stands to what is counted, by the words before it, and how many words these are; none where it is not exact, or
    /// counts those left out (`all but five`) or a part (`including five`).
    fn relation(&self, at: usize, value: u32) -> Option<(Relation, u32, usize)> {
        let [third, second, first] = [3, 2, 1].map(|by| self.before(at, by));
        let more = Some(value).zip(value.checked_add(1));
        match (third, second, first) {
            ("no" | "not", "more", "than") => Some((Relation::Below, more?.1, 3)),
            ("no" | "not", "fewer" | "less", "than") => {
                Some((Relation::Above, value.checked_sub(1)?, 3))
            }
            (_, "more", "than") => Some((Relation::Above, value, 2)),
            (_, _, "over") => Some((Relation::Above, value, 1)),
            (_, "fewer" | "less", "than") => Some((Relation::Below, value, 2)),
            (_, _, "under") => Some((Relation::Below, value, 1)),
            (_, "at", "least") => Some((Relation::Above, value.checked_sub(1)?, 2)),
            (_, "at", "most") => Some((Relation::Below, more?.1, 2)),
            (_, _, "only" | "exactly" | "just") => match (third, second) {
                // `all but only five`.
                (_, "but" | "except") => None,
                _ => Some((Relation::Equal, value, 1)),
            },
            ("as", "many" | "few", "as") | (_, "up", "to") => None,
            // `no one voted against` is none.
            (_, _, "no" | "not") if value == 1 => None,
            (_, "apart" | "other" | "aside", "from" | "than") | (_, "all" | "everyone", "the") => {
                None
            }
            (
                _,
                _,
                "nearly" | "almost" | "about" | "around" | "some" | "roughly" | "approximately"
                | "another" | "further" | "other" | "including" | "except" | "save" | "minus"
                | "excluding" | "excepting" | "barring" | "bar" | "between" | "perhaps" | "maybe",
            ) => None,
            // `all but five`, and not `, but five voted against`.
            (_, all, "but")
                if !at
                    .checked_sub(2)
                    .is_some_and(|at| self.sentence.ends_part(at)) =>
            {
                let leaves_out = is_whole(all) || all == "every";
                (!leaves_out).then_some((Relation::Equal, value, 0))
            }
            _ => Some((Relation::Equal, value, 0)),
        }
    }

    /// Whether the sentence tells of a rejection: there the order of two numbers is not certain.
    fn is_rejection(&self) -> bool {
        self.has(&["rejected", "defeated", "failed", "lost"])
    }

    /// Whether a number before which these words stand is one of votes: `voted 152`, `by 152`, `a vote of 152`.
    fn is_of_votes(&self, at: usize) -> bool {
        const DECIDED: [&str; 10] = [
            "vote", "votes", "voted", "adopted", "approved", "endorsed", "passed", "carried",
            "backed", "adopts",
        ];
        let tells = match self.before(at, 1) {
            "was" | "is" => matches!(self.before(at, 2), "vote" | "tally" | "result" | "count"),
            "by" | "voted" | "vote" | "passed" | "adopted" | "approved" | "endorsed"
            | "carried" | "tally" => true,
            _ => self.is_total(at),
        };
        tells && self.has(&DECIDED)
    }

    /// Whether a number follows `a vote of`.
    fn is_total(&self, at: usize) -> bool {
        matches!(
            self.before(at, 2),
            "vote" | "tally" | "margin" | "count" | "result"
        ) && self.before(at, 1) == "of"
    }

    /// `152 votes to 5`, `by 152 to 5`.
    fn pair(&mut self, at: usize) {
        let Some((yes, next)) = self.number(at).filter(|_| !self.is_rejection()) else {
            return;
        };
        let counted = usize::from(matches!(self.word(next), "votes" | "vote"));
        let to = next + counted;
        let is_vote = counted > 0 || self.is_of_votes(at);
        let no = self
            .number(to + 1)
            .filter(|_| self.word(to) == "to" && is_vote);
        let Some((no, end)) = no.filter(|(_, end)| self.choice(*end, false).is_none()) else {
            return;
        };
        for (choice, value) in [(Choice::Yes, yes), (Choice::No, no)] {
            self.push_count((at, end), choice, Relation::Equal, value);
        }
    }

    /// `voted 152-5`, `a vote of 152-5-12`.
    fn score(&mut self, at: usize) {
        let Some((yes, no, abstain)) = score(self.word(at)) else {
            return;
        };
        let is_vote = self.is_of_votes(at) || matches!(self.word(at + 1), "vote" | "votes");
        if !is_vote || self.is_rejection() {
            return;
        }
        let counts = [
            (Choice::Yes, Some(yes)),
            (Choice::No, Some(no)),
            (Choice::Abstain, abstain),
        ];
        for (choice, value) in counts {
            if let Some(value) = value {
                self.push_count((at, at + 1), choice, Relation::Equal, value);
            }
        }
    }

    fn push_count(
        &mut self,
        range: (usize, usize),
        choice: Choice,
        relation: Relation,
        value: u32,
    ) {
        if self.is_limited(range.0, range.1) || self.is_composed(range.0, range.1) {
            return;
        }
        let in_words = format!("{}{value} {}.", than(relation), did(choice));
        let assertion = Assertion::Count {
            of: None,
            choice,
            relation,
            value,
        };
        self.push(range, assertion, in_words);
    }

    /// `Five countries voted against`, `12 abstentions`, `152 of its 193 members voted in favour`.
    fn count(&mut self, at: usize) {
        // `of its 193 members` is what others are counted among.
        let is_whole = match (self.before(at, 2), self.before(at, 1)) {
            (_, "of") => !self.is_total(at),
            (before, "the" | "its" | "all") => before == "of",
            _ => false,
        };
        let Some((value, mut next)) = self.number(at).filter(|_| !is_whole) else {
            return;
        };
        let Some((relation, value, before)) = self.relation(at, value) else {
            return;
        };
        let mut members = None;
        if self.word(next) == "of" {
            let is_all = matches!(self.word(next + 1), "the" | "its" | "all");
            next += 1 + usize::from(is_all);
            // `five of 12 countries` may be any twelve.
            let are_members = |at: usize| is_all || self.word(at).starts_with("member");
            let whole = self
                .number(next)
                .filter(|(_, end)| is_voter(self.word(*end)) && are_members(*end));
            let Some((whole, end)) = whole else {
                return;
            };
            members = Some(whole);
            next = end;
        }
        while is_voter(self.word(next)) || self.sentence.has_at(next, &["un"]) {
            next += 1;
        }
        let Some((choice, length)) = self.choice(next, false).or_else(|| self.is_for(next)) else {
            return;
        };
        let end = next + length;
        self.push_count((at - before, end), choice, relation, value);
        if let Some(members) = members {
            self.push_members((at - before, end), members);
        }
        self.listed(at - before, end, choice, value);
    }

    /// Of `152 for, 5 against` the `for`.
    fn is_for(&self, at: usize) -> Option<(Choice, usize)> {
        let parted = usize::from(matches!(self.word(at + 1), "and" | "to" | "with"));
        let (_, end) = self.number(at + 1 + parted)?;
        let answers = self.word(at) == "for" && self.word(end) == "against";
        answers.then_some((Choice::Yes, 1))
    }

    /// The names in brackets or behind a colon that a count is followed by.
    fn listed(&mut self, from: usize, to: usize, choice: Choice, value: u32) {
        let sentence = self.sentence;
        let Some(last) = to.checked_sub(1).and_then(|at| sentence.words.get(at)) else {
            return;
        };
        let behind = sentence.text.get(last.end..).unwrap_or_default();
        let after_colon = sentence
            .text
            .get(last.start..last.end)
            .is_some_and(|word| word.ends_with(':'));
        let names = match behind.trim_start().strip_prefix('(') {
            // A bracket in a name is one within the brackets.
            Some(inside) => closed(inside),
            None if after_colon => Some(behind),
            None => None,
        };
        let Some(names) = names else { return };
        let Some(states) = self.states(names) else {
            return;
        };
        let end = last.end + behind.find(names).unwrap_or_default() + names.len();
        let count = sentence
            .words
            .iter()
            .take_while(|word| word.start < end)
            .count();
        let all = usize::try_from(value) == Ok(states.len());
        self.push_voters((from, count), choice, states, !all);
    }

    /// The states that a text lists, where it holds nothing else.
    fn states(&self, names: &str) -> Option<Vec<StateCode>> {
        let names = names.trim();
        let names = match names.strip_suffix('.') {
            // The stop of `the U.S.` is of the name.
            Some(bare) if !bare.ends_with(char::is_uppercase) => bare,
            _ => names,
        };
        let plain: Vec<String> = without_stops(names);
        let plain = plain.join(" ");
        let listed = split_names(&plain, self.on);
        let printed = listed.iter().all(|name| is_printed_as_name(name.text));
        let states: Option<Vec<StateCode>> = listed.iter().map(|name| name.code).collect();
        states.filter(|states| printed && !states.is_empty())
    }

    fn push_voters(
        &mut self,
        range: (usize, usize),
        choice: Choice,
        states: Vec<StateCode>,
        among_others: bool,
    ) {
        let codes: Vec<String> = states.iter().map(StateCode::to_string).collect();
        let only = if among_others { "" } else { "Only " };
        let in_words = format!("{only}{} {}.", codes.join(", "), did(choice));
        let assertion = Assertion::Voted {
            of: None,
            choice,
            states,
            among_others,
        };
        self.push(range, assertion, in_words);
    }

    /// `Only Hungary and Poland voted against`, `Chad abstained`.
    fn voters(&mut self, at: usize) {
        let Some((choice, length)) = self.choice(at, true) else {
            return;
        };
        let starts = (0..at).rev().take_while(|from| {
            let word = self.word(*from);
            !matches!(
                word,
                "while" | "but" | "whereas" | "although" | "that" | "which" | "who" | "when"
            ) && !self.sentence.between(*from, from + 1).ends_with([';', ':'])
        });
        let first = starts.last().unwrap_or(at);
        let leaves_out = self.before(first, 1) == "but" && is_whole(self.before(first, 2));
        if leaves_out {
            return;
        }
        // Of `Poland voted against and Chad abstained` the part behind the first is meant.
        let clause = (first..at).rev().find_map(|from| {
            let (_, length) = self.choice(from, true)?;
            Some(from + length)
        });
        let mut from = clause.unwrap_or(first);
        if clause.is_some() && matches!(self.word(from), "and" | "or") {
            from += 1;
        }
        let is_only = self.word(from) == "only"
            || self.before(at, 1) == "alone"
            || self.word(at + length) == "alone";
        let names_from = from + usize::from(self.word(from) == "only");
        let names = self.sentence.between(names_from, at);
        let names = names.trim_end_matches([',', ' ']);
        let names = names.strip_suffix(" both").unwrap_or(names);
        let names = names.strip_suffix(" alone").unwrap_or(names);
        if let Some(states) = self.states(names) {
            self.push_voters((from, at + length), choice, states, !is_only);
        }
    }

    /// `79 per cent of the members voted in favour`.
    fn share(&mut self, at: usize) {
        let word = self.word(at);
        let (digits, next) = match word.strip_suffix('%') {
            Some(digits) => (digits, at + 1),
            None if self.word(at + 1) == "percent" => (word, at + 2),
            None if self.sentence.has_at(at + 1, &["per", "cent"]) => (word, at + 3),
            None => return,
        };
        let Ok(percent) = digits.parse::<Percent>() else {
            return;
        };
        let Some((relation, before)) =
            self.relation(at, 1).and_then(|(relation, value, before)| {
                // `at least` is not a share that can be told from one that is more.
                (value == 1).then_some((relation, before))
            })
        else {
            return;
        };
        self.share_of((at - before, next), relation, percent);
    }

    /// `more than three quarters of the members voted in favour`. A share in words that is not more or less than is seldom exact.
    fn fraction(&mut self, at: usize) {
        let Some(fraction) = fraction_at(self.sentence, at) else {
            return;
        };
        let percent = match self.relation(at, 1) {
            Some((Relation::Above, 1, before)) => Some((Relation::Above, fraction.above, before)),
            Some((Relation::Below, 1, before)) => Some((Relation::Below, fraction.below, before)),
            _ => None,
        };
        let Some((relation, percent, before)) = percent else {
            return;
        };
        let Ok(percent) = percent.parse::<Percent>() else {
            debug_assert!(false, "{percent} is a percentage");
            return;
        };
        self.share_of((at - before, at + fraction.length), relation, percent);
    }

    /// A share of the members or of those voting that chose something, behind the words for the share.
    fn share_of(&mut self, (from, mut next): (usize, usize), relation: Relation, percent: Percent) {
        if self.word(next) != "of" {
            return;
        }
        next += 1 + usize::from(matches!(self.word(next + 1), "the" | "its" | "all"));
        let (base, length) = match (self.word(next), self.word(next + 1)) {
            ("member" | "un", "states" | "members" | "countries") => (ShareBase::Members, 2),
            ("members" | "membership", _) => (ShareBase::Members, 1),
            ("those", "voting") | ("votes", "cast") => (ShareBase::Voting, 2),
            _ => return,
        };
        next += length;
        next += usize::from(matches!(self.word(next), "were"));
        let Some((choice, length)) = self.choice(next, false) else {
            return;
        };
        if self.is_limited(from, next + length) {
            return;
        }
        let of = match base {
            ShareBase::Voting => "those voting",
            _ => "the members",
        };
        let in_words = format!(
            "{}{percent} per cent of {of} {}.",
            than(relation),
            did(choice)
        );
        let assertion = Assertion::Share {
            of: None,
            choice,
            base,
            relation,
            percent,
        };
        self.push((from, next + length), assertion, in_words);
    }

    /// `the 193-member Assembly`, `all 193 members`, `its 193 member states`.
    fn members(&mut self, at: usize) {
        let compound = self.word(at).strip_suffix("-member");
        if let Some(count) = compound.and_then(|count| count.parse().ok()) {
            return self.push_members((at, at + 1), count);
        }
        let Some((count, next)) = self.number(at) else {
            return;
        };
        let is_whole = matches!(self.before(at, 1), "all" | "its" | "the" | "has" | "had");
        let end = match (self.word(next), self.word(next + 1)) {
            ("member", "states" | "countries") => next + 2,
            ("members", _) => next + 1,
            _ => return,
        };
        if is_whole && self.choice(end, false).is_none() {
            self.push_members((at, end), count);
        }
    }

    fn push_members(&mut self, range: (usize, usize), value: u32) {
        let assertion = Assertion::Members { of: None, value };
        self.push(range, assertion, format!("The body had {value} members."));
    }

    /// `More states abstained than voted against`.
    fn comparison(&mut self, at: usize) {
        let relation = match self.word(at) {
            "more" => Relation::Above,
            "fewer" => Relation::Below,
            _ => return,
        };
        let mut next = at + 1;
        while is_voter(self.word(next)) {
            next += 1;
        }
        let Some((left, length)) = self.choice(next, true) else {
            return;
        };
        let than_at = (next + length..next + length + 4).find(|at| self.word(*at) == "than");
        let Some((right, right_at, right_length)) = than_at.and_then(|than| {
            let (choice, length) = self.choice(than + 1, true)?;
            Some((choice, than + 1, length))
        }) else {
            return;
        };
        let votes = |choice| Quantity::Votes { of: None, choice };
        let in_words = format!(
            "{} members {} than {}.",
            self.word(at),
            did(left),
            did(right)
        );
        let assertion = Assertion::Compared {
            left: votes(left),
            relation,
            right: votes(right),
        };
        self.push((at, right_at + right_length), assertion, in_words);
    }

    /// The day of a decision.
    fn day(&mut self, at: usize) {
        let decided = [
            "adopted", "approved", "endorsed", "passed", "voted", "rejected", "vote",
        ];
        let Some((day, length)) = self.sentence.day_at(at).filter(|_| self.has(&decided)) else {
            return;
        };
        let assertion = Assertion::Decided {
            of: None,
            date: Date::day(day),
        };
        self.push(
            (at, at + length),
            assertion,
            format!("It was decided on {day}."),
        );
    }

    /// `unanimously`, `without a vote`, `by consensus`.
    fn ways(&mut self) {
        for at in 0..self.sentence.words.len() {
            let is_exact =
                !matches!(
                    self.before(at, 1),
                    "almost" | "nearly" | "but" | "virtually" | "near" | "practically" | "not"
                ) && !self.has(&["except", "excepting", "save", "apart", "bar", "barring"]);
            if matches!(self.word(at), "unanimously" | "unanimous") && is_exact {
                for choice in [Choice::No, Choice::Abstain] {
                    self.push_count((at, at + 1), choice, Relation::Equal, 0);
                }
            }
            if let Some(length) = self.sentence.is_without_vote(at) {
                let assertion = Assertion::WithoutVote { of: None };
                let in_words = "It was adopted without a vote.".to_owned();
                self.push((at, at + length), assertion, in_words);
            }
        }
    }
}

/// The words of a list of names, with initials as they are known: `the U.S., Hungary` as `US, Hungary`.
fn without_stops(names: &str) -> Vec<String> {
    let words: Vec<&str> = names.split_whitespace().collect();
    let plain = |word: &str| {
        let bare = word.trim_end_matches([',', ';']);
        let marks = word.get(bare.len()..).unwrap_or_default();
        format!("{}{marks}", plain_name(bare))
    };
    let mut found: Vec<String> = Vec::with_capacity(words.len());
    for word in words {
        let word = plain(word);
        let bare = word.trim_end_matches([',', ';']);
        let is_initials = bare.len() > 1 && bare.bytes().all(|b| b.is_ascii_uppercase());
        let article = found
            .last()
            .is_some_and(|last| matches!(&**last, "the" | "The"));
        if article && is_initials {
            found.pop();
        }
        found.push(word);
    }
    found
}

/// The text up to the bracket that closes the one before it.
fn closed(text: &str) -> Option<&str> {
    let mut depth = 1_usize;
    let end = text.char_indices().find(|(_, c)| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    text.get(..end?.0)
}
