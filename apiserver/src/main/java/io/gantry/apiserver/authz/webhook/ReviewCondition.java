package io.gantry.apiserver.authz.webhook;

import io.gantry.cel.CompileException;
import io.gantry.cel.Environment;
import io.gantry.cel.Expression;
import io.gantry.cel.eval.Activation;
import io.gantry.cel.eval.Evaluation;
import io.gantry.cel.type.DeclType;
import io.gantry.cel.value.JsonValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// A condition under which a webhook is asked, over the `request`: the spec of its SubjectAccessReview (upstream
/// `k8s.io/apiserver/pkg/authorization/cel`).
public record ReviewCondition(Expression compiled) {
    private static final DeclType STRING = DeclType.STRING;
    private static final DeclType STRINGS = list(STRING);

    /// Made with the first condition.
    private static final class Types {
        static final DeclType REQUEST = request();
        static final Environment ENVIRONMENT = Environment.of(Map.of("request", REQUEST.celType()), List.of(REQUEST));
    }

    /// @throws IllegalArgumentException when it cannot be compiled, or is no bool
    static ReviewCondition compile(String source) {
        try {
            Expression compiled = Types.ENVIRONMENT.compile(source);
            if (!compiled.resultTypeName().equals("bool")) {
                throw new IllegalArgumentException("must evaluate to bool but got " + compiled.resultTypeName());
            }
            return new ReviewCondition(compiled);
        } catch (CompileException e) {
            throw new IllegalArgumentException("compilation failed: " + e.issues(), e);
        }
    }

    /// Whether all hold. One that does not is enough, whatever becomes of the others.
    ///
    /// @param request with every field of texts, also empty ones
    /// @throws IllegalStateException when none is known not to hold, and one cannot be evaluated
    static boolean allHold(List<ReviewCondition> conditions, ObjectNode request) {
        Activation variables = Activation.of(Map.of("request", JsonValues.of(request, Types.REQUEST)));
        List<String> errors = new ArrayList<>();
        for (ReviewCondition condition : conditions) {
            Evaluation result = condition.compiled.evaluate(variables);
            if (result.failed()) {
                errors.add("cel evaluation error: expression '" + condition.compiled.source() + "' resulted in error: "
                        + result.error());
            } else if (!result.isTrue()) {
                return false;
            }
        }
        if (errors.isEmpty()) {
            return true;
        }
        throw new IllegalStateException(errors.size() == 1 ? errors.getFirst() : "[" + String.join(", ", errors) + "]");
    }

    private static DeclType request() {
        DeclType requirement =
                object("SelectorRequirement", Map.of("key", STRING, "operator", STRING, "values", STRINGS));
        Map<String, DeclType> selector = Map.of("rawSelector", STRING, "requirements", list(requirement));
        DeclType resource = object(
                "ResourceAttributes",
                Map.of(
                        "namespace",
                        STRING,
                        "verb",
                        STRING,
                        "group",
                        STRING,
                        "version",
                        STRING,
                        "resource",
                        STRING,
                        "subresource",
                        STRING,
                        "name",
                        STRING,
                        "fieldSelector",
                        object("FieldSelectorAttributes", selector),
                        "labelSelector",
                        object("LabelSelectorAttributes", selector)));
        return object(
                "SubjectAccessReviewSpec",
                Map.of(
                        "resourceAttributes",
                        resource,
                        "nonResourceAttributes",
                        object("NonResourceAttributes", Map.of("path", STRING, "verb", STRING)),
                        "user",
                        STRING,
                        "groups",
                        STRINGS,
                        "extra",
                        DeclType.map(STRINGS, Long.MAX_VALUE),
                        "uid",
                        STRING));
    }

    private static DeclType list(DeclType element) {
        return DeclType.list(element, Long.MAX_VALUE, DeclType.ListKind.ATOMIC, List.of());
    }

    private static DeclType object(String name, Map<String, DeclType> fields) {
        return DeclType.object("kubernetes." + name, fields, 2);
    }
}
