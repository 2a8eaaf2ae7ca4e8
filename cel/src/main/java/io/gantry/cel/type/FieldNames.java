package io.gantry.cel.type;

import java.util.Optional;
import java.util.Set;

/// Field names as CEL can spell them (upstream `k8s.io/apiserver/pkg/cel/escaping.go`): `namespace` is `__namespace__`,
/// `x-y` is `x__dash__y`.
public final class FieldNames {
    private static final Set<String> RESERVED = Set.of(
            "true",
            "false",
            "null",
            "in",
            "as",
            "break",
            "const",
            "continue",
            "else",
            "for",
            "function",
            "if",
            "import",
            "let",
            "loop",
            "package",
            "namespace",
            "return",
            "var",
            "void",
            "while");

    private FieldNames() {}

    /// The escaped name; empty when CEL cannot spell the field.
    public static Optional<String> escape(String name) {
        if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
            return Optional.empty();
        }
        if (RESERVED.contains(name)) {
            return Optional.of("__" + name + "__");
        }
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            switch (c) {
                case '.' -> escaped.append("__dot__");
                case '-' -> escaped.append("__dash__");
                case '/' -> escaped.append("__slash__");
                case '_' -> {
                    if (name.startsWith("__", i)) {
                        escaped.append("__underscores__");
                        i++;
                    } else {
                        escaped.append(c);
                    }
                }
                default -> {
                    if (c > 'z' || !Character.isLetterOrDigit(c)) {
                        return Optional.empty();
                    }
                    escaped.append(c);
                }
            }
        }
        return Optional.of(escaped.toString());
    }

    /// The escaped form of a name that is one of CEL's own words, `__namespace__` of `namespace`; else the name. As a
    /// field such a word can be spelled as it is, too (upstream's `RecognizeKeywordAsFieldName`).
    public static String ofWord(String name) {
        return RESERVED.contains(name) ? "__" + name + "__" : name;
    }

    /// The field behind an escaped name; the name itself when it is not escaped.
    public static String unescape(String escaped) {
        if (!escaped.contains("__")) {
            return escaped;
        }
        if (escaped.startsWith("__")
                && escaped.endsWith("__")
                && escaped.length() > 4
                && RESERVED.contains(escaped.substring(2, escaped.length() - 2))) {
            return escaped.substring(2, escaped.length() - 2);
        }
        StringBuilder name = new StringBuilder();
        int at = 0;
        while (at < escaped.length()) {
            int end = escaped.startsWith("__", at) ? escaped.indexOf("__", at + 2) : -1;
            String plain = end < 0 ? "" : plain(escaped.substring(at + 2, end));
            if (plain.isEmpty()) {
                name.append(escaped.charAt(at++));
            } else {
                name.append(plain);
                at = end + 2;
            }
        }
        return name.toString();
    }

    private static String plain(String directive) {
        return switch (directive) {
            case "underscores" -> "__";
            case "dot" -> ".";
            case "dash" -> "-";
            case "slash" -> "/";
            default -> "";
        };
    }
}
