package io.gantry.controllermanager.podautoscaler;

import static io.gantry.controllermanager.common.Fields.number;
import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.autoscaling.v1.scale.Scale;
import io.gantry.api.autoscaling.v1.scale.ScaleBuilder;
import io.gantry.api.autoscaling.v1.scale.ScaleSpec;
import io.gantry.api.autoscaling.v2.horizontalpodautoscaler.CrossVersionObjectReference;
import io.gantry.api.kind.Kind;
import io.gantry.client.ApiClient;
import io.gantry.client.PartialObjectMetadata;
import io.gantry.client.Resource;
import io.gantry.controllermanager.disruption.ScaleReader;

/// What autoscalers scale: anything with a scale. Thread-safe; blocks.
final class ScaleTargets {
    private static final int ATTEMPTS = 5;

    private final ApiClient client;
    private final ScaleReader kinds;

    ScaleTargets(ApiClient client, ScaleReader kinds) {
        this.client = client;
        this.kinds = kinds;
    }

    /// @throws StatusException when it cannot be read, in upstream's words
    Scale read(String namespace, CrossVersionObjectReference target) {
        return resource(target).get(namespace, target.name(), "scale", Scale.class);
    }

    /// Sets the size, whatever else somebody writes meanwhile.
    ///
    /// @throws StatusException when it cannot be written
    void write(String namespace, CrossVersionObjectReference target, Scale scale, int replicas) {
        Resource<PartialObjectMetadata> resource = resource(target);
        Scale latest = scale;
        for (int attempt = 1; ; attempt++) {
            try {
                resource.put(
                        namespace,
                        target.name(),
                        "scale",
                        ScaleBuilder.builder(latest)
                                .spec(new ScaleSpec(replicas))
                                .build(),
                        Scale.class);
                return;
            } catch (StatusException e) {
                if (!e.isConflict() || attempt == ATTEMPTS) {
                    throw e;
                }
                latest = read(namespace, target);
            }
        }
    }

    private Resource<PartialObjectMetadata> resource(CrossVersionObjectReference target) {
        String apiVersion = text(target.apiVersion());
        return client.resource(kinds.kind(apiVersion, target.kind())
                .orElseThrow(() -> StatusException.of(
                        500,
                        "InternalError",
                        "no matches for kind \"" + target.kind() + "\" in group \"" + Kind.groupOf(apiVersion) + "\"",
                        null)));
    }

    static int wanted(Scale scale) {
        return number(scale.spec().replicas());
    }
}
