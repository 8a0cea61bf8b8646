//! [`Places`]: where the parts of a record stand.

use plenary_types::{Field, Locus, Origin, Place};

/// Where the parts of a record stand in its source, noted while it is read: an [`Origin`].
///
/// ```
/// use plenary_import::Places;
/// use plenary_types::{Field, Locus, Origin};
///
/// let mut places = Places::new("votes.txt", 7);
/// places.note(Field::Date, 8, "date");
/// places.note_ballot([(9, "member"), (9, "vote")]);
/// let place = |field| places.place(Locus::of_act(0, field)).to_string();
/// assert_eq!(place(Field::Date), "votes.txt:8: date");
/// assert_eq!(place(Field::Choice(0)), "votes.txt:9: vote");
/// assert_eq!(place(Field::Mode), "votes.txt:7");
/// ```
#[derive(Clone, Debug)]
pub struct Places {
    path: Box<str>,
    line: u64,
    parts: Vec<(Field, u64, Box<str>)>,
    /// For each ballot, the lines of its voter and its choice.
    ballots: Vec<[u64; 2]>,
    /// What these are called.
    names: [Box<str>; 2],
}

impl Places {
    /// Those of a record that begins on this line of a file; what is not noted stands there.
    #[must_use]
    pub fn new(path: &str, line: u64) -> Self {
        Self {
            path: path.into(),
            line,
            parts: Vec::new(),
            ballots: Vec::new(),
            names: [Box::default(), Box::default()],
        }
    }

    /// Notes the line of a part and what it is called there; of several notes the first counts. The first of several documents
    /// or notes stands for those that are not noted.
    pub fn note(&mut self, part: Field, line: u64, name: &str) {
        self.parts.push((part, line, name.into()));
    }

    /// Notes the lines of the next ballot, of its voter and its choice, and what these are called: the same for every ballot.
    pub fn note_ballot(&mut self, [voter, choice]: [(u64, &str); 2]) {
        if self.ballots.is_empty() {
            self.names = [voter.1.into(), choice.1.into()];
        }
        self.ballots.push([voter.0, choice.0]);
    }
}

impl Origin for Places {
    fn place(&self, locus: Locus) -> Place {
        let [voters, choices] = &self.names;
        let found = match locus.field {
            Field::Name(at) => self.ballots.get(at).map(|[voter, _]| (*voter, voters)),
            Field::Choice(at) => self.ballots.get(at).map(|[_, choice]| (*choice, choices)),
            field => {
                let noted = |wanted| self.parts.iter().find(|(part, ..)| *part == wanted);
                let part = noted(field).or_else(|| noted(first_of(field)));
                part.map(|(_, line, name)| (*line, name))
            }
        };
        let place = Place::new(&*self.path);
        match found {
            Some((line, name)) => place.with_line(line).with_field(&**name),
            None => place.with_line(self.line),
        }
    }
}

/// The first of the parts of which a field is one.
const fn first_of(field: Field) -> Field {
    match field {
        Field::Symbol(_) => Field::Symbol(0),
        Field::Source(_) => Field::Source(0),
        Field::Draft(_) => Field::Draft(0),
        Field::Note(_) => Field::Note(0),
        other => other,
    }
}
