//! The first and the last line of the screen: where the reader is, and what a key would do.

use super::pen::Pen;
use super::theme::Part;
use super::{count, many};
use crate::app::article::ArticleView;
use crate::app::complete::completions;
use crate::app::keys::{Key, Scope};
use crate::app::overlay::Overlay;
use crate::app::place::View;
use crate::app::prompt::{Prompt, Purpose};
use crate::app::tags::{Facet, Order, TagsView};
use crate::app::{App, Pending};
use crate::blog::library::{Library, Progress, Target};
use crate::blog::post;
use crate::blog::search::Likeness;
use crate::clean;
use crate::markdown::LinkId;
use crate::text::Clean;

/// Draws the line at the top: the blog, what is shown of it, and how much that is.
pub fn title(pen: &mut Pen<'_>, app: &App) {
    pen.clear(Part::Bar);
    let blog = app.library.site.title.clone().unwrap_or(Clean::literal("reread"));
    let right = clean!(" {} ", amount(app));
    let from = pen.write_right(0, 0, &right, Part::Bar);
    let mut left = pen.within(0, 0, from, 1);
    let mut x = left.write(1, 0, &blog, Part::BarStrong);
    if let Some(language) = several_languages(&app.library) {
        x = left.write(x + 1, 0, &language, Part::Bar);
    }
    let shown = match &app.view {
        View::List(list) if list.selection.query.is_empty() => Clean::default(),
        View::List(list) => clean!("› {}", list.selection.query),
        View::Tags(tags) => explored(tags),
        View::Article(article) if article.selection.query.is_empty() => clean!("› {}", article.post.title),
        View::Article(article) => clean!("› {} › {}", article.selection.query, article.post.title),
    };
    let room = left.columns().saturating_sub(x + 1);
    left.write(x + 1, 0, &shown.clipped(room), Part::Bar);
}

/// The language that is shown, where there is another.
fn several_languages(library: &Library) -> Option<Clean> {
    library.site.next_language()?;
    library.site.language().map(Clean::prose)
}

fn amount(app: &App) -> String {
    let faults = match app.library.faults().len() {
        0 => String::new(),
        faults => format!(" · {} (!)", many(faults, "fault")),
    };
    let total = app.library.posts().len();
    match &app.view {
        _ if app.waiting.is_some() => "searching …".to_owned(),
        _ if app.library.progress() == Progress::Loading => format!("reading … {}", many(total, "post")),
        View::List(list) if list.selection.query.is_empty() => many(total, "post") + &faults,
        View::List(list) => {
            let shown = format!("{} of {}", count(list.selection.posts.len()), many(total, "post"));
            if app.library.progress() == Progress::Complete { shown } else { format!("reading … {shown}") }
        }
        View::Tags(tags) => {
            let (one, several) = tags.facet.labels();
            let all = format!("{} {}", count(tags.total), if tags.total == 1 { one } else { several });
            if tags.filter.is_empty() { all } else { format!("{} of {all}", count(tags.entries.len())) }
        }
        View::Article(article) => position(article),
    }
}

/// What the explorer counts, and among which posts.
fn explored(tags: &TagsView) -> Clean {
    let (_, several) = tags.facet.labels();
    let filter = if tags.filter.is_empty() { String::new() } else { format!(" with {:?}", tags.filter) };
    if tags.within().is_empty() {
        clean!("› {several}{filter}")
    } else {
        clean!("› {} › {several}{filter}", tags.within())
    }
}

/// Which post of the list this is, and how much of it is read.
fn position(article: &ArticleView) -> String {
    let posts = &article.selection.posts;
    let at = posts.iter().position(|post| post.key == article.post.key);
    let place = at.map_or_else(String::new, |at| format!("{}/{} · ", count(at + 1), count(posts.len())));
    format!("{place}{} %", article.progress())
}

/// Whether there is something to say or to type.
pub fn needed(app: &App) -> bool {
    let typing = matches!(app.overlay, Some(Overlay::Prompt(_))) || app.keyboard.pending != Pending::Nothing;
    let focused = matches!(&app.view, View::Article(article) if article.focus.is_some());
    typing || focused || app.notice.is_some()
}

