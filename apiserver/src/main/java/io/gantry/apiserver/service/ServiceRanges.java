package io.gantry.apiserver.service;

import io.gantry.api.Json;
import io.gantry.apiserver.watch.CachedObject;
import io.gantry.apiserver.watch.SortedObjects;
import io.gantry.apiserver.watch.WatchCache;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The ranges that cluster IPs come from: the server's own, and those of ServiceCIDR objects that are ready.
/// Thread-safe.
final class ServiceRanges {
    private static final Logger LOG = LoggerFactory.getLogger(ServiceRanges.class);

    private final IpRange own;
    private final WatchCache cidrs;
    private volatile Known known = new Known(SortedObjects.EMPTY, List.of());

    private record Known(SortedObjects objects, List<IpRange> ranges) {}

    ServiceRanges(IpRange own, WatchCache cidrs) {
        this.own = own;
        this.cidrs = cidrs;
    }

    IpRange own() {
        return own;
    }

    boolean contains(String ip) {
        return all().stream().anyMatch(range -> range.contains(ip));
    }

    List<IpRange> all() {
        cidrs.load();
        SortedObjects objects = cidrs.snapshot().objects();
        Known seen = known;
        if (seen.ranges().isEmpty() || seen.objects() != objects) {
            seen = new Known(objects, read(objects));
            known = seen;
        }
        return seen.ranges();
    }

    private List<IpRange> read(SortedObjects objects) {
        List<IpRange> ranges = new ArrayList<>(List.of(own));
        for (CachedObject object : objects.all()) {
            JsonNode tree = Json.MAPPER.readTree(object.json());
            if (isReady(tree)) {
                tree.path("spec").path("cidrs").forEach(cidr -> add(ranges, cidr.asString("")));
            }
        }
        return List.copyOf(ranges);
    }

    private void add(List<IpRange> ranges, String cidr) {
        try {
            IpRange range = IpRange.parse(cidr);
            if (!ranges.contains(range)) {
                ranges.add(range);
            }
        } catch (IllegalArgumentException e) {
            LOG.debug("no IPv4 range that services can have addresses of: {}", cidr, e);
        }
    }

    /// One without the condition counts as ready, as upstream has it for clusters without the controller.
    private static boolean isReady(JsonNode cidr) {
        if (cidr.path("metadata").has("deletionTimestamp")) {
            return false;
        }
        for (JsonNode condition : cidr.path("status").path("conditions")) {
            if (condition.path("type").asString("").equals("Ready")) {
                return condition.path("status").asString("").equals("True");
            }
        }
        return true;
    }
}
