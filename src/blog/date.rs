//! Dates as people write them in posts and file names, read by one tolerant scanner.
//! It guesses no day that was not written: half a date, or an impossible one, is none.

use std::cmp::Ordering;
use std::fmt;

use jiff::SignedDuration;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// The moment that a post bears, kept as it was written.
///
/// Ordered by instant; where no zone was written, UTC is meant, as Hugo does. The year lies in 1..=9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// Seconds since the year 0 in UTC, worked out once because lists are sorted by it.
    instant: i64,
    written: DateTime,
    offset: Option<Offset>,
    timed: bool,
}

impl Date {
    /// Reads any shape met in real blogs; text behind the date is ignored, a time or zone that cannot be is dropped.
    pub fn parse(text: &str) -> Option<Self> {
        let mut scanner =
            Scanner { rest: text.trim_matches(|mark: char| mark.is_whitespace() || "\"'".contains(mark)) };
        scanner.weekday();
        let day = scanner.day()?;
        let time = scanner.time();
        let offset = time.and_then(|_| scanner.zone(day.year()));
        let written = time.map_or_else(|| day.to_datetime(jiff::civil::Time::midnight()), |time| day.to_datetime(time));
        Some(Self::new(written, offset, time.is_some()))
    }

    /// The moment so many seconds after the beginning of 1970 in UTC.
    pub fn of_unix(seconds: i64) -> Option<Self> {
        let moment = jiff::Timestamp::from_second(seconds).ok()?;
        Some(Self::new(Offset::UTC.to_datetime(moment), Some(Offset::UTC), true))
    }

    /// The same of this one; where no zone was written, UTC is meant.
    pub fn unix(self) -> i64 {
        self.instant.saturating_sub(
            DateTime::new(1970, 1, 1, 0, 0, 0, 0).map_or(0, |epoch| epoch.duration_since(DateTime::ZERO).as_secs()),
        )
    }

    fn new(written: DateTime, offset: Option<Offset>, timed: bool) -> Self {
        let zone = i64::from(offset.map_or(0, Offset::seconds));
        let instant = written.duration_since(DateTime::ZERO).as_secs().saturating_sub(zone);
        Self { instant, written, offset, timed }
    }

    /// The date at the start of a file's or a folder's name, the innermost first, or in three folders `2014/12/12`.
    pub fn from_path(path: &str) -> Option<Self> {
        let names: Vec<&str> = path.split(['/', '\\']).collect();
        let in_name = names.iter().rev().find_map(|name| Scanner { rest: name }.named_day());
        let in_folders = || {
            names.windows(3).rev().find_map(|three| {
                let stem = three.last()?.split('.').next()?;
                let year = three.first().filter(|year| year.len() == 4)?;
                let joined = format!("{year}-{}-{stem}", three.get(1)?);
                let mut scanner = Scanner { rest: &joined };
                scanner.year_first().filter(|_| scanner.rest.is_empty())
            })
        };
        let day = in_name.or_else(in_folders)?;
        Some(Self::new(day.to_datetime(jiff::civil::Time::midnight()), None, false))
    }

    /// The same where slashes stand for hyphens, as Docusaurus reads `2021/02/15-slug.md` and `2021/02-15-slug.md`
    /// (<https://docusaurus.io/docs/blog#blog-post-date>).
    pub fn from_slashed_path(path: &str) -> Option<Self> {
        let names: Vec<&str> = path.split('/').collect();
        let day_from = |first| {
            let joined = names.get(first..)?.iter().take(3).copied().collect::<Vec<_>>().join("-");
            Scanner { rest: &joined }.named_day()
        };
        let day = (0..names.len()).rev().find_map(day_from)?;
        Some(Self::new(day.to_datetime(jiff::civil::Time::midnight()), None, false))
    }

    /// As written, not in UTC.
    pub fn year(self) -> i16 {
        self.written.year()
    }

    /// As written, from 1.
    pub fn month(self) -> i8 {
        self.written.month()
    }

    /// As written, from 1.
    pub fn day(self) -> i8 {
        self.written.day()
    }

    /// As written; 0 where no time was.
    pub fn hour(self) -> i8 {
        self.written.hour()
    }

    /// As written; 0 where no time was.
    pub fn minute(self) -> i8 {
        self.written.minute()
    }

