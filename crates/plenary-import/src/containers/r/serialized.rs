//! Objects as R serializes them in XDR, versions 2 and 3 (R Internals, 1.8 "Serialization Formats"): as much as data frames take.
//!
//! Everything is checked against the bytes that are left before memory is asked for. What cannot be a table, such as an
//! environment or a function, is read past; pointers are refused.

use std::rc::Rc;

/// Lists are nested no deeper than this.
const DEEPEST: u32 = 60;

/// The integer that stands for a missing one.
pub(super) const MISSING: i32 = i32::MIN;

/// Texts, one behind the other.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    /// Where each begins and ends; nothing for a missing one.
    spans: Vec<Option<(u32, u32)>>,
}

impl Texts {
    pub(super) fn len(&self) -> usize {
        self.spans.len()
    }

    /// The text at a place; nothing where it is missing.
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let (start, end) = (*self.spans.get(at)?)?;
        self.text.get(start as usize..end as usize)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = Option<&str>> {
        (0..self.len()).map(|at| self.get(at))
    }

    pub(super) fn push(&mut self, text: Option<&str>) {
        let start = self.text.len() as u32;
        let span = text.map(|text| {
            self.text.push_str(text);
            (start, self.text.len() as u32)
        });
        self.spans.push(span);
    }
}

/// A value, without its attributes.
#[derive(Debug)]
pub(super) enum Value {
    Null,
    Logical(Vec<i32>),
    Integer(Vec<i32>),
    Real(Vec<f64>),
    Text(Texts),
    List(Vec<Rc<Object>>),
    Pairs(Vec<(Option<Rc<str>>, Rc<Object>)>),
    Symbol(Rc<str>),
    /// What can be in no table.
    Other,
}

/// Values by their names.
type Attributes = Vec<(Rc<str>, Rc<Object>)>;

/// A value with its attributes.
#[derive(Debug)]
pub(super) struct Object {
    pub(super) value: Value,
    attributes: Attributes,
}

impl Object {
    const fn new(value: Value) -> Self {
        Self {
            value,
            attributes: Vec::new(),
        }
    }

    /// The attribute of a name.
    pub(super) fn attribute(&self, name: &str) -> Option<&Self> {
        let mut attributes = self.attributes.iter();
        let found = attributes.find(|(of, _)| &**of == name);
        found.map(|(_, object)| &**object)
    }

    /// The texts of the attribute of a name.
    pub(super) fn texts(&self, name: &str) -> Option<&Texts> {
        match &self.attribute(name)?.value {
            Value::Text(texts) => Some(texts),
            _ => None,
        }
    }

    /// Whether it is of a class.
    pub(super) fn is(&self, class: &str) -> bool {
        let classes = self.texts("class");
        classes.is_some_and(|classes| classes.iter().any(|of| of == Some(class)))
    }
}

/// Reads the object that a stream holds, behind its `X\n`.
pub(super) fn read(bytes: &[u8]) -> Result<Rc<Object>, String> {
    let mut reader = Reader {
        bytes,
        references: Vec::new(),
        native: None,
        depth: 0,
    };
    let version = reader.integer()?;
    reader.take(8)?;
    match version {
        2 => {}
        3 => {
            let length = reader.length()?;
            let name = reader.take(length)?;
            reader.native = Some(String::from_utf8_lossy(name).to_ascii_lowercase());
        }
        other => {
            return Err(format!(
                "its serialization is of version {other} (expected 2 or 3)"
            ));
        }
    }
    reader.item()
}

const CUT: &str = "the file ends in the middle of an object";

