package io.gantry.controllermanager.namespace;

import static io.gantry.controllermanager.common.Fields.number;

import io.gantry.api.StatusException;
import io.gantry.client.ApiClient;
import io.gantry.client.Deletion;
import io.gantry.client.ListOptions;
import io.gantry.client.ObjectKey;
import io.gantry.client.PartialObjectMetadata;
import io.gantry.client.Resource;
import io.gantry.controllermanager.common.Discovery;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One pass over everything in a namespace: deletes what is not going yet and counts what is left. Pods go first; the
/// rest only when they are gone (upstream's ordered deletion), so that network policies outlive what they protect.
final class ContentDeleter {
    private final ApiClient client;
    private final Discovery discovery;

    ContentDeleter(ApiClient client) {
        this.client = client;
        this.discovery = new Discovery(client);
    }

    private static final class Pass {
        final Map<String, Integer> counts = new LinkedHashMap<>();
        final Map<String, Integer> finalizers = new LinkedHashMap<>();
        final Map<String, String> failures = new LinkedHashMap<>();
        long grace;

        Remaining remaining(Map<String, String> undiscovered) {
            return new Remaining(counts, finalizers, failures, undiscovered, grace);
        }
    }

    /// Blocks; failures of single resources are part of the answer.
    Remaining delete(String namespace) {
        Discovery.Found found = discovery.discover();
        List<Discovery.Served> namespaced = found.resources().stream()
                .filter(r -> r.kind().namespaced())
                .filter(r -> r.verbs().contains("list") && r.verbs().contains("delete"))
                .toList();
        Pass pass = new Pass();
        namespaced.stream().filter(ContentDeleter::isPods).forEach(r -> empty(namespace, r, pass));
        if (pass.counts.isEmpty() && pass.failures.isEmpty()) {
            namespaced.stream().filter(r -> !isPods(r)).forEach(r -> empty(namespace, r, pass));
        }
        return pass.remaining(found.failed());
    }

    private static boolean isPods(Discovery.Served resource) {
        return resource.kind().group().isEmpty() && resource.kind().plural().equals("pods");
    }

    private void empty(String namespace, Discovery.Served served, Pass pass) {
        String name = served.kind().groupResource();
        Resource<PartialObjectMetadata> resource =
                client.resource(served.kind()).withoutManagedFields();
        try {
            List<PartialObjectMetadata> objects =
                    resource.list(ListOptions.inNamespace(namespace)).items();
            boolean fresh = objects.stream().anyMatch(o -> o.metadata().deletionTimestamp() == null);
            if (fresh) {
                deleteAll(namespace, served, resource, objects);
                objects = resource.list(ListOptions.inNamespace(namespace)).items();
            }
            count(name, objects, pass);
        } catch (StatusException e) {
            if (!e.isNotFound() && e.code() != 405) {
                pass.failures.put(name, String.valueOf(e.getMessage()));
            }
        }
    }

    private static void deleteAll(
            String namespace,
            Discovery.Served served,
            Resource<PartialObjectMetadata> resource,
            List<PartialObjectMetadata> objects) {
        if (served.verbs().contains("deletecollection")) {
            resource.deleteCollection(ListOptions.inNamespace(namespace), Deletion.background());
            return;
        }
        for (PartialObjectMetadata object : objects) {
            try {
                resource.delete(namespace, ObjectKey.of(object).name(), Deletion.background());
            } catch (StatusException e) {
                if (!e.isNotFound()) {
                    throw e;
                }
            }
        }
    }

    private static void count(String name, List<PartialObjectMetadata> objects, Pass pass) {
        for (PartialObjectMetadata object : objects) {
            pass.counts.merge(name, 1, Integer::sum);
            object.metadata().finalizers().forEach(f -> pass.finalizers.merge(f, 1, Integer::sum));
            pass.grace = Math.max(pass.grace, number(object.metadata().deletionGracePeriodSeconds()));
        }
    }
}
