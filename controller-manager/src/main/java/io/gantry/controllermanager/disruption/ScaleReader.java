package io.gantry.controllermanager.disruption;

import static io.gantry.controllermanager.common.Fields.text;

import io.gantry.api.StatusException;
import io.gantry.api.autoscaling.v1.scale.Scale;
import io.gantry.api.kind.Kind;
import io.gantry.api.meta.v1.OwnerReference;
import io.gantry.client.ApiClient;
import io.gantry.client.PartialObjectMetadata;
import io.gantry.controllermanager.common.Discovery;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The sizes of owners of any kind, by their `scale` subresource. Thread-safe.
public final class ScaleReader {
    private final ApiClient client;
    private final Map<String, Kind<PartialObjectMetadata>> kinds = new ConcurrentHashMap<>();

    public ScaleReader(ApiClient client) {
        this.client = client;
    }

    /// The scale of an owner; empty when the owner is gone.
    ///
    /// @throws StatusException when owners of that kind have none
    Optional<Scale> read(String namespace, OwnerReference owner) {
        Kind<PartialObjectMetadata> kind = kind(owner.apiVersion(), owner.kind())
                .orElseThrow(() -> unknown(
                        "no matches for kind \"" + owner.kind() + "\" in version \"" + owner.apiVersion() + "\""));
        try {
            return Optional.of(client.resource(kind).get(namespace, owner.name(), "scale", Scale.class));
        } catch (StatusException e) {
            if (!e.isNotFound()) {
                throw e;
            }
            boolean served = e.status().details() != null
                    && !text(e.status().details().name()).isEmpty();
            if (!served) {
                throw unknown(kind.groupResource() + " does not implement the scale subresource");
            }
            return Optional.empty();
        }
    }

    /// It cannot be told how many pods there should be.
    static StatusException unknown(String why) {
        return StatusException.of(500, "InternalError", why, null);
    }

    /// The scale of an object; empty when it is gone or has none.
    public Optional<Scale> scale(String namespace, String apiVersion, String kindName, String name) {
        Optional<Kind<PartialObjectMetadata>> kind = kind(apiVersion, kindName);
        try {
            return kind.map(k -> client.resource(k).get(namespace, name, "scale", Scale.class));
        } catch (StatusException e) {
            if (e.isNotFound()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /// What serves a kind, in whatever version is preferred now.
    public Optional<Kind<PartialObjectMetadata>> kind(String apiVersion, String kindName) {
        String group = Kind.groupOf(apiVersion);
        String key = group + "/" + kindName;
        if (!kinds.containsKey(key)) {
            new Discovery(client)
                    .discover()
                    .resources()
                    .forEach(served -> kinds.putIfAbsent(
                            served.kind().group() + "/" + served.kind().name(), served.kind()));
        }
        return Optional.ofNullable(kinds.get(key));
    }
}