    /// As written; 0 where no time was. A leap second is 59.
    pub fn second(self) -> i8 {
        self.written.second()
    }

    /// Which day of the year it is, from 1.
    pub fn day_of_year(self) -> i16 {
        self.written.date().day_of_year()
    }

    /// Whether a time was written beside the day.
    pub fn has_time(self) -> bool {
        self.timed
    }

    /// `2007-09-12T09:29:59Z`, or with the offset that was written; `Z` where none was.
    pub fn rfc3339(self) -> String {
        let seconds = self.offset.map_or(0, Offset::seconds);
        let clock = self.written.strftime("%Y-%m-%dT%H:%M:%S");
        if seconds == 0 {
            return format!("{clock}Z");
        }
        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
        format!("{clock}{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }

    /// What [`Date::parse`] makes the same date of, to the second and to whether a time or a zone was written.
    pub fn exact(self) -> String {
        let day = format!("{:04}-{:02}-{:02}", self.year(), self.month(), self.day());
        match self.offset.map(Offset::seconds) {
            _ if !self.timed => day,
            None => format!("{day}T{:02}:{:02}:{:02}", self.hour(), self.minute(), self.second()),
            Some(0) => format!("{day}T{:02}:{:02}:{:02}Z", self.hour(), self.minute(), self.second()),
            Some(_) => self.rfc3339(),
        }
    }

    /// The instant in UTC as the Internet Archive writes it: `20070912092959`.
    pub fn archive_stamp(self) -> String {
        let offset = SignedDuration::from_secs(self.offset.map_or(0, Offset::seconds).into());
        let instant = self.written.checked_sub(offset).ok().filter(|instant| instant.year() > 0);
        instant.unwrap_or(self.written).strftime("%Y%m%d%H%M%S").to_string()
    }

    /// As written, in the words of `strftime`; nothing where a pattern has a word that it does not know.
    pub fn formatted(self, pattern: &str) -> String {
        jiff::fmt::strtime::format(pattern, self.written).unwrap_or_default()
    }

    /// `Sep 12`, always six columns, for a list under a year.
    pub fn day_and_month(self) -> String {
        self.written.strftime("%b %e").to_string()
    }

    /// `12 September 2007`, for a sentence.
    pub fn long(self) -> String {
        format!("{} {} {}", self.day(), self.written.strftime("%B"), self.year())
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        let rest = |date: &Self| (date.written, date.offset.is_some(), date.timed);
        self.instant.cmp(&other.instant).then_with(|| rest(self).cmp(&rest(other)))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(&self.written.strftime("%Y-%m-%d").to_string())
    }
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Hours from UTC of the zone names that posts use.
const ZONES: [(&str, i32); 18] = [
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("UT", 0),
    ("EDT", -4),
    ("EST", -5),
    ("CDT", -5),
    ("CST", -6),
    ("MDT", -6),
    ("MST", -7),
    ("PDT", -7),
    ("PST", -8),
    ("CET", 1),
    ("CEST", 2),
    ("BST", 1),
    ("WEST", 1),
    ("EET", 2),
    ("JST", 9),
];

/// What is left of the text; every method takes what it recognises and leaves the rest.
struct Scanner<'a> {
    rest: &'a str,
}

impl<'a> Scanner<'a> {
    fn weekday(&mut self) {
        let word = self.ahead(char::is_alphabetic);
        if starts_with_one_of(word, &WEEKDAYS).is_some() && !word.is_empty() {
            self.advance(word.len());
            self.skip(" ,.");
        }
    }

    fn day(&mut self) -> Option<jiff::civil::Date> {
        match self.ahead(is_digit).len() {
            4 => self.year_first(),
            8 => self.compact(),
            1 | 2 => {
                let day = self.ordinal()?;
                let month = self.month_name()?;
                self.year_last(month, day)
            }
            0 => {
                let month = self.month_name()?;
                let day = self.ordinal()?;
                self.year_last(month, day)
            }
            _ => None,
        }
    }

    /// `2016-03-30`, `2016/3/30`, `2016.3.30`, `2016年3月30日`, `2016 Mar 30`: both separators are of one kind.
    fn year_first(&mut self) -> Option<jiff::civil::Date> {
        let year = self.number(4)?;
        let separator = self.one_of("-/._年 ")?;
        let month = if self.rest.starts_with(is_digit) {
            let month = self.number(2)?;
            let expected = if separator == '年' { '月' } else { separator };
            self.rest = self.rest.strip_prefix(expected)?;
            month
        } else {
            self.month_name()?
        };
        let day = self.number(2)?;
        self.one_of("日号");
        civil(year, month, day)
    }

    /// `20161130`.
    fn compact(&mut self) -> Option<jiff::civil::Date> {
        let digits = self.number(8)?;
        civil(digits / 10_000, digits / 100 % 100, digits % 100)
    }

    fn year_last(&mut self, month: i32, day: i32) -> Option<jiff::civil::Date> {
        let year = (self.ahead(is_digit).len() == 4).then(|| self.number(4))??;
        civil(year, month, day)
    }

    /// `3`, `3rd`, `03.` with what stands before the next word.
    fn ordinal(&mut self) -> Option<i32> {
        let day = self.number(2)?;
        let suffix = self.ahead(char::is_alphabetic);
        if ["st", "nd", "rd", "th"].iter().any(|known| suffix.eq_ignore_ascii_case(known)) {
            self.advance(suffix.len());
        }
        self.skip(" ,.-/");
        Some(day)
    }

    /// A month by its English name or the first three letters of it, with what stands behind it.
    fn month_name(&mut self) -> Option<i32> {
        let word = self.ahead(char::is_alphabetic);
        let month = starts_with_one_of(word, &MONTHS)?;
        self.advance(word.len());
        self.skip(" ,.-/");
        i32::try_from(month + 1).ok()
    }

    /// The day at the start of a name: `2014-12-12-slug`, `2014_12_12.md`, `20141212-slug`.
    fn named_day(mut self) -> Option<jiff::civil::Date> {
        match self.ahead(is_digit).len() {
            4 => self.year_first(),
            8 => self.compact().filter(|_| self.rest.is_empty() || self.rest.starts_with(['-', '_', '.'])),
            _ => None,
        }
    }

    /// A time of day behind a day; what is not one is left alone.
    fn time(&mut self) -> Option<jiff::civil::Time> {
        let adjoining = self.rest.starts_with(['T', 't']);
        self.skip(" ,_\t");
        self.one_of("Tt");
        self.rest = self.rest.strip_prefix("at ").unwrap_or(self.rest).trim_start();
        let digits = self.ahead(is_digit).len();
        let (hour, minute, second) = match digits {
            4 | 6 if adjoining => self.compact_clock(digits)?,
            1 | 2 => self.clock()?,
            _ => return None,
        };
        let hour = self.half_of_day(hour)?;
        let part = |number: i32| i8::try_from(number).ok();
        jiff::civil::Time::new(part(hour)?, part(minute)?, part(if second == 60 { 59 } else { second })?, 0).ok()
    }

    fn clock(&mut self) -> Option<(i32, i32, i32)> {
        let hour = self.number(2)?;
        self.one_of(":时點点")?;
        let minute = self.number(2)?;
        if self.one_of(":分").is_none() {
            return Some((hour, minute, 0));
        }
        let second = self.number(2)?;
        if self.one_of(".,").is_some() {
            self.advance(self.ahead(is_digit).len());
        }
        Some((hour, minute, second))
    }

    fn compact_clock(&mut self, digits: usize) -> Option<(i32, i32, i32)> {
        let number = self.number(digits)? * if digits == 4 { 100 } else { 1 };
        Some((number / 10_000, number / 100 % 100, number % 100))
    }

    /// The hour of 24 when `AM` or `PM` follows; an hour that no clock of twelve shows is none.
    fn half_of_day(&mut self, hour: i32) -> Option<i32> {
        let behind = self.rest.trim_start();
        let word = Scanner { rest: behind }.ahead(char::is_alphabetic);
        let afternoon = word.eq_ignore_ascii_case("pm");
        if !afternoon && !word.eq_ignore_ascii_case("am") {
            return Some(hour);
        }
        self.rest = behind;
        self.advance(word.len());
        (1..=12).contains(&hour).then_some(hour % 12 + if afternoon { 12 } else { 0 })
    }

    /// `Z`, `EDT`, `-4`, `+02:00`, `-0800`, `-400`, `UTC+05:30`; a repeated year before it is skipped.
    fn zone(&mut self, year: i16) -> Option<Offset> {
        self.skip(" \t");
        let again = self.ahead(is_digit);
        if again.parse() == Ok(year) {
            self.advance(again.len());
            self.skip(" \t");
        }
        let name = self.ahead(char::is_alphabetic);
        let hours = ZONES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, hours)| *hours);
        if hours.is_some() {
            self.advance(name.len());
        }
        let seconds = match hours {
            Some(hours) if hours != 0 || name.len() == 1 => hours * 3600,
            Some(_) => self.signed_offset().unwrap_or(0),
            None => self.signed_offset()?,
        };
        Offset::from_seconds(seconds).ok()
    }

