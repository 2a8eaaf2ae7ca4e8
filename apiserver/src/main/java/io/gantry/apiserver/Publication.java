package io.gantry.apiserver;

import io.gantry.api.kind.KindDefinition;
import io.gantry.apiserver.aggregation.Aggregation;
import io.gantry.apiserver.customresource.CustomResources;
import io.gantry.apiserver.discovery.BuiltInDiscovery;
import io.gantry.apiserver.discovery.Discovery;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import io.gantry.apiserver.openapi.OpenApi;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the server tells of itself: discovery and OpenAPI of the built-in and the custom resources, made anew at the
/// first question after something changed. Thread-safe.
final class Publication {
    private static final String VERSION = "v1.36.0";

    private final List<KindDefinition<?>> kinds;
    private final CustomResources customs;
    private final Aggregation aggregation;
    private final String address;
    private @Nullable Discovery discovery;
    private @Nullable OpenApi openApi;
    private long discovered = -1;
    private long documented = -1;

    /// @param address under which clients reach this server
    Publication(List<KindDefinition<?>> kinds, CustomResources customs, Aggregation aggregation, String address) {
        this.aggregation = aggregation;
        this.kinds = List.copyOf(kinds);
        this.customs = customs;
        this.address = address;
    }

    synchronized Discovery discovery() {
        long now = customs.generation() + aggregation.generation();
        Discovery made = discovery;
        if (made == null || discovered != now) {
            List<DiscoveryVersion> versions = own();
            versions.addAll(aggregation.discovery());
            made = new Discovery(versions, address, aggregation.priorities());
            discovery = made;
            discovered = now;
        }
        return made;
    }

    /// What this server serves itself.
    private List<DiscoveryVersion> own() {
        List<DiscoveryVersion> versions = new ArrayList<>(BuiltInDiscovery.versions(kinds));
        versions.addAll(customs.discovery());
        return versions;
    }

    synchronized OpenApi openApi() {
        long now = customs.generation();
        OpenApi made = openApi;
        if (made == null || documented != now) {
            List<DiscoveryVersion> versions = new Discovery(own(), address).versions();
            made = made == null
                    ? new OpenApi(versions, kinds, customs.definitions(), VERSION)
                    : made.changed(versions, kinds, customs.definitions());
            openApi = made;
            documented = now;
        }
        return made;
    }
}