/// Draws the line at the bottom; gives the cell of the terminal's cursor where somebody types.
pub fn bottom(pen: &mut Pen<'_>, app: &App) -> Option<(u16, u16)> {
    pen.clear(Part::Bar);
    if let Some(Overlay::Prompt(prompt)) = &app.overlay {
        return Some(prompted(pen, prompt, app));
    }
    let (sentence, part) = match (&app.notice, &app.keyboard.pending) {
        (Some(notice), _) => (notice.clone(), Part::BarStrong),
        (None, Pending::Hint(typed)) if typed.is_empty() => {
            (Clean::literal("type the letters on a link, or the number of any"), Part::BarStrong)
        }
        (None, Pending::Hint(typed)) => (clean!("{typed} …"), Part::BarStrong),
        (None, Pending::Number(number)) => (clean!("{number} …"), Part::BarStrong),
        (None, Pending::Keys(keys)) => (pressed(keys), Part::BarStrong),
        (None, Pending::Nothing) => (standing(app), Part::Bar),
    };
    let keys = clean!(" {} ", keys(app));
    let from = if sentence.width() + keys.width() < pen.columns() || sentence_can_wait(app) {
        pen.write_right(0, 0, &keys, Part::Bar)
    } else {
        pen.columns()
    };
    let mut left = pen.within(0, 0, from, 1);
    let room = left.columns().saturating_sub(2);
    left.write(1, 0, &sentence.clipped(room), part);
    None
}

fn pressed(keys: &[Key]) -> Clean {
    keys.iter().fold(Clean::default(), |text, key| clean!("{text}{key}"))
}

/// Whether the keys matter more than the end of the sentence: it only names the file of the selected post.
fn sentence_can_wait(app: &App) -> bool {
    app.notice.is_none() && matches!(app.view, View::List(_)) && app.keyboard.pending == Pending::Nothing
}

/// What the cursor stands on.
fn standing(app: &App) -> Clean {
    match &app.view {
        View::List(list) => match list.selected() {
            Some(post) => {
                clean!("{}/{}  {}", count(list.cursor + 1), count(list.selection.posts.len()), file(&post.key))
            }
            None => Clean::default(),
        },
        View::Tags(tags) => match tags.order {
            Order::Count if matches!(tags.facet, Facet::Years | Facet::Months) => Clean::literal("the latest first"),
            Order::Count => Clean::literal("most posts first"),
            Order::Name => Clean::literal("by name"),
            Order::Recent => Clean::literal("the last used first"),
        },
        View::Article(article) => match article.focus.and_then(|link| Some((link, article.targets.get(link)?))) {
            Some((link, target)) => {
                let leads_to = leads_to(article, link, target, &app.library);
                clean!("{}/{}  {leads_to}", link + 1, article.targets.len())
            }
            None => section(article),
        },
    }
}

/// The name of a file, in which nothing is hidden.
fn file(key: &post::Key) -> Clean {
    key.shown()
}

/// The heading that the reader is under.
fn section(article: &ArticleView) -> Clean {
    let heading = article.section().and_then(|heading| article.document.headings.get(heading));
    heading.map(|heading| clean!("§ {}", heading.text)).unwrap_or_default()
}

/// Where a link leads, the part that matters first: what is to be doubted, the host, or the title and date of the post.
pub fn leads_to(article: &ArticleView, link: LinkId, target: &Target, library: &Library) -> Clean {
    match target {
        Target::Post(key, fragment) => {
            let fragment = fragment.as_ref().map_or_else(String::new, |fragment| format!(" #{fragment}"));
            match library.get(key) {
                Some(post) => {
                    let date = post.date.map_or_else(String::new, |date| format!(" · {date}"));
                    clean!("→ {}{date}{fragment}", post.title)
                }
                None => clean!("→ {}{fragment}", file(key)),
            }
        }
        Target::Heading(id) => clean!("→ #{id} in this post"),
        Target::Term(taxonomy, term) => clean!("→ {}:{term}", taxonomy.field()),
        Target::Dates(date) => clean!("→ date:{date}"),
        Target::Web(url) => match article.doubt(link, url) {
            Some(doubt) => clean!("⚠ {}, {doubt}  {url}", url.host()),
            None => clean!("{}  {url}", url.host()),
        },
        Target::Unknown(why) => clean!("? {why}"),
        Target::Refused(refused) => clean!("✗ {refused}"),
        Target::Broken(why, Some(url)) => clean!("✗ {why}  {url}"),
        Target::Broken(why, None) => clean!("✗ {why}"),
    }
}