    fn signed_offset(&mut self) -> Option<i32> {
        let sign = if self.one_of("+-−")? == '+' { 1 } else { -1 };
        let digits = self.ahead(is_digit).len();
        let number = self.number(4)?;
        let minutes = match digits {
            3 | 4 => number / 100 * 60 + number % 100,
            1 | 2 if self.one_of(":").is_some() => number * 60 + self.number(2)?,
            _ => number * 60,
        };
        (minutes <= 15 * 60).then_some(sign * minutes * 60)
    }

    /// As many characters as `wanted` accepts, not taken yet.
    fn ahead(&self, wanted: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|character| !wanted(character)).unwrap_or(self.rest.len());
        self.rest.get(..end).unwrap_or_default()
    }

    /// A run of at most so many digits; a longer run is another thing.
    fn number(&mut self, longest: usize) -> Option<i32> {
        let digits = self.ahead(is_digit);
        if digits.len() > longest {
            return None;
        }
        self.advance(digits.len());
        digits.parse().ok()
    }

    fn one_of(&mut self, characters: &str) -> Option<char> {
        let first = self.rest.chars().next().filter(|first| characters.contains(*first))?;
        self.advance(first.len_utf8());
        Some(first)
    }

    fn skip(&mut self, characters: &str) {
        self.rest = self.rest.trim_start_matches(|character| characters.contains(character));
    }

    fn advance(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
}

