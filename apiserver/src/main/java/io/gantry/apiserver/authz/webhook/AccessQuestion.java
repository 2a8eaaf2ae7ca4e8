package io.gantry.apiserver.authz.webhook;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.selector.FieldSelector;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.api.selector.Requirement;
import io.gantry.apiserver.authn.UserInfo;
import io.gantry.apiserver.authz.Attributes;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a webhook is asked: SubjectAccessReviews.
///
/// @param spec as `v1` has it
record AccessQuestion(ObjectNode spec) {
    /// As it is sent: what is empty is left out.
    static AccessQuestion of(Attributes attributes) {
        return new AccessQuestion(spec(attributes, false));
    }

    /// As conditions see it: with texts that are empty.
    static ObjectNode condition(Attributes attributes) {
        return spec(attributes, true);
    }

    /// The whole object.
    ///
    /// @param version `v1` or `v1beta1`, which says `group` for `groups`
    ObjectNode review(String version) {
        ObjectNode review = Json.MAPPER.createObjectNode();
        review.put("kind", "SubjectAccessReview").put("apiVersion", "authorization.k8s.io/" + version);
        review.putObject("metadata");
        ObjectNode sent = spec.deepCopy();
        if (version.equals("v1beta1") && sent.has("groups")) {
            sent.set("group", sent.remove("groups"));
        }
        review.set("spec", sent);
        review.putObject("status").put("allowed", false);
        return review;
    }

    private static ObjectNode spec(Attributes attributes, boolean all) {
        ObjectNode spec = Json.MAPPER.createObjectNode();
        if (attributes.resourceRequest()) {
            resource(spec.putObject("resourceAttributes"), attributes, all);
        } else {
            ObjectNode path = spec.putObject("nonResourceAttributes");
            put(path, "path", attributes.path(), all);
            put(path, "verb", attributes.verb(), all);
        }
        UserInfo user = attributes.user();
        put(spec, "user", user.name(), all);
        if (all || !user.groups().isEmpty()) {
            texts(spec.putArray("groups"), user.groups());
        }
        if (all || !user.extra().isEmpty()) {
            ObjectNode extra = spec.putObject("extra");
            for (Map.Entry<String, List<String>> entry : user.extra().entrySet()) {
                texts(extra.putArray(entry.getKey()), entry.getValue());
            }
        }
        put(spec, "uid", user.uid(), all);
        return spec;
    }

    private static void resource(ObjectNode tree, Attributes attributes, boolean all) {
        put(tree, "namespace", attributes.namespace(), all);
        put(tree, "verb", attributes.verb(), all);
        put(tree, "group", attributes.group(), all);
        put(tree, "version", attributes.version(), all);
        put(tree, "resource", attributes.resource(), all);
        put(tree, "subresource", attributes.subresource(), all);
        put(tree, "name", attributes.name(), all);
        fields(tree, attributes.fieldSelector());
        labels(tree, attributes.labelSelector());
    }

    /// A selector that cannot be read is refused later; here it only narrows, so it is left out, as upstream does.
    private static void fields(ObjectNode tree, String selector) {
        List<FieldSelector.Term> terms;
        try {
            terms = FieldSelector.parse(selector).terms();
        } catch (StatusException unreadable) {
            return;
        }
        if (!terms.isEmpty()) {
            ArrayNode requirements = tree.putObject("fieldSelector").putArray("requirements");
            for (FieldSelector.Term term : terms) {
                requirement(requirements, term.field(), term.equal() ? "In" : "NotIn", List.of(term.value()));
            }
        }
    }

    private static void labels(ObjectNode tree, String selector) {
        List<Requirement> known;
        try {
            known = LabelSelectors.parse(selector).requirements().stream()
                    .filter(requirement -> !operator(requirement).isEmpty())
                    .toList();
        } catch (StatusException unreadable) {
            return;
        }
        if (!known.isEmpty()) {
            ArrayNode requirements = tree.putObject("labelSelector").putArray("requirements");
            known.forEach(one -> requirement(requirements, one.key(), operator(one), one.values()));
        }
    }

    /// Empty for one that reviews have not.
    private static String operator(Requirement requirement) {
        return switch (requirement.operator()) {
            case EQUALS, IN -> "In";
            case NOT_EQUALS, NOT_IN -> "NotIn";
            case EXISTS -> "Exists";
            case DOES_NOT_EXIST -> "DoesNotExist";
            case GREATER_THAN, LESS_THAN -> "";
        };
    }

    private static void requirement(ArrayNode all, String key, String operator, List<String> values) {
        ObjectNode requirement = all.addObject().put("key", key).put("operator", operator);
        if (!values.isEmpty()) {
            texts(requirement.putArray("values"), values);
        }
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static void put(ObjectNode tree, String field, String value, boolean all) {
        if (all || !value.isEmpty()) {
            tree.put(field, value);
        }
    }
}
