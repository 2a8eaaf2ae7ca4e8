package io.gantry.apiserver.admission.optional;

import io.gantry.apiserver.admission.AdmissionAttributes;
import io.gantry.apiserver.objects.Trees;
import io.gantry.component.TokenBucket;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One limit of events: a bucket a key, the longest unused of which are forgotten. Thread-safe.
final class EventLimit {
    private static final int DEFAULT_BUCKETS = 4096;

    /// What has a bucket of its own.
    private enum Type {
        Server,
        Namespace,
        User,
        SourceAndObject
    }

    private final Type type;
    private final int perSecond;
    private final int burst;
    private final InstantSource clock;
    private final Map<String, TokenBucket> buckets;

    private EventLimit(Type type, int perSecond, int burst, int most, InstantSource clock) {
        this.type = type;
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
        this.buckets = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
                return size() > most;
            }
        };
    }

    /// @param path in messages
    /// @throws IllegalArgumentException for a type that is not there and for numbers that are not positive
    static EventLimit of(JsonNode limit, String path, InstantSource clock) {
        String text = Trees.text(limit, "type");
        Type type = Stream.of(Type.values())
                .filter(each -> each.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(path + ".type: Unsupported value: \"" + text
                        + "\": supported values: "
                        + Stream.of(Type.values())
                                .map(each -> "\"" + each + "\"")
                                .sorted()
                                .collect(Collectors.joining(", "))));
        int size = limit.path("cacheSize").asInt(0);
        if (type != Type.Server && size < 0) {
            throw invalid(path + ".cacheSize", size, "must not be negative");
        }
        return new EventLimit(
                type,
                positive(limit, path, "qps"),
                positive(limit, path, "burst"),
                size <= 0 ? DEFAULT_BUCKETS : size,
                clock);
    }

    private static int positive(JsonNode limit, String path, String field) {
        int number = limit.path(field).asInt(0);
        if (number <= 0) {
            throw invalid(path + "." + field, number, "must be positive");
        }
        return number;
    }

    private static IllegalArgumentException invalid(String path, int value, String why) {
        return new IllegalArgumentException(path + ": Invalid value: " + value + ": " + why);
    }

    /// Takes a token; says why not where there is none.
    Optional<String> refusal(AdmissionAttributes attributes, ObjectNode event) {
        String key = key(attributes, event);
        return take(key) ? Optional.empty() : Optional.of("limit reached on type " + type + " for key " + key);
    }

    private String key(AdmissionAttributes attributes, ObjectNode event) {
        return switch (type) {
            case Server -> "";
            case Namespace -> attributes.namespace();
            case User -> attributes.user().name();
            case SourceAndObject ->
                Trees.text(event, "source", "component")
                        + Trees.text(event, "source", "host")
                        + List.of("kind", "namespace", "name", "uid", "apiVersion").stream()
                                .map(field -> Trees.text(event, "involvedObject", field))
                                .collect(Collectors.joining());
        };
    }

    private synchronized boolean take(String key) {
        Instant now = clock.instant();
        return buckets.computeIfAbsent(key, fresh -> new TokenBucket(perSecond, burst, now))
                .take(now);
    }
}
