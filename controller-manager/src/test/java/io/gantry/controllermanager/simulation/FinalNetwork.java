package io.gantry.controllermanager.simulation;

import io.gantry.api.core.v1.endpoints.EndpointsKind;
import io.gantry.api.core.v1.namespace.NamespaceKind;
import io.gantry.api.core.v1.pod.PodKind;
import io.gantry.api.core.v1.resourcequota.ResourceQuotaKind;
import io.gantry.api.core.v1.service.ServiceKind;
import io.gantry.api.core.v1.serviceaccount.ServiceAccountKind;
import io.gantry.api.discovery.v1.endpointslice.EndpointSliceKind;
import io.gantry.api.kind.Kind;
import io.gantry.api.policy.v1.poddisruptionbudget.PodDisruptionBudgetKind;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What controllers say of pods must be true of them in the end: endpoints, budgets, quotas; and every namespace has
/// its account.
final class FinalNetwork {
    private final MemoryApi api;
    private final List<String> wrong = new ArrayList<>();

    private FinalNetwork(MemoryApi api) {
        this.api = api;
    }

    static List<String> complaints(MemoryApi api) {
        FinalNetwork state = new FinalNetwork(api);
        api.all(ServiceKind.KIND).forEach(state::service);
        api.all(PodDisruptionBudgetKind.KIND).forEach(state::budget);
        api.all(ResourceQuotaKind.KIND).forEach(state::quota);
        for (ObjectNode namespace : api.all(NamespaceKind.KIND)) {
            if (api.find(ServiceAccountKind.KIND, name(namespace), "default").isEmpty()) {
                state.wrong.add("namespace " + name(namespace) + " has no service account");
            }
        }
        return state.wrong;
    }

    private List<ObjectNode> in(Kind<?> kind, ObjectNode like) {
        return api.all(kind).stream()
                .filter(o -> namespace(o).equals(namespace(like)))
                .toList();
    }

    private TreeSet<String> ready(ObjectNode of, String app) {
        TreeSet<String> names = new TreeSet<>();
        for (ObjectNode pod : in(PodKind.KIND, of)) {
            if (pod.at("/metadata/labels/app").asString("").equals(app)
                    && pod.path("status").path("phase").asString("").equals("Running")) {
                names.add(name(pod));
            }
        }
        return names;
    }

    /// A service whose endpoints somebody wrote: the slices say the same.
    private void mirrored(ObjectNode service) {
        List<String> given = new ArrayList<>();
        in(EndpointsKind.KIND, service).stream()
                .filter(e -> name(e).equals(name(service)))
                .forEach(e -> e.path("subsets")
                        .valueStream()
                        .forEach(s -> s.path("addresses")
                                .valueStream()
                                .forEach(a -> given.add(a.path("ip").asString("")))));
        List<String> inSlices = new ArrayList<>();
        in(EndpointSliceKind.KIND, service).stream()
                .filter(s -> s.at("/metadata/labels/kubernetes.io~1service-name")
                        .asString("")
                        .equals(name(service)))
                .forEach(s -> s.path("endpoints")
                        .valueStream()
                        .forEach(e -> e.path("addresses").valueStream().forEach(a -> inSlices.add(a.asString("")))));
        check("mirrored slices of " + name(service), sorted(given), sorted(inSlices));
    }

    private void service(ObjectNode service) {
        if (service.path("spec").path("selector").isEmpty()) {
            mirrored(service);
            return;
        }
        List<String> inSlices = new ArrayList<>();
        for (ObjectNode slice : in(EndpointSliceKind.KIND, service)) {
            if (slice.path("metadata")
                    .path("labels")
                    .path("kubernetes.io/service-name")
                    .asString("")
                    .equals(name(service))) {
                slice.path("endpoints")
                        .valueStream()
                        .filter(e -> e.at("/conditions/ready").asBoolean(false))
                        .forEach(e -> inSlices.add(e.at("/targetRef/name").asString("")));
            }
        }
        List<String> inEndpoints = new ArrayList<>();
        for (ObjectNode endpoints : in(EndpointsKind.KIND, service)) {
            if (name(endpoints).equals(name(service))) {
                for (JsonNode subset : endpoints.path("subsets")) {
                    subset.path("addresses")
                            .valueStream()
                            .forEach(
                                    a -> inEndpoints.add(a.at("/targetRef/name").asString("")));
                }
            }
        }
        List<String> wanted =
                List.copyOf(ready(service, service.at("/spec/selector/app").asString("")));
        check("slices of " + name(service), wanted, sorted(inSlices));
        check("endpoints of " + name(service), wanted, sorted(inEndpoints));
    }

    private void budget(ObjectNode budget) {
        int healthy = ready(budget, budget.at("/spec/selector/matchLabels/app").asString(""))
                .size();
        check(
                "healthy pods of budget " + name(budget),
                healthy,
                budget.at("/status/currentHealthy").asInt(0));
        check(
                "generation of budget " + name(budget),
                budget.at("/metadata/generation").asInt(0),
                budget.at("/status/observedGeneration").asInt(0));
        check(
                "disrupted pods of budget " + name(budget),
                0,
                budget.at("/status/disruptedPods").size());
    }

    private void quota(ObjectNode quota) {
        long alive = in(PodKind.KIND, quota).stream()
                .map(p -> p.path("status").path("phase").asString(""))
                .filter(phase -> !phase.equals("Succeeded") && !phase.equals("Failed"))
                .count();
        check(
                "pods of quota " + name(quota),
                Long.toString(alive),
                quota.at("/status/used/pods").asString(""));
    }

    private void check(String what, Object wanted, Object is) {
        if (!wanted.equals(is)) {
            wrong.add(what + ": " + is + " instead of " + wanted);
        }
    }

    private static List<String> sorted(List<String> names) {
        return names.stream().sorted().toList();
    }

    private static String name(ObjectNode object) {
        return object.path("metadata").path("name").asString("");
    }

    private static String namespace(ObjectNode object) {
        return object.path("metadata").path("namespace").asString("");
    }
}
