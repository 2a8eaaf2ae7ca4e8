package io.gantry.apiserver.openapi;

import io.gantry.api.Json;
import io.gantry.api.kind.KindDefinition;
import io.gantry.apiserver.discovery.DiscoveryVersion;
import io.gantry.apiserver.negotiation.Accept;
import io.gantry.apiserver.negotiation.Document;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// Answers `/openapi/v2`, `/openapi/v3` and what is below, for one snapshot of what is served. Thread-safe. Documents
/// are made at the first request for their version (some hundred milliseconds) and kept compressed (about 1 MB each
/// version). When resource definitions change, make a new one.
public final class OpenApi {
    /// The form that clients understand; the one they ask for has `@` in its name.
    private static final String GNOSTIC = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

    private static final String GNOSTIC_ASKED = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";
    private static final String JSON = "application/json";
    private static final String V3 = "/openapi/v3";

    /// A version's document from an earlier snapshot, which serves again while what it shows is the same.
    private record Reusable(DiscoveryVersion discovery, List<CustomDefinition> customs, Compressed document) {}

    private record V2(Compressed json, Compressed gnostic) {
        static V2 of(ObjectNode tree) {
            return new V2(
                    Compressed.of(Json.MAPPER.writeValueAsBytes(tree)), Compressed.of(GnosticWriter.document(tree)));
        }
    }

    /// @param hashes of what was merged
    private record Merged(List<String> hashes, V2 document) {}

    private final List<DiscoveryVersion> versions;
    private final List<CustomDefinition> customs;
    private final DefinitionCatalog catalog;
    private final String version;
    private final Map<String, Reusable> reusable;
    private final Map<String, Compressed> discovered;
    private final ReentrantLock making = new ReentrantLock();
    private volatile @Nullable V2 v2;
    private volatile @Nullable Merged merged;
    private volatile @Nullable Map<String, Compressed> v3;

    /// @param versions what is served, see `Discovery.versions()`
    /// @param builtIn kinds that are records
    /// @param customs kinds that are not
    /// @param version of the whole API, e.g. `v1.36.0`
    public OpenApi(
            Collection<DiscoveryVersion> versions,
            Collection<KindDefinition<?>> builtIn,
            Collection<CustomDefinition> customs,
            String version) {
        this(versions, builtIn, customs, version, Map.of(), Map.of());
    }

    private OpenApi(
            Collection<DiscoveryVersion> versions,
            Collection<KindDefinition<?>> builtIn,
            Collection<CustomDefinition> customs,
            String version,
            Map<String, Reusable> reusable,
            Map<String, Compressed> discovered) {
        this.versions = List.copyOf(versions);
        this.customs = List.copyOf(customs);
        this.catalog = new DefinitionCatalog(builtIn, customs);
        this.version = version;
        this.reusable = reusable;
        this.discovered = discovered;
    }

    /// The documents of another snapshot; those of versions that are as they were are not made again.
    public OpenApi changed(
            Collection<DiscoveryVersion> nowServed,
            Collection<KindDefinition<?>> builtIn,
            Collection<CustomDefinition> nowCustoms) {
        Map<String, Compressed> made = v3;
        Map<String, Reusable> kept = new HashMap<>();
        Map<String, Compressed> keptDiscovered = new HashMap<>();
        if (made == null) {
            kept.putAll(reusable);
            keptDiscovered.putAll(discovered);
        } else {
            DiscoveryPath.all(catalog.groups()).forEach(each -> {
                Compressed document = made.get(each.document());
                if (document != null) {
                    keptDiscovered.put(each.document(), document);
                }
            });
            versions.forEach(each -> {
                Compressed document = made.get(name(each));
                if (document != null) {
                    kept.put(name(each), new Reusable(each, customsOf(each), document));
                }
            });
        }
        return new OpenApi(nowServed, builtIn, nowCustoms, version, kept, keptDiscovered);
    }

    /// The name of a version's v3 document.
    static String name(DiscoveryVersion each) {
        return (each.group().isEmpty() ? "api/" : "apis/") + each.groupVersion();
    }

    private List<CustomDefinition> customsOf(DiscoveryVersion each) {
        return customs.stream()
                .filter(custom ->
                        custom.group().equals(each.group()) && custom.version().equals(each.version()))
                .toList();
    }

    /// Answers a GET. The first one takes as long as making the documents does: not for an event loop.
    ///
    /// @return empty when the path is none of OpenAPI's, or names what is not served
    /// @throws io.gantry.api.StatusException 406 when nothing fits
    public Optional<Document> answer(OpenApiRequest request) {
        return answer(request, Elsewhere.NOTHING);
    }

