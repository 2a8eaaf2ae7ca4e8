package io.gantry.apiserver.customresource;

import io.gantry.api.StatusException;
import io.gantry.api.kind.FieldErrors;
import io.gantry.apiserver.endpoint.Call;
import io.gantry.apiserver.endpoint.WriteHook;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.watch.CacheFeed;
import io.gantry.store.Store;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What writing a CustomResourceDefinition does beside the object: rules in CEL are compiled, and the
/// answer waits until this server serves by the new definition.
public final class DefinitionWrites implements WriteHook {
    private static final Duration SERVED = Duration.ofSeconds(1);

    private final Store store;
    private final CacheFeed feed;
    private final SchemaRules.Compiler compiler;

    public DefinitionWrites(Store store, CacheFeed feed, SchemaRules.Compiler compiler) {
        this.store = store;
        this.feed = feed;
        this.compiler = compiler;
    }

    @Override
    public Completion before(Call call, ObjectNode object, Optional<ObjectNode> old, boolean dryRun) {
        if (call.info().subresource().isEmpty()) {
            check(call, object, old);
        }
        return written -> {
            if (written) {
                follow();
            }
        };
    }

    @Override
    public void deleted(ObjectNode object) {
        follow();
    }

    private void follow() {
        try {
            feed.await(store.currentRevision(), SERVED);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(Call call, ObjectNode object, Optional<ObjectNode> old) {
        FieldErrors errors = new FieldErrors();
        JsonNode versions = object.path("spec").path("versions");
        boolean common =
                versions.valueStream().map(DefinitionWrites::schema).distinct().count() == 1;
        for (int i = 0; i < (common ? 1 : versions.size()); i++) {
            JsonNode schema = schema(versions.get(i));
            String name = Trees.text(versions.get(i), "name");
            Optional<JsonNode> before = old.flatMap(o -> sameVersion(o, name));
            if (schema.isObject() && !before.equals(Optional.of(schema))) {
                String at = common ? "spec.validation" : "spec.versions[" + i + "].schema";
                compiler.check(schema, before, at + ".openAPIV3Schema", errors);
            }
        }
        if (errors.isEmpty()) {
            return;
        }
        // Whoever made several mistakes is told them all.
        FieldErrors all = new FieldErrors();
        call.resource().rules().validate(object, all);
        errors.all().forEach(all::add);
        throw StatusException.invalid(call.resource().group(), call.resource().kind(), Trees.name(object), all.all());
    }

    private static JsonNode schema(JsonNode version) {
        return version.path("schema").path("openAPIV3Schema");
    }

    private static Optional<JsonNode> sameVersion(JsonNode definition, String name) {
        for (JsonNode version : definition.path("spec").path("versions")) {
            if (Trees.text(version, "name").equals(name)) {
                return Optional.of(schema(version)).filter(JsonNode::isObject);
            }
        }
        return Optional.empty();
    }
}
