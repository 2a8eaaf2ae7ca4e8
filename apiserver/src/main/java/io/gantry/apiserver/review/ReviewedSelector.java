package io.gantry.apiserver.review;

import io.gantry.api.StatusException;
import io.gantry.api.authorization.v1.subjectaccessreview.FieldSelectorAttributes;
import io.gantry.api.authorization.v1.subjectaccessreview.FieldSelectorRequirement;
import io.gantry.api.authorization.v1.subjectaccessreview.LabelSelectorAttributes;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.meta.v1.LabelSelectorRequirement;
import io.gantry.api.selector.FieldSelector;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.api.validation.LabelValidation;
import io.gantry.api.validation.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A selector that a review of access asks about, as requests write it. What cannot be read of it is left out: then
/// the question is a broader one (upstream `registry/authorization/util`).
///
/// @param text empty where nothing is left
/// @param complete whether all of it could be read
record ReviewedSelector(String text, boolean complete) {
    private static final ReviewedSelector NONE = new ReviewedSelector("", true);

    static ReviewedSelector of(@Nullable FieldSelectorAttributes selector) {
        return selector == null
                ? NONE
                : of(selector.rawSelector(), FieldSelector::parse, selector.requirements(), ReviewedSelector::term);
    }

    static ReviewedSelector of(@Nullable LabelSelectorAttributes selector) {
        return selector == null
                ? NONE
                : of(selector.rawSelector(), LabelSelectors::parse, selector.requirements(), ReviewedSelector::term);
    }

    private static <T> ReviewedSelector of(
            @Nullable String raw, Consumer<String> parser, List<T> requirements, Function<T, Optional<String>> term) {
        return raw == null || raw.isEmpty() ? joined(requirements, term) : raw(raw, parser);
    }

    /// What a review says of what was left out; empty where nothing was.
    Optional<String> fault(String field) {
        return complete
                ? Optional.empty()
                : Optional.of("spec.resourceAttributes." + field + (text.isEmpty() ? "" : " partially")
                        + " ignored due to parse error");
    }

    private static ReviewedSelector raw(String text, Consumer<String> parser) {
        try {
            parser.accept(text);
        } catch (StatusException unreadable) {
            return new ReviewedSelector("", false);
        }
        return new ReviewedSelector(text, true);
    }

    private static <T> ReviewedSelector joined(List<T> requirements, Function<T, Optional<String>> term) {
        List<String> terms = new ArrayList<>();
        requirements.forEach(requirement -> term.apply(requirement).ifPresent(terms::add));
        return new ReviewedSelector(String.join(",", terms), terms.size() == requirements.size());
    }

    /// Fields are compared with one value.
    private static Optional<String> term(FieldSelectorRequirement requirement) {
        if (requirement.values().size() != 1) {
            return Optional.empty();
        }
        String value = requirement.values().getFirst().replaceAll("[\\\\,=]", "\\\\$0");
        return switch (References.text(requirement.operator())) {
            case "In" -> Optional.of(requirement.key() + "=" + value);
            case "NotIn" -> Optional.of(requirement.key() + "!=" + value);
            default -> Optional.empty();
        };
    }

    private static Optional<String> term(LabelSelectorRequirement requirement) {
        FieldErrors errors = new FieldErrors();
        LabelValidation.requirement(requirement, false, "", errors);
        if (!errors.isEmpty()) {
            return Optional.empty();
        }
        String values = requirement.values().stream().collect(Collectors.joining(",", "(", ")"));
        return switch (requirement.operator()) {
            case "In" -> Optional.of(requirement.key() + " in " + values);
            case "NotIn" -> Optional.of(requirement.key() + " notin " + values);
            case "Exists" -> Optional.of(requirement.key());
            case "DoesNotExist" -> Optional.of("!" + requirement.key());
            default -> Optional.empty();
        };
    }
}
