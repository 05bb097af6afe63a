//! What is wrong in a file, told so that its author can mend it.
//! It holds sentences and places; it neither finds faults nor prints them.

use std::fmt;

use crate::text::Clean;

/// Something wrong in a file. Shown as `path:line: fault; remedy`.
#[derive(Clone, Debug, PartialEq, Eq)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// More than is read at all.
    TooLarge,
}

impl Rule {
    const ALL: [Self; 7] = [
        Self::Configuration,
        Self::FrontMatter,
        Self::Date,
        Self::Encoding,
        Self::Unreadable,
        Self::BrokenLink,
        Self::TooLarge,
    ];

    /// The rule of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// The name that output for programs uses; it never changes.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Configuration => "configuration",
            Self::FrontMatter => "front-matter",
            Self::Date => "date",
            Self::Encoding => "encoding",
            Self::Unreadable => "unreadable",
            Self::BrokenLink => "broken-link",
            Self::TooLarge => "too-large",
        }
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
        let rules = [Rule::FrontMatter, Rule::Date, Rule::Encoding, Rule::Unreadable, Rule::BrokenLink, Rule::TooLarge];
        let names = rules.map(Rule::name);
        assert_eq!(names, ["front-matter", "date", "encoding", "unreadable", "broken-link", "too-large"]);
        assert!(Rule::ALL.into_iter().all(|rule| Rule::named(rule.name()) == Some(rule)));
    }
}
