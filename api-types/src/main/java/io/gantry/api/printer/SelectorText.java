package io.gantry.api.printer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Writes a label selector as one line (upstream `metav1.FormatLabelSelector`).
final class SelectorText {
    private SelectorText() {}

    private record Term(String key, String text) {}

    static String of(JsonNode selector) {
        List<Term> terms = new ArrayList<>();
        selector.path("matchLabels")
                .properties()
                .forEach(e -> terms.add(
                        new Term(e.getKey(), e.getKey() + "=" + e.getValue().asString(""))));
        selector.path("matchExpressions").forEach(e -> terms.add(term(e)));
        terms.sort(Comparator.comparing(Term::key));
        return terms.isEmpty()
                ? Cells.NONE
                : String.join(",", terms.stream().map(Term::text).toList());
    }

    private static Term term(JsonNode expression) {
        String key = expression.path("key").asString("");
        List<String> values = new ArrayList<>();
        expression.path("values").forEach(v -> values.add(v.asString("")));
        values.sort(null);
        String set = " (" + String.join(",", values) + ")";
        return new Term(
                key,
                switch (expression.path("operator").asString("")) {
                    case "In" -> key + " in" + set;
                    case "NotIn" -> key + " notin" + set;
                    case "Exists" -> key;
                    case "DoesNotExist" -> "!" + key;
                    default -> "<error>";
                });
    }
}
