package io.gantry.apiserver.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinksTest {
    private static final ProxiedLinks LINKS = new ProxiedLinks("/p", "10.0.0.1:80", "me:6443");

    @ParameterizedTest
    @CsvSource({
        "/a?b=c#d, /p/a?b=c#d",
        "/, /p/",
        "/p/a, /p/a",
        "a/b, a/b",
        "'', ''",
        "http://10.0.0.1:80/a, /p/a",
        "//10.0.0.1:80/a, /p/a",
        "https://me:6443/a, /p/a",
        "http://other/a, http://other/a",
        "mailto:x@y, mailto:x@y",
        "http://10.0.0.1:80, http://10.0.0.1:80"
    })
    void linksToTheSameServerLeadThroughTheProxy(String link, String wanted) {
        assertEquals(wanted, LINKS.rewrite(link));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            value = {
                "<a href=\"/x\">t</a>|<a href=\"/p/x\">t</a>",
                "<A HREF = '/x' id=1>|<A HREF = '/p/x' id=1>",
                "<img src=/x/y.png alt=/x />|<img src=/p/x/y.png alt=/x />",
                "<!-- <a href=\"/x\"> --><a href=\"/y\">|<!-- <a href=\"/x\"> --><a href=\"/p/y\">",
                "<script src=\"/x\">\"<a href='/y'>\"</script><link href=/z>"
                        + "|<script src=\"/p/x\">\"<a href='/y'>\"</script><link href=/p/z>",
                "a < b <br/> </p> <p title=\"/x\">|a < b <br/> </p> <p title=\"/x\">",
                "<a href=\"/x|<a href=\"/p/x",
                "<a disabled href>|<a disabled href>"
            })
    void linksOfAPageAreFound(String page, String wanted) {
        assertEquals(wanted, HtmlLinks.rewrite(page, LINKS::rewrite));
    }
}
