package io.gantry.controllermanager.garbagecollector;

import io.gantry.api.kind.Kind;
import io.gantry.client.PartialObjectMetadata;
import io.gantry.controllermanager.common.Discovery;
import java.util.List;
import java.util.Optional;

/// The resources that the server serves, as last discovered. Thread-safe.
final class Resources {
    private volatile List<Discovery.Served> served = List.of();

    void set(List<Discovery.Served> now) {
        served = List.copyOf(now);
    }

    /// The resource that an owner reference names, whatever the version it names.
    Optional<Kind<PartialObjectMetadata>> find(String apiVersion, String kindName) {
        String group = Kind.groupOf(apiVersion);
        return served.stream()
                .map(Discovery.Served::kind)
                .filter(kind -> kind.group().equals(group) && kind.name().equals(kindName))
                .findFirst();
    }
}
