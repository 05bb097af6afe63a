//! Web addresses that may leave the program: http, https and mailto, parsed and serialised as browsers do.
//!
//! Only this file can make a [`Url`], so an effect that opens anything else cannot be written.

use std::fmt;

use super::date::Date;
use crate::text::Clean;

/// An address that a browser may be given: absolute, http, https or mailto, ASCII, without white space.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Url(url::Url);

/// Why an address is not opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// It is no absolute address.
    Malformed,
    /// Its scheme is one that could do more than show a page.
    Scheme(String),
    /// It is longer than anything honest.
    TooLong,
}

impl Refused {
    /// Whether its author probably meant a web address, rather than something that another program opens; the files of
    /// the author's own disk are nobody else's.
    pub fn is_slip(&self) -> bool {
        match self {
            Self::Malformed | Self::TooLong => true,
            Self::Scheme(scheme) => {
                scheme == "file"
                    || scheme.ends_with("ocalhost")
                    || ["http", "https"].iter().any(|known| strsim::damerau_levenshtein(scheme, known) == 1)
            }
        }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed => formatter.write_str("this is no web address"),
            Self::Scheme(scheme) => write!(formatter, "addresses of the scheme {scheme}: are never opened"),
            Self::TooLong => write!(formatter, "the address is longer than {LONGEST} characters"),
        }
    }
}

/// Characters of an address at the most; browsers and servers give up not far above.
const LONGEST: usize = 4_096;

impl Url {
    /// Reads an absolute address.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let parsed = url::Url::parse(text.trim()).map_err(|_| Refused::Malformed)?;
        Self::checked(parsed)
    }

    /// Reads an address that may be relative to this one.
    pub fn join(&self, href: &str) -> Result<Self, Refused> {
        Self::checked(self.0.join(href.trim()).map_err(|_| Refused::Malformed)?)
    }

    fn checked(parsed: url::Url) -> Result<Self, Refused> {
        if parsed.as_str().len() > LONGEST {
            return Err(Refused::TooLong);
        }
        match parsed.scheme() {
            "http" | "https" if parsed.has_host() => Ok(Self(parsed)),
            "mailto" => Ok(Self(plain_mail(parsed))),
            "http" | "https" => Err(Refused::Malformed),
            other => Err(Refused::Scheme(other.to_owned())),
        }
    }

    /// The address as it would be given to a browser.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The path of the address, starting with `/`, percent-encoded.
    pub fn path(&self) -> &str {
        self.0.path()
    }

    /// What stands behind `#`, percent-encoded.
    pub fn fragment(&self) -> Option<&str> {
        self.0.fragment()
    }

    /// Who would be asked: the host in ASCII (punycode where it is not), or the receiver of a mail.
    pub fn host(&self) -> Clean {
        Clean::exact(self.0.host_str().unwrap_or_else(|| self.0.path()))
    }

    /// The same as a reader would see it: decoded from punycode.
    pub fn host_as_it_looks(&self) -> Clean {
        match self.0.domain() {
            Some(domain) if domain.contains("xn--") => Clean::exact(&idna::domain_to_unicode(domain).0),
            _ => self.host(),
        }
    }

    /// What stands before the host and an `@`, without a password.
    pub fn name(&self) -> Option<Clean> {
        let name = self.0.username();
        (!name.is_empty() || self.0.password().is_some()).then(|| Clean::exact(name))
    }

    /// Whether it begins a mail.
    pub fn is_mail(&self) -> bool {
        self.0.scheme() == "mailto"
    }

    /// Whether both lead to the same site: the same host, with or without `www`, by http or https.
    pub fn same_site(&self, other: &Self) -> bool {
        match (self.0.host_str(), other.0.host_str()) {
            (Some(one), Some(two)) => bare(one) == bare(two) && self.0.port() == other.0.port(),
            _ => false,
        }
    }

    /// The page as the Internet Archive kept it nearest to `date`, or its calendar of copies where there is no date.
    ///
    /// None for mail, and the address itself where it already leads to the archive.
    pub fn archived(&self, date: Option<&Date>) -> Option<Self> {
        if self.is_mail() {
            return None;
        }
        if self.0.host_str() == Some("web.archive.org") {
            return Some(self.clone());
        }
        let mut page = self.0.clone();
        page.set_fragment(None);
        let when = date.map_or_else(|| "*".to_owned(), |date| date.archive_stamp());
        Self::parse(&format!("https://web.archive.org/web/{when}/{page}")).ok()
    }

    /// The page without its fragment, and without the archive around it: what a reader has seen who saw either.
    pub fn original(&self) -> &str {
        let text = self.0.as_str();
        let copy = text.strip_prefix("https://web.archive.org/web/").and_then(|copy| copy.split_once('/'));
        let page = copy.map_or(text, |(_, page)| page);
        page.split_once('#').map_or(page, |(page, _)| page)
    }
}

/// The mail without what only its sender should set: files to attach, other receivers.
fn plain_mail(mut mail: url::Url) -> url::Url {
    let is_plain = |part: &&str| {
        let header = part.split('=').next().unwrap_or_default().to_ascii_lowercase();
        header == "subject" || header == "body"
    };
    let kept: Vec<&str> = mail.query().unwrap_or_default().split('&').filter(is_plain).collect();
    let kept = kept.join("&");
    mail.set_query(Some(kept.as_str()).filter(|kept| !kept.is_empty()));
    mail
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

impl fmt::Display for Url {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn only_pages_and_mail_can_be_opened() {
        for fine in ["http://a.example/x?y=1#z", "HTTPS://A.example", "mailto:someone@a.example"] {
            assert!(Url::parse(fine).is_ok(), "{fine}");
        }
        for bad in [
            "javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ssh://-oProxyCommand=x/",
            "vscode:x",
            "--help",
            "/2007/x/",
            "",
            "http://",
            "\\\\host\\share",
        ] {
            assert!(Url::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_mistyped_scheme_is_a_slip_and_another_program_is_none() {
        let is_slip = |text: &str| Url::parse(text).unwrap_err().is_slip();
        for slip in ["localhost:4000", "hhttps://a.example", "ttps://a.example", "htp://a.example", "not an address"] {
            assert!(is_slip(slip), "{slip}");
        }
        for fine in ["ftp://a.example/x", "irc://a.example", "tel:123", "vscode:x"] {
            assert!(!is_slip(fine), "{fine}");
        }
    }

    #[test]
    fn an_address_is_one_word_of_ascii() {
        let url = Url::parse("https://пример.example/a b\"`$(x)\u{1b}?q=й").unwrap();
        assert!(url.as_str().chars().all(|character| character.is_ascii_graphic()), "{url}");
    }

    #[test]
    fn a_dead_page_is_found_as_it_was_on_the_day() {
        let date = Date::parse("2007-09-12T09:29:59Z").unwrap();
        let url = Url::parse("http://www.a.example/?p=428#more").unwrap();
        let archived = url.archived(Some(&date)).unwrap();
        assert_eq!(archived.as_str(), "https://web.archive.org/web/20070912092959/http://www.a.example/?p=428");
        assert_eq!(archived.archived(Some(&date)).unwrap(), archived);
        assert_eq!(archived.original(), url.original());
        assert_eq!(Url::parse("mailto:a@b.example").unwrap().archived(None), None);
    }

    #[test]
    fn a_site_is_its_host_with_or_without_www() {
        let one = Url::parse("https://www.a.example/x").unwrap();
        assert!(one.same_site(&Url::parse("http://a.example/").unwrap()));
        assert!(!one.same_site(&Url::parse("http://b.example/").unwrap()));
    }
}
