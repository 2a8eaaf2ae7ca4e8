package io.gantry.apiserver.discovery;

import io.gantry.api.Json;
import io.gantry.api.negotiation.MediaType;
import io.gantry.api.negotiation.YamlWriter;
import io.gantry.apiserver.negotiation.Accept;
import io.gantry.apiserver.negotiation.Document;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Answers discovery for one snapshot of what is served: `/api`, `/apis` and everything directly below, in the plain
/// form and, for the first two, in the aggregated one. Thread-safe; documents are made at their first use and kept.
/// When resource definitions or API services change, make a new one.
public final class Discovery {
    private static final String JSON = "application/json";
    private static final String AGGREGATED = "application/json;g=apidiscovery.k8s.io;v=%s;as=APIGroupDiscoveryList";

    private record Cached(byte[] body, String hash) {}

    private final Map<String, Map<String, DiscoveryVersion>> groups;
    private final DiscoveryWriter writer;
    private final Map<String, Cached> documents = new ConcurrentHashMap<>();

    /// @param versions everything served, in any order; the preferred version of a group is the first by [VersionOrder]
    /// @param serverAddress `host:port` under which clients reach this server
    public Discovery(Collection<DiscoveryVersion> versions, String serverAddress) {
        this(versions, serverAddress, Map.of());
    }

    /// @param priorities of groups that are not built in; those with the greatest come first
    public Discovery(Collection<DiscoveryVersion> versions, String serverAddress, Map<String, Integer> priorities) {
        groups = new TreeMap<>(GroupOrder.of(priorities));
        for (DiscoveryVersion version : versions) {
            groups.computeIfAbsent(version.group(), group -> new TreeMap<>(VersionOrder.INSTANCE))
                    .put(version.version(), version);
        }
        this.writer = new DiscoveryWriter(serverAddress);
    }

    /// Answers a GET.
    ///
    /// @param path without the query, a slash at the end does not matter
    /// @param accept the Accept header, empty where it is absent
    /// @param ifNoneMatch the If-None-Match header, empty where it is absent
    /// @return empty when the path is no discovery path, or names what is not served
    /// @throws io.gantry.api.StatusException 406 when nothing fits
    public Optional<Document> answer(String path, String accept, String ifNoneMatch) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String[] parts = plain.split("/", -1);
        if (parts.length < 2 || !parts[0].isEmpty()) {
            return Optional.empty();
        }
        return switch (parts[1]) {
            case "api" ->
                parts.length == 2
                        ? Optional.of(root(plain, accept, ifNoneMatch))
                        : parts.length == 3 ? resources(plain, "", parts[2], accept) : Optional.empty();
            case "apis" ->
                switch (parts.length) {
                    case 2 -> Optional.of(root(plain, accept, ifNoneMatch));
                    case 3 -> group(plain, parts[2], accept);
                    case 4 -> resources(plain, parts[2], parts[3], accept);
                    default -> Optional.empty();
                };
            default -> Optional.empty();
        };
    }

    /// Whether there is a document of a group or version.
    ///
    /// @param path without a slash at the end
    public boolean has(String path) {
        String[] parts = path.split("/", -1);
        boolean core = parts.length > 1 && parts[1].equals("api");
        int skip = core ? 2 : 3;
        List<DiscoveryVersion> versions = versionsOf(core ? "" : parts.length > 2 ? parts[2] : "");
        return parts.length == skip && !versions.isEmpty()
                || parts.length == skip + 1
                        && versions.stream()
                                .anyMatch(version -> version.version().equals(parts[skip]));
    }

    /// What is served, in discovery's order.
    public List<DiscoveryVersion> versions() {
        return groups.values().stream()
                .flatMap(group -> group.values().stream())
                .toList();
    }

    private Document root(String path, String accept, String ifNoneMatch) {
        boolean core = path.equals("/api");
        for (MediaType clause : Accept.parse(accept).clauses()) {
            String version = clause.parameter("v");
            if (clause.allows(JSON) && aggregated(clause)) {
                Cached cached = documents.computeIfAbsent(
                        path + version, key -> cached(writer.aggregated(select(core), version)));
                return Document.of(AGGREGATED.formatted(version), cached.body())
                        .with("vary", "Accept")
                        .tagged(cached.hash(), ifNoneMatch);
            }
            if (clause.parameter("as").isEmpty() && (clause.allows(JSON) || yaml(clause))) {
                return plain(
                                path,
                                clause,
                                () -> core ? writer.coreVersions(versionsOf("")) : writer.groups(select(false)))
                        .with("vary", "Accept");
            }
        }
        throw Accept.notAcceptable();
    }

    private static boolean aggregated(MediaType clause) {
        String version = clause.parameter("v");
        return clause.parameter("as").equals("APIGroupDiscoveryList")
                && clause.parameter("g").equals("apidiscovery.k8s.io")
                && (version.equals("v2") || version.equals("v2beta1"));
    }

    private Optional<Document> group(String path, String group, String accept) {
        List<DiscoveryVersion> versions = group.isEmpty() ? List.of() : versionsOf(group);
        return versions.isEmpty() ? Optional.empty() : Optional.of(plain(path, accept, () -> writer.group(versions)));
    }

    private Optional<Document> resources(String path, String group, String version, String accept) {
        if (path.startsWith("/apis/") && group.isEmpty()) {
            return Optional.empty();
        }
        return versionsOf(group).stream()
                .filter(candidate -> candidate.version().equals(version))
                .findFirst()
                .map(found -> plain(path, accept, () -> writer.resources(found)));
    }

    private Document plain(String path, String accept, Supplier<byte[]> body) {
        MediaType best = Accept.parse(accept).clauses().stream()
                .filter(clause ->
                        clause.allows(JSON) || yaml(clause) || clause.type().endsWith("kubernetes.protobuf"))
                .findFirst()
                .orElseThrow(Accept::notAcceptable);
        return plain(path, best, body);
    }

    private Document plain(String path, MediaType clause, Supplier<byte[]> body) {
        Cached cached = documents.computeIfAbsent(path, key -> cached(body.get()));
        return yaml(clause)
                ? Document.of(clause.type(), YamlWriter.write(Json.MAPPER.readTree(cached.body())))
                : Document.of(JSON, cached.body());
    }

    private static boolean yaml(MediaType clause) {
        return clause.type().equals("application/yaml");
    }

    private List<DiscoveryVersion> versionsOf(String group) {
        return List.copyOf(groups.getOrDefault(group, Map.of()).values());
    }

    private List<List<DiscoveryVersion>> select(boolean core) {
        return groups.entrySet().stream()
                .filter(group -> group.getKey().isEmpty() == core)
                .map(group -> List.copyOf(group.getValue().values()))
                .toList();
    }

    private static Cached cached(byte[] body) {
        return new Cached(body, Document.hash(body));
    }
}
