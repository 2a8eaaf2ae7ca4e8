package io.gantry.controllermanager.common;

import io.gantry.api.StatusException;
import io.gantry.api.kind.Kind;
import io.gantry.client.ApiClient;
import io.gantry.client.PartialObjectMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Which resources the server serves, built in and custom, each once in its preferred version.
public final class Discovery {
    private static final String AGGREGATED =
            "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json";

    private final ApiClient client;

    public Discovery(ApiClient client) {
        this.client = client;
    }

    /// A served resource.
    ///
    /// @param kind to read its metadata with
    public record Served(Kind<PartialObjectMetadata> kind, Set<String> verbs) {
        /// Whether objects of it can be listed, watched and deleted.
        public boolean isManaged() {
            return verbs.contains("list") && verbs.contains("watch") && verbs.contains("delete");
        }
    }

    /// What discovery found.
    ///
    /// @param failed groups that could not be asked, with why; objects of theirs may exist unseen
    public record Found(List<Served> resources, Map<String, String> failed) {}

    /// Asks the server; two requests where it answers aggregated discovery. Blocks.
    public Found discover() {
        List<Served> resources = new ArrayList<>();
        Map<String, String> failed = new LinkedHashMap<>();
        for (String root : List.of("/api", "/apis")) {
            JsonNode answer = client.rawAccepting(root, AGGREGATED);
            if (answer.path("kind").asString("").equals("APIGroupDiscoveryList")) {
                aggregated(answer, resources, failed);
            } else {
                plain(root, answer, resources, failed);
            }
        }
        return new Found(resources, failed);
    }

    private static void aggregated(JsonNode answer, List<Served> resources, Map<String, String> failed) {
        for (JsonNode group : answer.path("items")) {
            String name = group.path("metadata").path("name").asString("");
            Set<String> seen = new HashSet<>();
            for (JsonNode version : group.path("versions")) {
                if (version.path("freshness").asString("").equals("Stale")) {
                    failed.put(name, "stale GroupVersion discovery: " + name);
                }
                for (JsonNode resource : version.path("resources")) {
                    if (seen.add(resource.path("resource").asString(""))) {
                        resources.add(new Served(
                                PartialObjectMetadata.kind(
                                        name,
                                        version.path("version").asString(""),
                                        resource.path("responseKind")
                                                .path("kind")
                                                .asString(""),
                                        resource.path("resource").asString(""),
                                        resource.path("scope").asString("").equals("Namespaced")),
                                texts(resource.path("verbs"))));
                    }
                }
            }
        }
    }

    private void plain(String root, JsonNode answer, List<Served> resources, Map<String, String> failed) {
        if (root.equals("/api")) {
            version("", "v1", "/api/v1", new HashSet<>(), resources, failed);
            return;
        }
        for (JsonNode group : answer.path("groups")) {
            Set<String> seen = new HashSet<>();
            for (JsonNode version : group.path("versions")) {
                String path = "/apis/" + version.path("groupVersion").asString("");
                String name = group.path("name").asString("");
                version(name, version.path("version").asString(""), path, seen, resources, failed);
            }
        }
    }

    private void version(
            String group,
            String version,
            String path,
            Set<String> seen,
            List<Served> resources,
            Map<String, String> failed) {
        JsonNode list;
        try {
            list = client.raw(path);
        } catch (StatusException e) {
            failed.put(group, String.valueOf(e.getMessage()));
            return;
        }
        for (JsonNode resource : list.path("resources")) {
            String name = resource.path("name").asString("");
            if (!name.contains("/") && seen.add(name)) {
                resources.add(new Served(
                        PartialObjectMetadata.kind(
                                group,
                                version,
                                resource.path("kind").asString(""),
                                name,
                                resource.path("namespaced").asBoolean(false)),
                        texts(resource.path("verbs"))));
            }
        }
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(item -> texts.add(item.asString("")));
        return texts;
    }
}