struct Reader<'a> {
    bytes: &'a [u8],
    references: Vec<Rc<Object>>,
    /// The encoding of texts that do not say theirs.
    native: Option<String>,
    depth: u32,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], String> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(CUT)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn integer(&mut self) -> Result<i32, String> {
        let bytes = self.take(4)?;
        Ok(i32::from_be_bytes(bytes.try_into().map_err(|_| CUT)?))
    }

    /// How many elements follow.
    fn length(&mut self) -> Result<usize, String> {
        let length = match self.integer()? {
            -1 => {
                let [upper, lower] = [self.integer()?, self.integer()?];
                i64::from(upper) << 32 | i64::from(lower.cast_unsigned())
            }
            length => length.into(),
        };
        usize::try_from(length).map_err(|_| format!("an object has the length {length}"))
    }

    /// The bytes of as many elements of one size as follow.
    fn elements(&mut self, size: usize) -> Result<&'a [u8], String> {
        let length = self.length()?;
        self.take(length.checked_mul(size).ok_or(CUT)?)
    }

    fn integers(&mut self) -> Result<Vec<i32>, String> {
        let elements = self.elements(4)?.chunks_exact(4);
        Ok(elements
            .map(|bytes| bytes.try_into().map_or(MISSING, i32::from_be_bytes))
            .collect())
    }

    fn reals(&mut self) -> Result<Vec<f64>, String> {
        let elements = self.elements(8)?.chunks_exact(8);
        Ok(elements
            .map(|bytes| bytes.try_into().map_or(f64::NAN, f64::from_be_bytes))
            .collect())
    }

    fn item(&mut self) -> Result<Rc<Object>, String> {
        self.deeper(Self::object)
    }

    /// Reads what is nested in something else.
    fn deeper<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, String>,
    ) -> Result<T, String> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(format!("its objects are nested more than {DEEPEST} deep"));
        }
        let read = read(self);
        self.depth -= 1;
        read
    }

    fn object(&mut self) -> Result<Rc<Object>, String> {
        let flags = self.integer()?.cast_unsigned();
        self.object_of(flags)
    }

    /// The object that has these flags, which come before it.
    fn object_of(&mut self, flags: u32) -> Result<Rc<Object>, String> {
        let (kind, has_attributes) = (flags & 0xff, flags & 0x200 != 0);
        let value = match kind {
            0 | 254 => Value::Null,
            // Environments that every session has, and marks.
            241 | 242 | 250..=253 => Value::Other,
            255 => return self.reference(flags >> 8),
            1 => return self.symbol(),
            4 => return self.environment(),
            247..=249 => return self.named(),
            2 => return self.pairs(flags),
            3 | 5 | 6 | 17 => {
                self.pairs(flags)?;
                return Ok(Rc::new(Object::new(Value::Other)));
            }
            7 | 8 => {
                self.elements(1)?;
                Value::Other
            }
            9 => {
                let mut texts = Texts::default();
                self.text(flags, &mut texts)?;
                Value::Text(texts)
            }
            10 => Value::Logical(self.integers()?),
            13 => Value::Integer(self.integers()?),
            14 => Value::Real(self.reals()?),
            15 => {
                self.elements(16)?;
                Value::Other
            }
            16 => Value::Text(self.texts()?),
            19 | 20 => Value::List(self.list()?),
            24 => {
                self.elements(1)?;
                Value::Other
            }
            25 => Value::Other,
            238 => return self.compact(),
            21 => {
                self.integer()?;
                self.compiled()?;
                Value::Other
            }
            other => {
                return Err(format!(
                    "it holds an object of the kind {other}, which is not read"
                ));
            }
        };
        let attributes = match has_attributes {
            true => self.attributes()?,
            false => Vec::new(),
        };
        Ok(Rc::new(Object { value, attributes }))
    }

    fn attributes(&mut self) -> Result<Attributes, String> {
        let pairs = self.item()?;
        Ok(named_pairs(&pairs))
    }

    fn reference(&mut self, number: u32) -> Result<Rc<Object>, String> {
        let number = match number {
            0 => self.integer()?.cast_unsigned(),
            number => number,
        };
        let at = (number as usize).checked_sub(1);
        let found = at.and_then(|at| self.references.get(at));
        found
            .cloned()
            .ok_or_else(|| format!("it refers to an object {number} that it has not"))
    }

    fn refer_to(&mut self, value: Value) -> Rc<Object> {
        let object = Rc::new(Object::new(value));
        self.references.push(Rc::clone(&object));
        object
    }

    fn symbol(&mut self) -> Result<Rc<Object>, String> {
        let name = self.item()?;
        let name = match &name.value {
            Value::Text(texts) => texts.get(0).unwrap_or("NA"),
            _ => return Err("a symbol of it has no name".to_owned()),
        };
        Ok(self.refer_to(Value::Symbol(name.into())))
    }

    /// What is named by texts: a package, a namespace.
    fn named(&mut self) -> Result<Rc<Object>, String> {
        self.integer()?;
        let object = self.refer_to(Value::Other);
        self.texts()?;
        Ok(object)
    }

    fn environment(&mut self) -> Result<Rc<Object>, String> {
        self.integer()?;
        let object = self.refer_to(Value::Other);
        for _ in 0..4 {
            self.item()?;
        }
        Ok(object)
    }

    /// A list of pairs, whose rest is another one.
    fn pairs(&mut self, mut flags: u32) -> Result<Rc<Object>, String> {
        let (mut pairs, mut attributes) = (Vec::new(), None);
        loop {
            if flags & 0x200 != 0 {
                let own = self.attributes()?;
                attributes.get_or_insert(own);
            }
            let tag = match flags & 0x400 {
                0 => None,
                _ => match &self.item()?.value {
                    Value::Symbol(name) => Some(Rc::clone(name)),
                    _ => None,
                },
            };
            pairs.push((tag, self.item()?));
            flags = self.integer()?.cast_unsigned();
            match flags & 0xff {
                2 => {}
                // The last one has nothing behind it.
                0 | 254 => break,
                // Or another object, as a function has its body behind its arguments.
                _ => {
                    self.deeper(|reader| reader.object_of(flags))?;
                    break;
                }
            }
        }
        Ok(Rc::new(Object {
            value: Value::Pairs(pairs),
            attributes: attributes.unwrap_or_default(),
        }))
    }

    /// A compiled function, which is read past: its code, and what the code refers to.
    fn compiled(&mut self) -> Result<(), String> {
        self.deeper(|reader| {
            reader.item()?;
            let constants = reader.integer()?;
            for _ in 0..constants {
                match reader.integer()? {
                    21 => reader.compiled()?,
                    kind => reader.call(kind)?,
                }
            }
            Ok(())
        })
    }

    /// A call in a compiled function: a list of pairs in which one that comes again is a number. `kind` comes before it.
    fn call(&mut self, mut kind: i32) -> Result<(), String> {
        self.deeper(|reader| {
            loop {
                match kind {
                    243 => return reader.integer().map(drop),
                    2 | 6 | 239 | 240 | 244 => {
                        if kind == 244 {
                            reader.integer()?;
                            kind = reader.integer()?;
                        }
                        if matches!(kind, 239 | 240) {
                            reader.item()?;
                        }
                        // Its tag, its first, and the rest.
                        reader.item()?;
                        let first = reader.integer()?;
                        reader.call(first)?;
                        kind = reader.integer()?;
                    }
                    _ => return reader.item().map(drop),
                }
            }
        })
    }

    fn list(&mut self) -> Result<Vec<Rc<Object>>, String> {
        let length = self.length()?;
        if length > self.bytes.len() / 4 {
            return Err(CUT.to_owned());
        }
        (0..length).map(|_| self.item()).collect()
    }

    fn texts(&mut self) -> Result<Texts, String> {
        let length = self.length()?;
        if length > self.bytes.len() / 8 {
            return Err(CUT.to_owned());
        }
        let mut texts = Texts::default();
        texts.spans.reserve(length);
        for _ in 0..length {
            let flags = self.integer()?.cast_unsigned();
            if flags & 0xff != 9 {
                return Err("a text of it is none".to_owned());
            }
            self.text(flags, &mut texts)?;
        }
        Ok(texts)
    }

    fn text(&mut self, flags: u32, texts: &mut Texts) -> Result<(), String> {
        let length = match self.integer()? {
            -1 => {
                texts.push(None);
                return Ok(());
            }
            length => usize::try_from(length).map_err(|_| CUT)?,
        };
        let bytes = self.take(length)?;
        let is_latin = flags >> 12 & 4 != 0;
        match std::str::from_utf8(bytes) {
            Ok(text) if !is_latin || bytes.is_ascii() => texts.push(Some(text)),
            _ if is_latin || self.has_latin_texts() => {
                let text: String = bytes.iter().map(|byte| latin(*byte)).collect();
                texts.push(Some(&text));
            }
            _ => {
                let text = String::from_utf8_lossy(bytes);
                let text: String = text.chars().take(40).collect();
                return Err(format!(
                    "the text `{text}` is not UTF-8, and does not say what it is"
                ));
            }
        }
        Ok(())
    }

    fn has_latin_texts(&self) -> bool {
        let native = self.native.as_deref();
        native.is_some_and(|native| {
            matches!(
                native,
                "iso-8859-1" | "iso8859-1" | "latin1" | "cp1252" | "windows-1252"
            )
        })
    }

    /// A vector that is kept in another way than element by element.
    fn compact(&mut self) -> Result<Rc<Object>, String> {
        let (info, state) = (self.item()?, self.item()?);
        let attributes = self.attributes()?;
        let class = match &info.value {
            Value::Pairs(pairs) => pairs.first().map(|(_, class)| class),
            _ => None,
        };
        let class = match class.map(|class| &class.value) {
            Some(Value::Symbol(name)) => Rc::clone(name),
            _ => return Err("a vector of it does not say how it is kept".to_owned()),
        };
        let object = match (&*class, &state.value) {
            ("compact_intseq" | "compact_realseq", Value::Real(state)) => {
                Object::new(sequence(state, *class == *"compact_intseq")?)
            }
            ("deferred_string", Value::Pairs(state)) => {
                let of = state.first().map(|(_, of)| &of.value);
                Object::new(Value::Text(as_texts(of)?))
            }
            (name, Value::List(state)) if name.starts_with("wrap_") => match state.first() {
                Some(inner) => return Ok(with_attributes(inner, attributes)),
                None => return Err("a vector of it holds nothing".to_owned()),
            },
            (name, _) => {
                return Err(format!(
                    "a vector of it is kept as `{name}`, which is not read"
                ));
            }
        };
        Ok(Rc::new(Object {
            attributes,
            ..object
        }))
    }
}