    /// What other servers document.
    ///
    /// @param index paths of `/openapi/v3` by name, `apis/GROUP/VERSION`
    /// @param v2 their documents; only asked when they are wanted
    public record Elsewhere(Supplier<Map<String, String>> index, Supplier<List<ForeignDocument>> v2) {
        static final Elsewhere NOTHING = new Elsewhere(Map::of, List::of);
    }

    /// As [#answer(OpenApiRequest)], with what other servers document in the index of v3 and in v2.
    public Optional<Document> answer(OpenApiRequest request, Elsewhere elsewhere) {
        String path = request.path();
        if (path.equals("/openapi/v2")) {
            return Optional.of(answerV2(request, elsewhere.v2().get()));
        }
        if (path.equals(V3) || path.equals(V3 + "/")) {
            return Optional.of(index(request, elsewhere.index().get()));
        }
        return path.startsWith(V3 + "/")
                ? Optional.ofNullable(v3().get(path.substring(V3.length() + 1))).map(found -> answerV3(request, found))
                : Optional.empty();
    }

    private Document answerV2(OpenApiRequest request, List<ForeignDocument> foreign) {
        String chosen = Accept.parse(request.accept()).choose(List.of(JSON, GNOSTIC_ASKED, GNOSTIC));
        V2 documents = foreign.isEmpty() ? v2() : v2(foreign);
        boolean json = chosen.equals(JSON);
        Compressed found = json ? documents.json() : documents.gnostic();
        return found.document(json ? JSON : GNOSTIC, request.acceptEncoding())
                .tagged(found.hash(), request.ifNoneMatch());
    }

    private Document index(OpenApiRequest request, Map<String, String> elsewhere) {
        Accept.parse(request.accept()).choose(List.of(JSON));
        ObjectNode index = Json.MAPPER.createObjectNode();
        ObjectNode paths = index.putObject("paths");
        v3().forEach((name, document) ->
                paths.putObject(name).put("serverRelativeURL", V3 + "/" + name + "?hash=" + document.hash()));
        elsewhere.forEach((name, path) -> paths.putObject(name).put("serverRelativeURL", path));
        byte[] body = Json.MAPPER.writeValueAsBytes(index);
        return Document.of(JSON, body).with("vary", "Accept").tagged(Document.hash(body), request.ifNoneMatch());
    }

    private static Document answerV3(OpenApiRequest request, Compressed found) {
        Accept.parse(request.accept()).choose(List.of(JSON));
        if (!request.hash().isEmpty() && !request.hash().equals(found.hash())) {
            return Document.moved(request.path() + "?hash=" + found.hash());
        }
        Document document = found.document(JSON, request.acceptEncoding()).tagged(found.hash(), request.ifNoneMatch());
        return request.hash().isEmpty() ? document : document.with("cache-control", "public, immutable");
    }

    private V2 v2() {
        V2 made = v2;
        if (made != null) {
            return made;
        }
        making.lock();
        try {
            made = v2;
            if (made == null) {
                ObjectNode tree = new DocumentBuilder(catalog, version).v2(versions);
                made = V2.of(tree);
                v2 = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    private V2 v2(List<ForeignDocument> foreign) {
        List<String> hashes = foreign.stream().map(ForeignDocument::hash).toList();
        Merged made = merged;
        if (made != null && made.hashes().equals(hashes)) {
            return made.document();
        }
        ObjectNode tree = (ObjectNode) Json.MAPPER.readTree(v2().json().plain());
        DocumentMerge merge = new DocumentMerge(tree);
        foreign.forEach(merge::add);
        made = new Merged(hashes, V2.of(tree));
        merged = made;
        return made.document();
    }

    private Map<String, Compressed> v3() {
        Map<String, Compressed> made = v3;
        if (made != null) {
            return made;
        }
        making.lock();
        try {
            made = v3;
            if (made == null) {
                made = makeV3();
                v3 = made;
            }
            return made;
        } finally {
            making.unlock();
        }
    }

    private Map<String, Compressed> makeV3() {
        Map<String, Compressed> made = new LinkedHashMap<>();
        DocumentBuilder builder = new DocumentBuilder(catalog, version);
        for (DiscoveryPath each : DiscoveryPath.all(catalog.groups())) {
            Compressed old = discovered.get(each.document());
            made.put(each.document(), old == null ? compressed(builder.v3(each)) : old);
        }
        for (DiscoveryVersion each : versions) {
            made.put(name(each), document(each, builder));
        }
        return made;
    }

    private Compressed document(DiscoveryVersion each, DocumentBuilder builder) {
        Reusable old = reusable.get(name(each));
        return old != null && old.discovery().equals(each) && old.customs().equals(customsOf(each))
                ? old.document()
                : compressed(builder.v3(each));
    }

    private static Compressed compressed(ObjectNode document) {
        return Compressed.of(Json.MAPPER.writeValueAsBytes(document));
    }
}
