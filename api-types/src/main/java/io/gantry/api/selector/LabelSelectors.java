package io.gantry.api.selector;

import io.gantry.api.StatusException;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.meta.v1.LabelSelectorRequirement;
import io.gantry.api.selector.Requirement.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Label selectors as objects and as text.
public final class LabelSelectors {
    private LabelSelectors() {}

    /// Whether the labels are selected. No selector selects nothing, an empty one everything. Compiles
    /// nothing, so it is cheap for one look; keys and values are taken as they are, since stored
    /// selectors are valid.
    ///
    /// @throws StatusException 400 when an operator is unknown
    public static boolean matches(@Nullable LabelSelector selector, Map<String, String> labels) {
        if (selector == null) {
            return false;
        }
        for (Map.Entry<String, String> wanted : selector.matchLabels().entrySet()) {
            if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
                return false;
            }
        }
        for (LabelSelectorRequirement expression : selector.matchExpressions()) {
            Operator operator = operator(expression.operator());
            if (!new Requirement(expression.key(), operator, expression.values()).matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /// The compiled form; keep it where many objects are matched.
    ///
    /// @throws StatusException 400 when the selector is not valid
    public static Selector of(@Nullable LabelSelector selector) {
        if (selector == null) {
            return Selector.NOTHING;
        }
        List<Requirement> requirements = new ArrayList<>();
        selector.matchLabels()
                .forEach((key, value) -> requirements.add(Requirement.checked(key, Operator.EQUALS, List.of(value))));
        for (LabelSelectorRequirement expression : selector.matchExpressions()) {
            requirements.add(
                    Requirement.checked(expression.key(), operator(expression.operator()), expression.values()));
        }
        return new Selector(requirements, false);
    }

    /// Labels that must be equal, as in a Service's selector.
    public static Selector ofMap(Map<String, String> labels) {
        List<Requirement> requirements = new ArrayList<>();
        labels.forEach((key, value) -> requirements.add(new Requirement(key, Operator.EQUALS, List.of(value))));
        return new Selector(requirements, false);
    }

    /// Reads the text form: `a=b,c!=d,e in (f,g),!h,i>1`. Empty selects everything.
    ///
    /// @throws StatusException 400 in upstream's words
    public static Selector parse(String text) {
        return text.isBlank() ? Selector.EVERYTHING : new LabelSelectorParser(text).parse();
    }

    private static Operator operator(String name) {
        return switch (name) {
            case "In" -> Operator.IN;
            case "NotIn" -> Operator.NOT_IN;
            case "Exists" -> Operator.EXISTS;
            case "DoesNotExist" -> Operator.DOES_NOT_EXIST;
            case null, default ->
                throw StatusException.badRequest("\"" + name + "\" is not a valid label selector operator");
        };
    }
}
