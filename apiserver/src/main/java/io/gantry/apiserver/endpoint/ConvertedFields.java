package io.gantry.apiserver.endpoint;

import io.gantry.api.Json;
import io.gantry.api.selector.FieldSelector;
import io.gantry.apiserver.registry.ServedResource;
import io.gantry.apiserver.watch.CachedObject;
import java.util.ArrayList;
import java.util.List;

/// What a field selector asks of objects that another server converts: only their served version can answer it.
/// Blocks where the answer is not known yet.
///
/// @param terms none of them about `metadata`, which is the same in every version
record ConvertedFields(FieldSelector terms) {
    private static final String METADATA = "metadata.";

    /// What a request asks of served versions alone; nothing where no other server converts.
    static ConvertedFields of(Call call) {
        return new ConvertedFields(
                call.resource().conversion().remote()
                        ? part(FieldSelector.parse(call.request().query().text("fieldSelector")), false)
                        : new FieldSelector(List.of()));
    }

    /// What every version answers alike.
    static FieldSelector common(FieldSelector asked) {
        return part(asked, true);
    }

    private static FieldSelector part(FieldSelector asked, boolean metadata) {
        return new FieldSelector(asked.terms().stream()
                .filter(term -> term.field().startsWith(METADATA) == metadata)
                .toList());
    }

    boolean none() {
        return terms.isEverything();
    }

    boolean matches(ServedResource resource, CachedObject object) {
        return none()
                || terms.matches(
                        resource.rules().selectableFields(Json.MAPPER.readTree(Answers.served(resource, object))));
    }

    /// Those that match; they are converted together.
    List<CachedObject> among(ServedResource resource, Iterable<CachedObject> objects) {
        List<CachedObject> all = new ArrayList<>();
        objects.forEach(all::add);
        if (!none()) {
            Answers.served(resource, all);
            all.removeIf(object -> !matches(resource, object));
        }
        return all;
    }
}