/// The place in `names` of the three letters that a word begins with.
fn starts_with_one_of(word: &str, names: &[&str]) -> Option<usize> {
    names.iter().position(|name| word.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(name)))
}

fn civil(year: i32, month: i32, day: i32) -> Option<jiff::civil::Date> {
    let year = i16::try_from(year).ok().filter(|year| (1..=9999).contains(year))?;
    jiff::civil::Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may stop at what is not there")]
mod tests {
    use super::*;

    #[test]
    fn every_shape_of_real_blogs_is_read() {
        let shapes = [
            ("2020-04-23", "2020-04-23T00:00:00Z"),
            ("2013-05-06 02:12:52 +0200", "2013-05-06T02:12:52+02:00"),
            ("2020-05-10T10:53:40Z", "2020-05-10T10:53:40Z"),
            ("2015-07-27T06:07:06+00:00", "2015-07-27T06:07:06Z"),
            ("2021-01-06 12:30:00+00:00", "2021-01-06T12:30:00Z"),
            ("2020-07-07T00:00:00.000Z", "2020-07-07T00:00:00Z"),
            ("2015-03-17 14:00:00", "2015-03-17T14:00:00Z"),
            ("2015-09-21 16:52", "2015-09-21T16:52:00Z"),
            ("'2014-03-12T10:11:00-04:00'", "2014-03-12T10:11:00-04:00"),
            ("2013-09-06 22:02:41 -0400", "2013-09-06T22:02:41-04:00"),
            ("2015-01-12 09:12:00-0800", "2015-01-12T09:12:00-08:00"),
            ("2013-11-22 5:00:00 +0000", "2013-11-22T05:00:00Z"),
            ("2019-05-21 15:02:50 UTC-05:00", "2019-05-21T15:02:50-05:00"),
            ("2016-04-08 12:05:00 -4", "2016-04-08T12:05:00-04:00"),
            ("2016-02-29 8:00:00", "2016-02-29T08:00:00Z"),
            ("2016-3-21 12:00:00", "2016-03-21T12:00:00Z"),
            ("2016-07-19 (optional)", "2016-07-19T00:00:00Z"),
            ("2021-10-01 8:30:00+00:00", "2021-10-01T08:30:00Z"),
            ("2020-03-11 12:30:00 UTC+01:00", "2020-03-11T12:30:00+01:00"),
            ("2017-07-06 13:30 -0700", "2017-07-06T13:30:00-07:00"),
            ("2016-03-21 12:00 EDT", "2016-03-21T12:00:00-04:00"),
            ("2017-11-8", "2017-11-08T00:00:00Z"),
            ("2024-4-09", "2024-04-09T00:00:00Z"),
            ("2020-11-2 21:55", "2020-11-02T21:55:00Z"),
            ("2019-11-14 20:00:00 UTC", "2019-11-14T20:00:00Z"),
            ("2025/11/6", "2025-11-06T00:00:00Z"),
            ("2023-2-07T00:00:00.000Z", "2023-02-07T00:00:00Z"),
            ("2010-01-10 13:07:09 +00:00", "2010-01-10T13:07:09Z"),
            ("2015-04-23 9:25:00-0700", "2015-04-23T09:25:00-07:00"),
            ("2016-3-30 8:00:00", "2016-03-30T08:00:00Z"),
            ("2016-03-23 9:00:00 -4", "2016-03-23T09:00:00-04:00"),
            ("2016-03-03 3:00", "2016-03-03T03:00:00Z"),
            ("2016-06-17 12:00-400", "2016-06-17T12:00:00-04:00"),
            ("2013-06-19T00:38:00.000+07:00", "2013-06-19T00:38:00+07:00"),
            ("2021-07-16 14:50:33 UTC-05:00.", "2021-07-16T14:50:33-05:00"),
            ("2022-05-03 12:30:00 UTC+05:30.", "2022-05-03T12:30:00+05:30"),
            ("2008-12-09 23:37:01.000000000 +00:00", "2008-12-09T23:37:01Z"),
            ("2016年7月4日14:57:19", "2016-07-04T14:57:19Z"),
            ("2016年11月27日23:30:21", "2016-11-27T23:30:21Z"),
            ("2016年3月29日", "2016-03-29T00:00:00Z"),
            ("2022/7/16 20:46:25", "2022-07-16T20:46:25Z"),
            ("2024-02-07:00:00Z", "2024-02-07T00:00:00Z"),
            ("2023-01-29 18:30:22 2023 -0800", "2023-01-29T18:30:22-08:00"),
            ("2019-02-01T22:00:00", "2019-02-01T22:00:00Z"),
            ("18 Dec 2014", "2014-12-18T00:00:00Z"),
            ("2017-7-16 10:29", "2017-07-16T10:29:00Z"),
            ("2015-01-08 03:42:00-08:00", "2015-01-08T03:42:00-08:00"),
        ];
        for (written, expected) in shapes {
            assert_eq!(Date::parse(written).unwrap().rfc3339(), expected, "{written}");
        }
    }

    #[test]
    fn words_halves_of_days_and_zones_are_read() {
        let shapes = [
            ("December 18, 2014", "2014-12-18T00:00:00Z"),
            ("Dec. 3rd 2014", "2014-12-03T00:00:00Z"),
            ("Thursday, 18 December 2014 03:04 PM", "2014-12-18T15:04:00Z"),
            ("Thu, 18 Dec 2014 12:04 am", "2014-12-18T00:04:00Z"),
            ("18-Dec-2014", "2014-12-18T00:00:00Z"),
            ("2014 Dec 18", "2014-12-18T00:00:00Z"),
            ("2014-12-18t10:11:12z", "2014-12-18T10:11:12Z"),
            ("20141218", "2014-12-18T00:00:00Z"),
            ("20141218T101112Z", "2014-12-18T10:11:12Z"),
            ("2014-12-18 10:11 jst", "2014-12-18T10:11:00+09:00"),
            ("2014-12-18 10:11 CEST", "2014-12-18T10:11:00+02:00"),
            ("2014-12-18 10:11 Nowhere", "2014-12-18T10:11:00Z"),
            ("2014-12-18 10:11 +99:00", "2014-12-18T10:11:00Z"),
            ("2014-12-18 25:99", "2014-12-18T00:00:00Z"),
            ("9999-12-31T23:59:60Z", "9999-12-31T23:59:59Z"),
        ];
        for (written, expected) in shapes {
            assert_eq!(Date::parse(written).unwrap().rfc3339(), expected, "{written}");
        }
    }

    #[test]
    fn what_names_no_day_is_no_date() {
        let nonsense = [
            "",
            " ",
            "{{ .Date }}",
            "{{date}}",
            "2019-13-01",
            "2019-00-01",
            "2019-01-32",
            "2019-02-30",
            "0000-08-08",
            "-0001-01-01",
            "12345",
            "1000000000000000000",
            "2019",
            "2019-05",
            "2019-5/6",
            "12/11/2014",
            "yesterday",
            "December",
            "31 Juneau",
            "18 Dec 14",
            "年",
            "٢٠١٤-١٢-١٨",
            "2019-01-015",
            "mon",
            "T",
            "2014年",
        ];
        for written in nonsense {
            assert_eq!(Date::parse(written), None, "{written}");
        }
    }

    #[test]
    fn no_beginning_of_a_date_and_no_strange_ending_breaks_the_scanner() {
        for whole in ["2016年7月4日14:57:19 UTC+05:30", "Thu, 18 Dec 2014 03:04:05.678 PM EDT", "20141218T101112−0400"]
        {
            for end in whole.char_indices().map(|(at, _)| at) {
                for tail in ["", "9", "-", ":", "é", "\u{0}"] {
                    let _ = Date::parse(&format!("{}{tail}", whole.get(..end).unwrap()));
                }
            }
        }
    }

    #[test]
    fn names_of_files_and_folders_bear_dates() {
        let paths = [
            ("content/2007-09-12-slug.md", Some("2007-09-12")),
            ("2007-09-12-slug/index.md", Some("2007-09-12")),
            ("2014/12/12/slug", Some("2014-12-12")),
            ("blog/2014/12/12/index.md", Some("2014-12-12")),
            ("2014/12/12.md", Some("2014-12-12")),
            ("2014-12-12_slug.md", Some("2014-12-12")),
            ("2014-12-12.md", Some("2014-12-12")),
            ("20141212-slug.md", Some("2014-12-12")),
            ("2013-01-01-old/2014-12-12-new.md", Some("2014-12-12")),
            ("posts\\2014-12-12-slug.md", Some("2014-12-12")),
            ("2014/12/slug.md", None),
            ("2014-13-12-slug.md", None),
            ("12345678901-slug.md", None),
            ("1.0-timeline.md", None),
            ("", None),
        ];
        for (path, expected) in paths {
            assert_eq!(Date::from_path(path).map(|date| date.to_string()).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn a_date_is_shown_in_each_form() {
        let date = Date::parse("2007-09-02 09:29:59 -0500").unwrap();
        assert_eq!(date.to_string(), "2007-09-02");
        assert_eq!(date.long(), "2 September 2007");
        assert_eq!(date.day_and_month(), "Sep  2");
        assert_eq!(date.archive_stamp(), "20070902142959");
        assert_eq!((date.year(), date.month(), date.day()), (2007, 9, 2));
        assert_eq!((date.hour(), date.minute(), date.second(), date.has_time()), (9, 29, 59, true));
        assert_eq!(Date::parse("0001-01-01 00:00 +14:00").unwrap().archive_stamp(), "00010101000000");
        assert_eq!(Date::parse("0033-01-01").unwrap().to_string(), "0033-01-01");
    }

    #[test]
    fn a_version_number_behind_the_folders_of_a_date_is_no_date() {
        let date = Date::from_path("inside/2023/02/07/1.67.1-testing").unwrap();
        assert_eq!(date.to_string(), "2023-02-07");
        assert_eq!(Date::from_path("notes/02/07/1.67.1-testing.md"), None);
    }

    #[test]
    fn dates_are_ordered_by_instant_and_no_zone_is_utc() {
        let ordered = ["2014-01-01 00:30 +02:00", "2013-12-31 23:00", "2014-01-01", "2013-12-31 20:00 -0800"];
        let dates: Vec<Date> = ordered.iter().map(|text| Date::parse(text).unwrap()).collect();
        assert!(dates.is_sorted());
        let [last, first] =
            ["9999-12-31 23:59 -12:00", "0001-01-01 00:00 +14:00"].map(|text| Date::parse(text).unwrap());
        assert!(dates.iter().all(|date| first < *date && *date < last));
    }
}
