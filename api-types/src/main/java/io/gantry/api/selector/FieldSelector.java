package io.gantry.api.selector;

import io.gantry.api.StatusException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// A field selector: `metadata.name=x,status.phase!=Running`. All terms must hold.
///
/// @param terms empty for everything
public record FieldSelector(List<Term> terms) {
    public static final FieldSelector EVERYTHING = new FieldSelector(List.of());

    /// One comparison.
    ///
    /// @param equal true for `=`, false for `!=`
    public record Term(String field, boolean equal, String value) {}

    public FieldSelector {
        terms = List.copyOf(terms);
    }

    /// Reads the text form, with backslash escapes for `\`, `,` and `=`. Empty selects everything.
    ///
    /// @throws StatusException 400 in upstream's words
    public static FieldSelector parse(String text) {
        if (text.isEmpty()) {
            return EVERYTHING;
        }
        List<Term> terms = new ArrayList<>();
        for (String part : split(text)) {
            if (!part.isEmpty()) {
                terms.add(term(text, part));
            }
        }
        return new FieldSelector(terms);
    }

    /// Whether the fields are selected; a field that is absent is the empty text.
    public boolean matches(Map<String, String> fields) {
        for (Term term : terms) {
            if (fields.getOrDefault(term.field, "").equals(term.value) != term.equal) {
                return false;
            }
        }
        return true;
    }

    /// The same with other names of fields.
    public FieldSelector renamed(UnaryOperator<String> name) {
        return isEverything()
                ? this
                : new FieldSelector(terms.stream()
                        .map(term -> new Term(name.apply(term.field), term.equal, term.value))
                        .toList());
    }

    /// Whether everything is selected.
    public boolean isEverything() {
        return terms.isEmpty();
    }

    /// The one value that a field must have, if a term demands it.
    public Optional<String> requiredValue(String field) {
        return terms.stream()
                .filter(term -> term.equal && term.field.equals(field))
                .map(Term::value)
                .findFirst();
    }

    /// @throws StatusException 400 when a term names a field that cannot be selected by
    public void requireSupported(Set<String> fields) {
        requireSupported(fields, field -> "field label not supported: " + field);
    }

    /// As [#requireSupported(Set)], for a kind that has words of its own for a field that it does not know.
    ///
    /// @param unknown the message about a field
    public void requireSupported(Set<String> fields, UnaryOperator<String> unknown) {
        for (Term term : terms) {
            if (!fields.contains(term.field)) {
                throw StatusException.badRequest(unknown.apply(term.field));
            }
        }
    }

    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (escaped) {
                escaped = false;
            } else if (c == '\\') {
                escaped = true;
            } else if (c == ',') {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static Term term(String whole, String part) {
        int at = part.indexOf('=');
        int not = part.indexOf("!=");
        if (not >= 0 && not < at) {
            return new Term(part.substring(0, not), false, unescaped(part.substring(not + 2)));
        }
        if (at < 0) {
            throw StatusException.badRequest("invalid selector: '" + whole + "'; can't understand '" + part + "'");
        }
        int end = part.startsWith("==", at) ? at + 2 : at + 1;
        return new Term(part.substring(0, at), true, unescaped(part.substring(end)));
    }

    private static String unescaped(String value) {
        StringBuilder plain = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
                char next = i < value.length() ? value.charAt(i) : ' ';
                if (next != '\\' && next != ',' && next != '=') {
                    throw StatusException.badRequest("invalid field selector: invalid escape sequence: \\"
                            + (i < value.length() ? String.valueOf(next) : ""));
                }
                plain.append(next);
            } else if (c == ',' || c == '=') {
                throw StatusException.badRequest("invalid field selector: unescaped character in value: " + (int) c);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
