//! Tables of tags and what they become.

use super::expand;

fn all(cases: &[(&str, &str)]) {
    for (body, expected) in cases {
        assert_eq!(expand(body).text, *expected, "{body:?}");
    }
}

#[test]
fn addresses_of_tags_stand_bare_where_an_address_stands() {
    all(&[
        ("[a]({{< relref \"b c.md#d\" >}})", "[a](relref:b%20c.md#d)"),
        ("[a]: {{% ref \"b.md\" %}}\n", "[a]: relref:b.md\n"),
        ("[a](<{{< ref \"b.md\" >}}>)", "[a](<relref:b.md>)"),
        ("[a]({{ site.url }}{% post_url b %}#c)", "[a](relref:b#c)"),
        ("<a href=\"{{ site.baseurl }}/b\">", "<a href=\"/b\">"),
        ("![a]({{ '/b c.png' | relative_url }})", "![a](/b%20c.png)"),
        ("[a]({{ site.repository }}/b)", "[a]({{site.repository}}/b)"),
        ("a {{< ref \"b\" >}}", "a <a href=\"relref:b\">b</a>"),
        ("{{< ref >}}", "relref:"),
        ("x\n[^n]: Note\n[a]: b.html\n", "x\n[^n]: Note\n\n[a]: b.html\n"),
        ("x\n[^n]: Note\n[^m]: Note\n", "x\n[^n]: Note\n[^m]: Note\n"),
    ]);
}

#[test]
fn what_is_no_tag_stays() {
    for body in [
        "a {{ b",
        "a {% %} b",
        "`{{< a >}}` and ``{% b %}``",
        "    {{< a >}}\n",
        "```\n{% a %}\n:::note\n```\n",
        "{:?} and {:x}",
        "import duties from Japan",
        "import it from 'there' or not",
        "export const is a phrase",
        "an <IP address> of <Insert Name Here>",
        "a Vec<T> of <Name>",
        ":::\n",
        ":::note\nnever ended",
        "a ::: b",
        "![[",
        "50%% and 60%%",
        "%%\nnever ended",
        "> [!NOTE]\n> a",
        "> [!a](b)",
        "<div style={{width: \"1\"}}>",
        "{{ #include <cmath> }}",
    ] {
        assert_eq!(expand(body).text, body);
    }
}

#[test]
fn every_line_of_a_quote_has_its_signs() {
    all(&[
        ("{{% note %}}a{{% /note %}}\n", "> [!NOTE]\n> a\n\n"),
        (":::tip[*T* **U**]\na\n:::\n", "> [!TIP]\n> ***T* U**\n> \n> a\n\n"),
        (":::tip T\na\n\nb\n:::\nc\n", "> [!TIP]\n> **T**\n> \n> a\n> \n> b\n\nc\n"),
        ("- :::note\n  a\n  :::\n", "- > [!NOTE]\n  > a\n  \n"),
        ("> {% note %}\n> a\n> {% endnote %}\n", "> > [!NOTE]\n> > a\n> \n"),
        ("::::note\n:::tip\na\n:::\nb\n::::\n", "> [!NOTE]\n> > [!TIP]\n> > a\n> \n> b\n\n"),
        ("> [!faq]- A?\n> b\n", "> **Faq: A?**\n> \n> b\n"),
    ]);
}

#[test]
fn tags_that_cross_end_each_other_and_lose_no_word() {
    all(&[
        (
            "{{% note %}}\n{% tip %}\na\n{{% /note %}}\nb {% endtip %} c\n",
            "> [!NOTE]\n> <reread-tag>tip</reread-tag>\n> \n> a\n\nb  c\n",
        ),
        ("{% endif %}a{{< /b >}}\n", "a\n"),
        ("- {% a %}\n- {% b %}\n", "- <reread-tag>a</reread-tag>\n- <reread-tag>b</reread-tag>\n"),
        ("{% a %}\nb\n", "<reread-tag>a</reread-tag>\n\nb\n"),
        ("{{< a >}}b{{< c >}}d{{< /a >}}\n", "<reread-tag>a</reread-tag>b<reread-tag>c</reread-tag>d\n"),
    ]);
}