fn is_focused(app: &App) -> bool {
    matches!(&app.view, View::Article(article) if article.focus.is_some())
}

/// The keys that matter most here.
fn keys(app: &App) -> &'static str {
    match app.scope() {
        Scope::List => "⏎ open  / find  t tags  ? keys",
        Scope::Tags => "⏎ posts  + - narrow  ⇥ categories …  ? keys",
        Scope::Article if is_focused(app) => "⏎ follow  o browser  w archive  ? keys",
        Scope::Article => "⇥ links  J next  h list  ? keys",
        Scope::Panel if matches!(app.overlay, Some(Overlay::Links(..))) => {
            "⏎ follow  o browser  w archive  ⇥ backlinks …  Esc close"
        }
        Scope::Panel if matches!(app.overlay, Some(Overlay::Doubted(..))) => "⏎ open  y copy  Esc close",
        Scope::Panel => "Esc close",
    }
}

/// Draws above the prompt what of its text means nothing, else what the word being typed may become.
pub fn help_with(pen: &mut Pen<'_>, prompt: &Prompt, app: &App) {
    let (View::List(list), Purpose::Posts) = (&app.view, prompt.purpose) else { return };
    let (columns, rows) = (pen.columns(), pen.rows());
    let mut row = pen.within(0, rows.saturating_sub(1), columns, 1);
    if let Some(trouble) = list.selection.troubles.first() {
        let sentence = clean!("{} · {}", trouble.what, trouble.remedy);
        row.clear(Part::Bar);
        row.write(1, 0, &sentence.clipped(columns.saturating_sub(2)), Part::BarStrong);
        return;
    }
    let (_, ways) = completions(&app.library, prompt.line.before());
    if ways.is_empty() {
        return;
    }
    row.clear(Part::Bar);
    let mut x = row.write(1, 0, &Clean::literal("⇥ "), Part::Bar);
    for (at, way) in ways.iter().enumerate() {
        if x + way.shown.width() + 1 > columns {
            break;
        }
        x = row.write(x, 0, &way.shown, if at == 0 { Part::BarStrong } else { Part::Bar }) + 2;
    }
}

fn prompted(pen: &mut Pen<'_>, prompt: &Prompt, app: &App) -> (u16, u16) {
    let found = match (&app.view, prompt.purpose) {
        _ if prompt.line.is_full() => "this line is full".to_owned(),
        (View::Article(article), _) => match &article.find {
            Some(find) if find.hits.is_empty() => "not found".to_owned(),
            Some(find) => format!("{}/{}", find.current + 1, find.hits.len()),
            None => String::new(),
        },
        (View::List(list), _) if list.selection.likeness == Likeness::Alike => {
            format!("none; {} alike", many(list.selection.posts.len(), "title"))
        }
        (View::List(list), _) => many(list.selection.posts.len(), "post"),
        (View::Tags(tags), _) => many(tags.entries.len(), "tag"),
    };
    let label = match prompt.purpose {
        Purpose::Posts => Clean::literal("find posts "),
        Purpose::Tags => Clean::literal("find tags "),
        Purpose::Name => Clean::literal("name this search "),
        Purpose::Words(_) => Clean::literal("find here "),
    };
    let from = pen.write_right(0, 0, &clean!(" {found} "), Part::Bar);
    let mut left = pen.within(0, 0, from, 1);
    let start = left.write(1, 0, &label, Part::Bar);
    let room = left.columns().saturating_sub(start + 1);
    let before = Clean::prose(prompt.line.before());
    let hidden = before.width().saturating_sub(room);
    let whole = Clean::prose(&prompt.line.text);
    let skipped = crate::text::fitting(whole.as_str(), hidden);
    left.write(start, 0, &whole.slice(skipped..whole.as_str().len()), Part::BarStrong);
    left.cell(start + before.width() - hidden, 0)
}
