package io.gantry.apiserver.aggregation;

import io.gantry.api.Json;
import io.gantry.api.StatusException;
import io.gantry.api.apiregistration.v1.apiservice.APIServiceKind;
import io.gantry.api.schema.GoTimes;
import io.gantry.apiserver.discovery.DiscoveryResource;
import io.gantry.apiserver.objects.ObjectReader;
import io.gantry.apiserver.objects.ObjectWriter;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.outgoing.OutgoingAnswer;
import io.gantry.apiserver.proxy.ProxyObjects;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Asks the servers behind this one whether they are there, notes it in their APIServices, and remembers what they
/// said that they have. Thread-safe; blocks.
final class AvailabilityChecks {
    private static final Logger LOG = LoggerFactory.getLogger(AvailabilityChecks.class);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int BODY_BYTES = 4 * 1024 * 1024;
    private static final int ATTEMPTS = 5;

    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final ProxyObjects services;
    private final RemoteCalls calls;
    private final InstantSource clock;
    private final Map<String, List<DiscoveryResource>> resources = new ConcurrentHashMap<>();
    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final AtomicLong generation = new AtomicLong();

    AvailabilityChecks(
            ObjectReader reader, ObjectWriter writer, ProxyObjects services, RemoteCalls calls, InstantSource clock) {
        this.reader = reader;
        this.writer = writer;
        this.services = services;
        this.calls = calls;
        this.clock = clock;
    }

    /// What a server last said that it has; empty before it did.
    List<DiscoveryResource> resources(RemoteService remote) {
        return resources.getOrDefault(remote.groupVersion(), List.of());
    }

    /// Where a server said that its OpenAPI v3 document is; empty before it did.
    Optional<String> openApi(RemoteService remote) {
        return Optional.ofNullable(documents.get(remote.groupVersion()));
    }

    /// Counts changes of what the servers have.
    long generation() {
        return generation.get();
    }

    void forget(String groupVersion) {
        documents.remove(groupVersion);
        if (resources.remove(groupVersion) != null) {
            generation.incrementAndGet();
        }
    }

    /// Checks one and writes its condition where that changed.
    ///
    /// @return whether it is available
    boolean check(RemoteService remote) {
        Availability found = Availability.obstacle(
                        remote,
                        services.service(remote.namespace(), remote.service()),
                        services.endpointSlices(remote.namespace(), remote.service()))
                .orElseGet(() -> discover(remote));
        if (found.available()) {
            findDocument(remote);
        }
        note(remote, found);
        return found.available();
    }

    /// Not every server has OpenAPI v3.
    private void findDocument(RemoteService remote) {
        try (OutgoingAnswer answer = calls.get(remote, "/openapi/v3", "application/json", TIMEOUT)) {
            byte[] body = answer.bytes(BODY_BYTES);
            String path = answer.status() == 200
                    ? Trees.text(
                            Json.MAPPER.readTree(body), "paths", "apis/" + remote.groupVersion(), "serverRelativeURL")
                    : "";
            if (path.startsWith("/openapi/v3/")) {
                documents.put(remote.groupVersion(), path);
            } else {
                documents.remove(remote.groupVersion());
            }
        } catch (IOException | GeneralSecurityException | StatusException | JacksonException e) {
            LOG.debug("{} has no OpenAPI v3: {}", remote.name(), e.getMessage());
        }
    }

    private Availability discover(RemoteService remote) {
        String url = "https://" + remote.serverName() + ":" + remote.port() + remote.path();
        try (OutgoingAnswer answer = calls.get(remote, remote.path(), "application/json", TIMEOUT)) {
            byte[] body = answer.bytes(BODY_BYTES);
            if (answer.status() < 200 || answer.status() >= 300) {
                // Somebody who says that we may not ask is there; a document that is not there may come.
                return answer.status() == 401 || answer.status() == 403
                        ? Availability.PASSED
                        : Availability.discovery(url, "bad status from " + url + ": " + answer.status());
            }
            remember(remote, body);
            return Availability.PASSED;
        } catch (SocketTimeoutException e) {
            return Availability.discovery(url, "Get \"" + url + "\": context deadline exceeded");
        } catch (ConnectException e) {
            return Availability.discovery(url, "Get \"" + url + "\": dial tcp: connect: connection refused");
        } catch (IOException | GeneralSecurityException | StatusException e) {
            return Availability.discovery(url, "Get \"" + url + "\": " + e.getMessage());
        }
    }

    private void remember(RemoteService remote, byte[] body) {
        JsonNode list;
        try {
            list = Json.MAPPER.readTree(body);
        } catch (JacksonException e) {
            LOG.warn("the discovery document of {} is no JSON: {}", remote.name(), e.getOriginalMessage());
            return;
        }
        List<DiscoveryResource> now = RemoteDiscovery.resources(remote, list);
        if (!now.equals(resources.put(remote.groupVersion(), now))) {
            generation.incrementAndGet();
        }
    }

    private void note(RemoteService remote, Availability found) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<ObjectNode> object = reader.get(APIServiceKind.KIND, "", remote.name());
            if (object.isEmpty() || isNoted(object.get(), found)) {
                return;
            }
            try {
                writer.updateStatus(APIServiceKind.KIND, noted(object.get(), found));
                return;
            } catch (StatusException e) {
                if (e.isNotFound()) {
                    return;
                }
                if (!e.isConflict() || attempt == ATTEMPTS) {
                    LOG.warn("cannot note that {} is {}: {}", remote.name(), found.reason(), e.getMessage());
                }
            }
        }
    }

    private static boolean isNoted(ObjectNode object, Availability found) {
        return Trees.objects(object, "status", "conditions").stream()
                .anyMatch(condition -> Trees.text(condition, "type").equals("Available")
                        && Trees.text(condition, "status").equals(found.available() ? "True" : "False")
                        && Trees.text(condition, "reason").equals(found.reason())
                        && Trees.text(condition, "message").equals(found.message()));
    }

    private ObjectNode noted(ObjectNode object, Availability found) {
        ObjectNode changed = object.deepCopy();
        String status = found.available() ? "True" : "False";
        String since = GoTimes.seconds(clock.instant());
        for (ObjectNode condition : Trees.objects(object, "status", "conditions")) {
            if (Trees.text(condition, "type").equals("Available")
                    && Trees.text(condition, "status").equals(status)) {
                since = Trees.text(condition, "lastTransitionTime");
            }
        }
        Trees.object(changed, "status")
                .putArray("conditions")
                .addObject()
                .put("type", "Available")
                .put("status", status)
                .put("lastTransitionTime", since)
                .put("reason", found.reason())
                .put("message", found.message());
        return changed;
    }
}