#[test]
fn code_of_tags_becomes_a_fence_that_nothing_ends() {
    all(&[
        ("{% highlight c++ %}\na\n{% endhighlight %}\n", "```c++\na\n```\n\n"),
        ("{% highlight sh %}\n```\n{% endhighlight %}\n", "````sh\n```\n````\n\n"),
        ("  {{< highlight go >}}\n  a\n      {{< /highlight >}}\n", "  ```go\n  a\n  ```\n  \n"),
        ("a {% highlight c %}b`{% endhighlight %} d", "a ``` b` ``` d"),
        (
            "{% codeblock T lang:c http://a/ l %}\nb\n{% endcodeblock %}",
            "**T** <a href=\"http://a/\">l</a>\n\n```c\nb\n```\n",
        ),
        ("{% raw %}{{ a }}{% b %}{% endraw %}", "{{ a }}{% b %}"),
        ("a{% comment %}{% b %}{% endcomment %}c", "ac"),
    ]);
}

#[test]
fn authors_text_cannot_leave_its_attribute() {
    let text = expand("{{< figure src='x\"><b' alt=\"*a* <i> & \\\" >}}").text.into_owned();
    assert_eq!(text.matches('<').count(), 3, "{text}");
    assert!(!text.contains('*'), "{text}");
}

#[test]
fn a_caption_is_markdown_and_stands_below_where_it_is_more_than_words() {
    all(&[
        ("a {{< figure src=\"b.png\" caption=\"C D\" >}}", "a <img src=\"b.png\" alt=\"C D\">"),
        (
            "a {{< figure src=\"b.png\" caption=\"*C* D\" attr=\"[E](f)\" >}}",
            "a <figure><img src=\"b.png\" alt=\"\"><figcaption><em>C</em> D <a href=\"f\">E</a></figcaption></figure>",
        ),
        (
            "a {{< figure src=\"b.png\" alt=\"C\" title=\"*T*\" caption=\"<b\" >}}",
            "a <figure><img src=\"b.png\" alt=\"C\"><figcaption>&#42;T&#42; &#60;b</figcaption></figure>",
        ),
    ]);
}

#[test]
fn lines_for_machines_vanish() {
    all(&[
        ("{/* truncate */}\na", "\na"),
        ("[[_TOC_]]\n", "\n"),
        ("* any words\n{:toc}\n", "\n"),
        ("- a\n{: .b}\n- c\n", "- a\n- c\n"),
        ("# a\n{: #b}\n", "# a {#b}\n"),
        ("# a\r\n{: #b}\r\n", "# a {#b}\r\n"),
        ("# a\n\n{: #b}\n", "# a\n\n\n"),
        ("a{: .b} c {::nomarkdown}d{:/}", "a c d"),
        ("%% a %%\nb\n", "\nb\n"),
        ("import A from './a';\nimport {\n  b\n} from \"c\"\n\nd", "\n\n\nd"),
        ("export const a = 1\n\nb", "\n\nb"),
        ("<Ab b=\"c\" />d<E f={g}>h</E>", "dh"),
    ]);
}

#[test]
fn no_text_grows_beyond_a_multiple_of_its_length() {
    for unit in
        ["{{<", "{%", "{{", ":::", "{:", "{:.a}", ":::note\n", "{% raw %}", "{% raw %}{% code %}", "![[", "%%\n"]
            .into_iter()
            .chain([
                "<A b={",
                "<A>",
                "<A b=\"",
                "{/*",
                "{::comment}",
                "{{< a\n\n",
                "{{a}}",
                "{% note %}\n",
                "import {\n",
            ])
            .chain(["> {% note %}{% a \" ' %}\n", "{% details %}\n", "> [!a] b\n", "* a\n{:toc}\n", "{% endraw %}"])
    {
        let body = unit.repeat(50_000 / unit.len());
        for end in ["", ">}} %}} %} }} */} ]] </A> {:/}\n%%"] {
            let text = expand(&(body.clone() + end)).text.into_owned();
            assert!(text.len() < 60 * body.len(), "{unit:?}: {} bytes", text.len());
        }
    }
}
