package io.gantry.apiserver.webhook;

import io.gantry.api.Json;
import io.gantry.api.meta.v1.LabelSelector;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.api.selector.Selector;
import io.gantry.apiserver.objects.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One webhook of a configuration.
///
/// @param configuration the configuration's name
/// @param id tells webhooks apart, also those with one name
/// @param ignoresFailure whether a failed call lets the request through
/// @param equivalent whether requests for other versions of a resource are meant, too
/// @param drySafe whether it may be called for a dry run
/// @param reviewVersion of AdmissionReview: the first that is known
/// @param reinvoked whether it is called again when a later one changed the object
record Hook(
        String configuration,
        String id,
        String name,
        ClientConfig client,
        List<HookRule> rules,
        boolean ignoresFailure,
        boolean equivalent,
        Selector namespaces,
        Selector objects,
        boolean drySafe,
        Duration timeout,
        String reviewVersion,
        boolean reinvoked,
        List<JsonNode> conditions) {
    private static final long TIMEOUT_SECONDS = 10;

    Hook {
        rules = List.copyOf(rules);
        conditions = List.copyOf(conditions);
    }

    /// Reads a configuration's webhooks, in the order in which they are called.
    static List<Hook> allOf(ObjectNode configuration) {
        List<Hook> all = new ArrayList<>();
        for (ObjectNode webhook : Trees.objects(configuration, "webhooks")) {
            all.add(of(Trees.name(configuration), all.size(), webhook));
        }
        return all;
    }

    /// Reads one of a configuration's webhooks.
    ///
    /// @param index its place
    static Hook of(String configuration, int index, ObjectNode tree) {
        String name = Trees.text(tree, "name");
        String effects = Trees.text(tree, "sideEffects");
        List<String> versions = Trees.texts(tree, "admissionReviewVersions");
        return new Hook(
                configuration,
                configuration + "/" + name + "/" + index,
                name,
                ClientConfig.of(tree.path("clientConfig")),
                Trees.list(tree, "rules").stream().map(HookRule::of).toList(),
                Trees.text(tree, "failurePolicy").equals("Ignore"),
                !Trees.text(tree, "matchPolicy").equals("Exact"),
                selector(tree.path("namespaceSelector")),
                selector(tree.path("objectSelector")),
                effects.equals("None") || effects.equals("NoneOnDryRun"),
                Duration.ofSeconds(tree.path("timeoutSeconds").asLong(TIMEOUT_SECONDS)),
                versions.stream()
                        .filter(version -> version.equals("v1") || version.equals("v1beta1"))
                        .findFirst()
                        .orElse("v1"),
                Trees.text(tree, "reinvocationPolicy").equals("IfNeeded"),
                Trees.list(tree, "matchConditions"));
    }

    private static Selector selector(JsonNode tree) {
        return tree.isObject()
                ? LabelSelectors.of(Json.MAPPER.treeToValue(tree, LabelSelector.class))
                : Selector.EVERYTHING;
    }
}
