package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.selector.FieldSelector;
import io.gantry.api.selector.LabelSelectors;
import io.gantry.api.selector.Requirement;
import io.gantry.api.selector.Selector;
import io.gantry.apiserver.watch.Demand;
import io.gantry.apiserver.watch.Selection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Selectors of a request.
final class Selections {
    private static final Set<String> METADATA = Set.of("metadata.name", "metadata.namespace");

    private Selections() {}

    /// What a list, a watch or a delete-collection selects; [ConvertedFields] may say more.
    ///
    /// @throws StatusException 400 for a selector that cannot be read, names an unknown field, or is of
    /// objects that the path does not name
    static Selection of(Call call) {
        var query = call.request().query();
        Selector labels = LabelSelectors.parse(query.text("labelSelector"));
        FieldSelector asked = FieldSelector.parse(query.text("fieldSelector"));
        if (!asked.isEverything()) {
            Set<String> supported = supported(call);
            asked.requireSupported(supported, field -> unknown(call, supported, field));
        }
        FieldSelector fields = call.resource().conversion().remote()
                ? ConvertedFields.common(asked)
                : asked.renamed(call.resource().conversion()::storedField);
        String name = call.info().verb().equals("watch") ? call.info().name() : "";
        if (!name.isEmpty()
                && !asked.isEverything()
                && !asked.requiredValue("metadata.name").equals(Optional.of(name))) {
            throw StatusException.badRequest("fieldSelector metadata.name doesn't match requested name");
        }
        String prefix = call.namespace().isEmpty() ? "" : call.namespace() + "/";
        boolean everything = labels.isEverything() && asked.isEverything() && name.isEmpty();
        if (everything) {
            return new Selection(prefix, object -> true, false);
        }
        return new Selection(
                prefix,
                object -> (name.isEmpty() || object.name().equals(name))
                        && labels.matches(object.labels())
                        && (fields.isEverything() || fields.matches(object.fields())),
                true,
                demands(name, labels, fields));
    }

    private static List<Demand> demands(String name, Selector labels, FieldSelector fields) {
        List<Demand> demands = new ArrayList<>();
        if (!name.isEmpty()) {
            demands.add(new Demand(false, "metadata.name", List.of(name)));
        }
        for (FieldSelector.Term term : fields.terms()) {
            if (term.equal() && !term.value().isEmpty()) {
                demands.add(new Demand(false, term.field(), List.of(term.value())));
            }
        }
        for (Requirement requirement : labels.requirements()) {
            boolean equal = requirement.operator() == Requirement.Operator.EQUALS
                    || requirement.operator() == Requirement.Operator.IN;
            if (equal && !requirement.values().contains("")) {
                demands.add(new Demand(true, requirement.key(), requirement.values()));
            }
        }
        return demands;
    }

    /// Kinds without fields of their own are refused in the words of upstream's default conversion.
    private static String unknown(Call call, Set<String> supported, String field) {
        if (call.resource().is("batch", "jobs")) {
            return "field label \"" + field + "\" not supported for Job";
        }
        return call.resource().schema().custom() || !METADATA.containsAll(supported)
                ? "field label not supported: " + field
                : "\"" + field + "\" is not a known field selector: only \"metadata.name\", \"metadata.namespace\"";
    }

    private static Set<String> supported(Call call) {
        Set<String> fields = new HashSet<>(call.resource()
                .rules()
                .selectableFields(Json.MAPPER.createObjectNode())
                .keySet());
        fields.add("metadata.name");
        fields.add("metadata.namespace");
        return fields;
    }
}
