package io.gantry.apiserver.aggregation;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.apiserver.negotiation.Document;
import io.gantry.apiserver.openapi.ForeignDocument;
import io.gantry.apiserver.outgoing.OutgoingAnswer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI v2 documents of other servers, asked for when somebody asks for ours, at most once a minute. A server
/// that does not answer keeps the document that it had. Thread-safe; blocks.
final class RemoteDocuments {
    private static final Logger LOG = LoggerFactory.getLogger(RemoteDocuments.class);
    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BODY_BYTES = 16 * 1024 * 1024;

    /// @param document empty where the server has none
    private record Kept(Optional<Body> document, Instant until) {}

    private record Body(ObjectNode tree, String hash) {}

    private final RemoteCalls calls;
    private final InstantSource clock;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    RemoteDocuments(RemoteCalls calls, InstantSource clock) {
        this.calls = calls;
        this.clock = clock;
    }

    /// Of each server, in the order of their names.
    List<ForeignDocument> of(Collection<RemoteService> remotes) {
        Map<String, List<RemoteService>> servers = new TreeMap<>();
        remotes.stream()
                .filter(RemoteService::available)
                .forEach(remote -> servers.computeIfAbsent(server(remote), name -> new ArrayList<>())
                        .add(remote));
        kept.keySet().retainAll(servers.keySet());
        List<ForeignDocument> documents = new ArrayList<>();
        servers.forEach((name, served) -> document(name, served.getFirst())
                .ifPresent(body -> documents.add(new ForeignDocument(
                        served.stream().map(RemoteService::path).sorted().toList(), body.tree(), body.hash()))));
        return documents;
    }

    private static String server(RemoteService remote) {
        return remote.namespace() + "/" + remote.service() + ":" + remote.port();
    }

    private Optional<Body> document(String name, RemoteService remote) {
        Kept known = kept.get(name);
        if (known != null && clock.instant().isBefore(known.until())) {
            return known.document();
        }
        Optional<Body> found = fetched(remote, known == null ? Optional.empty() : known.document());
        kept.put(name, new Kept(found, clock.instant().plus(FRESH)));
        return found;
    }

    private Optional<Body> fetched(RemoteService remote, Optional<Body> before) {
        try (OutgoingAnswer answer = calls.get(remote, "/openapi/v2", "application/json", TIMEOUT)) {
            byte[] bytes = answer.bytes(BODY_BYTES);
            if (answer.status() != 200) {
                return Optional.empty();
            }
            JsonNode tree = Json.MAPPER.readTree(bytes);
            return tree instanceof ObjectNode object
                    ? Optional.of(new Body(object, Document.hash(bytes)))
                    : Optional.empty();
        } catch (IOException | GeneralSecurityException | StatusException | JacksonException e) {
            LOG.debug("{} has no OpenAPI v2: {}", remote.name(), e.getMessage());
            return before;
        }
    }
}
