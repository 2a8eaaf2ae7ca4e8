package io.gantry.kubelet.credential;

import io.gantry.kubelet.runtime.RegistryLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a credential provider has said and what holds still, in memory alone. Thread-safe.
final class AnswerCache {
    /// A provider that answers each image by itself may be asked for many of them.
    private static final int MOST = 1_000;

    private record Key(PluginRequest.Holder holder, PluginAnswer.Scope scope, String name) {
        static Key of(PluginRequest.Holder holder, PluginAnswer.Scope scope, String image) {
            return switch (scope) {
                case IMAGE -> new Key(holder, scope, image);
                case REGISTRY -> new Key(holder, scope, image.substring(0, (image + "/").indexOf('/')));
                case GLOBAL -> new Key(holder, scope, "");
            };
        }
    }

    private record Kept(Map<String, RegistryLogin> logins, Instant until) {}

    private final Duration otherwise;
    private final boolean byToken;
    private final Map<Key, Kept> kept = new HashMap<>();

    /// @param otherwise how long an answer holds that does not say so
    /// @param byToken whether what is said for one token holds for no other one
    AnswerCache(Duration otherwise, boolean byToken) {
        this.otherwise = otherwise;
        this.byToken = byToken;
    }

    /// What holds for an image; what was said of the image itself goes before what was said of its registry, and that
    /// before what was said of all.
    synchronized Optional<Map<String, RegistryLogin>> find(PluginRequest request, Instant now) {
        kept.values().removeIf(answer -> now.isAfter(answer.until()));
        return List.of(PluginAnswer.Scope.values()).stream()
                .map(scope -> kept.get(Key.of(request.holder(byToken), scope, request.image())))
                .filter(answer -> answer != null)
                .map(Kept::logins)
                .findFirst();
    }

    /// Keeps an answer for as long as it holds, if at all.
    synchronized void keep(PluginRequest request, PluginAnswer answer, Instant now) {
        Duration time = answer.cacheDuration().orElse(otherwise);
        if (!time.isPositive()) {
            return;
        }
        if (kept.size() >= MOST) {
            kept.entrySet().stream()
                    .min(Comparator.comparing(entry -> entry.getValue().until()))
                    .ifPresent(first -> kept.remove(first.getKey()));
        }
        kept.put(
                Key.of(request.holder(byToken), answer.keptFor(), request.image()),
                new Kept(answer.logins(), now.plus(time)));
    }
}
