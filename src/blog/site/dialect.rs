//! The Markdown that a generator reads, where its configuration can change it by that.
//! It chooses; what the extensions do, the parser knows.

use super::Generator;
use crate::blog::front::Fields;
use crate::markdown::Dialect;

/// The Markdown that a generator reads, where its configuration can change it by that:
/// Hugo: <https://gohugo.io/configuration/markup/#goldmark-extensions> and
/// <https://gohugo.io/configuration/all/#enableemoji>; Jekyll: <https://kramdown.gettalong.org/syntax.html> and
/// <https://github.com/jekyll/jemoji>, unless <https://jekyllrb.com/docs/configuration/markdown/> names another processor; Zola:
/// <https://www.getzola.org/documentation/getting-started/configuration/>; Hexo: <https://github.com/hexojs/hexo-renderer-marked>;
/// Docusaurus: <https://docusaurus.io/docs/markdown-features>; Obsidian: <https://help.obsidian.md/syntax>.
pub fn dialect(generator: Generator, config: &Fields) -> Dialect {
    let flag = |name: &str| config.flag(&[name]);
    let goldmark = |name: &str| flag(&format!("markup.goldmark.extensions.{name}"));
    let when = |on: bool, extension: Dialect| if on { extension } else { Dialect::COMMON };
    match generator {
        Generator::Hugo => {
            let smart = goldmark("typographer") != Some(false) && goldmark("typographer.disable") != Some(true);
            let definitions = goldmark("definitionList") != Some(false);
            let math = goldmark("passthrough.enable") == Some(true);
            let emoji = flag("enableEmoji") == Some(true);
            let extensions = [
                (smart, Dialect::SMART),
                (definitions, Dialect::DEFINITIONS),
                (math, Dialect::MATH),
                (emoji, Dialect::EMOJI),
            ];
            extensions.into_iter().map(|(on, extension)| when(on, extension)).collect()
        }
        Generator::Jekyll => {
            let processor = config.text(&["markdown"]).unwrap_or_default().to_lowercase();
            let kramdown = !processor.starts_with("commonmark") && processor != "gfm";
            let emoji = config.list(&["plugins", "gems"]).iter().any(|plugin| plugin == "jemoji");
            let parses = flag("kramdown.parse_block_html") == Some(true);
            let extensions = [
                (kramdown, Dialect::SMART.with(Dialect::DEFINITIONS)),
                // https://kramdown.gettalong.org/syntax.html#html-blocks
                (kramdown && !parses, Dialect::WHOLE_HTML),
                (emoji, Dialect::EMOJI),
            ];
            extensions.into_iter().map(|(on, extension)| when(on, extension)).collect()
        }
        Generator::Zola => {
            let smart = when(flag("markdown.smart_punctuation") == Some(true), Dialect::SMART);
            let emoji = when(flag("markdown.render_emoji") == Some(true), Dialect::EMOJI);
            let anchors = config.text(&["slugify.anchors"]).is_none_or(|way| way == "on");
            let definitions = when(flag("markdown.definition_list") == Some(true), Dialect::DEFINITIONS);
            smart.with(emoji).with(definitions).with(when(anchors, Dialect::ASCII_IDS))
        }
        Generator::Hexo => {
            let smart = when(flag("marked.smartypants") != Some(false), Dialect::SMART);
            let definitions = when(flag("marked.descriptionLists") != Some(false), Dialect::DEFINITIONS);
            // https://github.com/hexojs/hexo-renderer-marked#options, `modifyAnchors`
            let cased = !matches!(config.text(&["marked.modifyAnchors"]).as_deref(), Some("1" | "2"));
            smart.with(definitions).with(when(cased, Dialect::CASED_IDS))
        }
        Generator::Docusaurus => Dialect::EMOJI,
        // https://python-markdown.github.io/extensions/extra/
        Generator::Pelican | Generator::Nikola => Dialect::DEFINITIONS,
        Generator::Eleventy | Generator::Gatsby | Generator::MdBook => Dialect::COMMON,
        // https://docs.astro.build/en/reference/configuration-reference/#markdownsmartypants
        Generator::Astro => Dialect::SMART,
        // https://middlemanapp.com/basics/template-engine-options/: kramdown
        Generator::Middleman => Dialect::SMART.with(Dialect::DEFINITIONS).with(Dialect::WHOLE_HTML),
        Generator::Obsidian => Dialect::WIKILINKS.with(Dialect::MATH),
        Generator::Plain => Dialect::UNKNOWN,
    }
}
