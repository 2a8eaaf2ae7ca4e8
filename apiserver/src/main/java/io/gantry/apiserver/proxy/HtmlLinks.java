package io.gantry.apiserver.proxy;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Finds the links of a page: attributes of tags that hold an URL. Everything else stays as it was written.
final class HtmlLinks {
    private static final Set<String> HREF = Set.of("href");
    private static final Set<String> SRC = Set.of("src");
    private static final Set<String> CITE = Set.of("cite");
    private static final Set<String> FRAME = Set.of("longdesc", "src");
    private static final Map<String, Set<String>> ATTRIBUTES = Map.ofEntries(
            Map.entry("a", HREF),
            Map.entry("applet", Set.of("codebase")),
            Map.entry("area", HREF),
            Map.entry("audio", SRC),
            Map.entry("base", HREF),
            Map.entry("blockquote", CITE),
            Map.entry("body", Set.of("background")),
            Map.entry("button", Set.of("formaction")),
            Map.entry("command", Set.of("icon")),
            Map.entry("del", CITE),
            Map.entry("embed", SRC),
            Map.entry("form", Set.of("action")),
            Map.entry("frame", FRAME),
            Map.entry("head", Set.of("profile")),
            Map.entry("html", Set.of("manifest")),
            Map.entry("iframe", FRAME),
            Map.entry("img", Set.of("longdesc", "src", "usemap")),
            Map.entry("input", Set.of("src", "usemap", "formaction")),
            Map.entry("ins", CITE),
            Map.entry("link", HREF),
            Map.entry("object", Set.of("classid", "codebase", "data", "usemap")),
            Map.entry("q", CITE),
            Map.entry("script", SRC),
            Map.entry("source", SRC),
            Map.entry("video", Set.of("poster", "src")));
    private static final Set<String> RAW_TEXT =
            Set.of("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes");

    private final String page;
    private final UnaryOperator<String> links;
    private final StringBuilder out;
    private int at;

    private HtmlLinks(String page, UnaryOperator<String> links) {
        this.page = page;
        this.links = links;
        this.out = new StringBuilder(page.length() + 256);
    }

    static String rewrite(String page, UnaryOperator<String> links) {
        HtmlLinks html = new HtmlLinks(page, links);
        html.run();
        return html.out.toString();
    }

    private void run() {
        while (at < page.length()) {
            int open = page.indexOf('<', at);
            copyTo(open < 0 ? page.length() : open);
            if (open < 0) {
                return;
            }
            if (page.startsWith("<!--", at)) {
                copyThrough("-->");
            } else if (at + 1 < page.length() && Character.isLetter(page.charAt(at + 1))) {
                tag();
            } else {
                copyTo(at + 1);
            }
        }
    }

    private void tag() {
        int from = at + 1;
        int end = from;
        while (end < page.length() && !isSpace(page.charAt(end)) && "/>".indexOf(page.charAt(end)) < 0) {
            end++;
        }
        String name = page.substring(from, end).toLowerCase(Locale.ROOT);
        copyTo(end);
        Set<String> wanted = ATTRIBUTES.getOrDefault(name, Set.of());
        while (at < page.length() && page.charAt(at) != '>') {
            attribute(wanted);
        }
        if (RAW_TEXT.contains(name)) {
            int close = page.toLowerCase(Locale.ROOT).indexOf("</" + name, at);
            copyTo(close < 0 ? page.length() : close);
        }
    }

    private void attribute(Set<String> wanted) {
        int end = at;
        while (end < page.length() && (isSpace(page.charAt(end)) || page.charAt(end) == '/')) {
            end++;
        }
        copyTo(end);
        while (end < page.length() && !isSpace(page.charAt(end)) && "=>/".indexOf(page.charAt(end)) < 0) {
            end++;
        }
        String name = page.substring(at, end).toLowerCase(Locale.ROOT);
        copyTo(end);
        end = spaces(end);
        if (end < page.length() && page.charAt(end) == '=') {
            copyTo(spaces(end + 1));
            value(wanted.contains(name));
        } else if (name.isEmpty() && end < page.length() && page.charAt(end) != '>') {
            copyTo(end + 1);
        }
    }

    private void value(boolean link) {
        char quote = at < page.length() ? page.charAt(at) : ' ';
        boolean quoted = quote == '"' || quote == '\'';
        int from = quoted ? at + 1 : at;
        int end = from;
        while (end < page.length()
                && (quoted ? page.charAt(end) != quote : !isSpace(page.charAt(end)) && page.charAt(end) != '>')) {
            end++;
        }
        copyTo(from);
        String text = page.substring(from, end);
        out.append(link ? links.apply(text) : text);
        at = end;
        if (quoted) {
            copyTo(Math.min(end + 1, page.length()));
        }
    }

    private int spaces(int from) {
        int end = from;
        while (end < page.length() && isSpace(page.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isSpace(char letter) {
        return letter == ' ' || letter == '\t' || letter == '\n' || letter == '\r' || letter == '\f';
    }

    private void copyThrough(String mark) {
        int end = page.indexOf(mark, at);
        copyTo(end < 0 ? page.length() : end + mark.length());
    }

    private void copyTo(int end) {
        out.append(page, at, end);
        at = end;
    }
}
