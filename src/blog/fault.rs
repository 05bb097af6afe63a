//! What is wrong in a file, told so that its author can mend it.
//! It holds sentences and places; it neither finds faults nor prints them.

use std::fmt;

use crate::text::Clean;

/// Something wrong in a file. Shown as `path:line: fault; remedy`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fault {
    /// Where the file lies, as its reader would name it.
    pub path: Clean,
    /// Counted from 1, as editors do; none where the whole file is meant.
    pub line: Option<usize>,
    /// The kind, for those who count or filter.
    pub rule: Rule,
    /// What is wrong, without a full stop.
    pub fault: Clean,
    /// What its author can do, or what was done instead, without a full stop.
    pub remedy: Clean,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:", self.path)?;
        if let Some(line) = self.line {
            write!(formatter, "{line}:")?;
        }
        write!(formatter, " {}; {}", self.fault, self.remedy)
    }
}

/// A fault seen by something that reads text and does not know which file it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Counted from 1 within the file, not within the part that was read.
    pub line: Option<usize>,
    /// The kind, for those who count or filter.
    pub rule: Rule,
    /// What is wrong, without a full stop.
    pub fault: Clean,
    /// What its author can do, or what was done instead, without a full stop.
    pub remedy: Clean,
}

impl Complaint {
    /// The complaint, now that it is known which file it is about.
    pub fn about(self, path: &Clean) -> Fault {
        Fault { path: path.clone(), line: self.line, rule: self.rule, fault: self.fault, remedy: self.remedy }
    }
}

/// What kind of fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// The user's own configuration.
    Configuration,
    /// The header of a post, or a site's configuration, cannot be read as it stands.
    FrontMatter,
    /// A date that names no day.
    Date,
    /// Bytes that are not text as they claim.
    Encoding,
    /// The file or folder could not be opened.
    Unreadable,
    /// A link to a post that is not there.
    BrokenLink,
    /// A link to a heading that is not there, in a post that is.
    BrokenFragment,
    /// A picture of the site that is not there.
    MissingImage,
    /// Two posts at one address.
    DuplicateAddress,
    /// Tags or categories that are probably one.
    SimilarTags,
    /// A post without a date among posts that have one.
    Undated,
    /// More than is read at all.
    TooLarge,
}

impl Rule {
    /// All of them with the name that output for programs uses, which never changes, and what they find: the one table
    /// from which names are read, printed and explained.
    pub const ALL: [(Self, &str, &str); 12] = [
        (Self::BrokenLink, "broken-link", "a link to a post or file of the site that is not there"),
        (Self::BrokenFragment, "broken-fragment", "a link to a heading or place that its post does not have"),
        (Self::MissingImage, "missing-image", "an image of the site that is not there; the web is never asked"),
        (Self::DuplicateAddress, "duplicate-address", "an address that two posts have, aliases included"),
        (Self::SimilarTags, "similar-tags", "tags or categories that differ only by case or by one letter"),
        (Self::Undated, "undated", "a post without a date in a section whose posts have dates"),
        (Self::Date, "date", "a date that names no day"),
        (Self::FrontMatter, "front-matter", "front matter or a site's configuration that cannot be read as it stands"),
        (Self::Encoding, "encoding", "a file that is not the text it claims to be"),
        (Self::Unreadable, "unreadable", "a file or folder that cannot be opened"),
        (Self::TooLarge, "too-large", "a file of which only a part is read, or nothing"),
        (Self::Configuration, "configuration", "a wish of yours that does not fit the blog, such as its language"),
    ];

    /// The rule of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known, _)| *known == name).map(|(rule, ..)| rule)
    }

    /// The name that output for programs uses; it never changes.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(rule, ..)| *rule == self).map_or("", |(_, name, _)| name)
    }
}

/// Which rules an author wants to hear of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// These and no others; all of them where there is none.
    pub only: Vec<Rule>,
    /// Not these.
    pub ignored: Vec<Rule>,
}

impl Filter {
    /// Whether faults of this rule are told.
    pub fn admits(&self, rule: Rule) -> bool {
        (self.only.is_empty() || self.only.contains(&rule)) && !self.ignored.contains(&rule)
    }

    /// What the command line asks for, in the place of what this configuration says: each list replaces its like, and
    /// what is asked for by name is told although the configuration ignores it.
    #[must_use]
    pub fn overruled(&self, asked: &Self) -> Self {
        if asked.only.is_empty() {
            let ignored = if asked.ignored.is_empty() { &self.ignored } else { &asked.ignored };
            return Self { only: self.only.clone(), ignored: ignored.clone() };
        }
        asked.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complaint(line: Option<usize>) -> Complaint {
        let (fault, remedy) = (Clean::literal("front matter is not closed"), Clean::literal("add a line ---"));
        Complaint { line, rule: Rule::FrontMatter, fault, remedy }
    }

    #[test]
    fn a_fault_names_place_fault_and_remedy() {
        let path = Clean::exact("posts/a.md");
        let with_line = complaint(Some(3)).about(&path).to_string();
        assert_eq!(with_line, "posts/a.md:3: front matter is not closed; add a line ---");
        assert_eq!(complaint(None).about(&path).to_string(), "posts/a.md: front matter is not closed; add a line ---");
    }

    #[test]
    fn rules_have_names_for_programs() {
        let names: Vec<&str> = Rule::ALL.into_iter().map(|(rule, ..)| rule.name()).collect();
        let expected = "broken-link broken-fragment missing-image duplicate-address similar-tags undated date front-matter \
                        encoding unreadable too-large configuration";
        assert_eq!(names.join(" "), expected);
        assert!(Rule::ALL.into_iter().all(|(rule, name, _)| Rule::named(name) == Some(rule)));
        assert_eq!(Rule::named("broken"), None);
    }

    #[test]
    fn what_is_asked_for_overrules_what_is_configured() {
        let filter = |only: &[Rule], ignored: &[Rule]| Filter { only: only.to_vec(), ignored: ignored.to_vec() };
        let (date, link, undated) = (Rule::Date, Rule::BrokenLink, Rule::Undated);
        for (configured, asked, admitted) in [
            (filter(&[], &[]), filter(&[], &[]), [true, true, true]),
            (filter(&[], &[date]), filter(&[], &[]), [false, true, true]),
            (filter(&[], &[date]), filter(&[], &[link]), [true, false, true]),
            (filter(&[], &[date]), filter(&[date, link], &[]), [true, true, false]),
            (filter(&[date], &[]), filter(&[], &[link]), [true, false, false]),
            (filter(&[date], &[]), filter(&[link], &[]), [false, true, false]),
            (filter(&[], &[]), filter(&[date, link], &[link]), [true, false, false]),
        ] {
            let filter = configured.overruled(&asked);
            assert_eq!([date, link, undated].map(|rule| filter.admits(rule)), admitted, "{configured:?} {asked:?}");
        }
    }
}