/// The pairs that have names.
fn named_pairs(object: &Object) -> Attributes {
    let Value::Pairs(pairs) = &object.value else {
        return Vec::new();
    };
    let named = pairs.iter();
    named
        .filter_map(|(name, value)| Some((Rc::clone(name.as_ref()?), Rc::clone(value))))
        .collect()
}

/// The same value with other attributes.
fn with_attributes(object: &Rc<Object>, attributes: Attributes) -> Rc<Object> {
    let value = match &object.value {
        Value::Logical(values) => Value::Logical(values.clone()),
        Value::Integer(values) => Value::Integer(values.clone()),
        Value::Real(values) => Value::Real(values.clone()),
        Value::Text(texts) => {
            let mut copy = Texts::default();
            texts.iter().for_each(|text| copy.push(text));
            Value::Text(copy)
        }
        Value::List(list) => Value::List(list.clone()),
        _ => Value::Other,
    };
    Rc::new(Object { value, attributes })
}

/// No sequence is longer: a few bytes stand for all of it.
const LONGEST_SEQUENCE: f64 = 50_000_000.0;

/// A number of equal steps: how many, the first, the step.
fn sequence(state: &[f64], is_integer: bool) -> Result<Value, String> {
    let &[count, first, step] = state else {
        return Err("a sequence of it does not say how it goes on".to_owned());
    };
    if !(0.0..=LONGEST_SEQUENCE).contains(&count) {
        return Err(format!("a sequence of it has {count} numbers"));
    }
    let numbers = (0..count as u32).map(|at| first + step * f64::from(at));
    Ok(match is_integer {
        true => Value::Integer(numbers.map(|number| number as i32).collect()),
        false => Value::Real(numbers.collect()),
    })
}

/// Numbers that are texts once they are asked for.
fn as_texts(value: Option<&Value>) -> Result<Texts, String> {
    let mut texts = Texts::default();
    match value {
        Some(Value::Integer(values)) => {
            for value in values {
                let text = value.to_string();
                texts.push(Some(text.as_str()).filter(|_| *value != MISSING));
            }
        }
        Some(Value::Real(values)) => {
            for value in values {
                let text = super::number(*value);
                texts.push(Some(text.as_str()).filter(|_| !value.is_nan()));
            }
        }
        _ => return Err("a vector of texts is made of something that is not read".to_owned()),
    }
    Ok(texts)
}

/// A character of Windows-1252, which R calls Latin-1; what it has not is that of Latin-1.
fn latin(byte: u8) -> char {
    const UPPER: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match byte {
        0x80..=0x9f => UPPER
            .chars()
            .nth(usize::from(byte) - 0x80)
            .unwrap_or(char::from(byte)),
        _ => char::from(byte),
    }
}
