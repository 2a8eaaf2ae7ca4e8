package io.gantry.kubelet.spec;

import io.gantry.api.core.v1.pod.Pod;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The downward API's pod fields (upstream `pkg/fieldpath`). Pure.
public final class FieldRefs {
    private FieldRefs() {}

    /// The value of a field path.
    ///
    /// @throws IllegalArgumentException for a path that is not supported
    public static String value(Pod pod, String path, PodFacts facts) {
        if (path.endsWith("']")) {
            return subscripted(pod, path);
        }
        return switch (path) {
            case "metadata.name" -> text(pod.metadata().name());
            case "metadata.namespace" -> text(pod.metadata().namespace());
            case "metadata.uid" -> text(pod.metadata().uid());
            case "metadata.labels" -> format(pod.metadata().labels());
            case "metadata.annotations" -> format(pod.metadata().annotations());
            case "spec.nodeName" -> text(pod.spec().nodeName());
            case "spec.serviceAccountName" -> text(pod.spec().serviceAccountName());
            case "status.hostIP" -> first(facts.nodeIps());
            case "status.hostIPs" -> String.join(",", facts.nodeIps());
            case "status.podIP" -> first(podIps(pod, facts));
            case "status.podIPs" -> String.join(",", podIps(pod, facts));
            default -> throw new IllegalArgumentException("unsupported fieldPath: " + path);
        };
    }

    private static List<String> podIps(Pod pod, PodFacts facts) {
        return Boolean.TRUE.equals(pod.spec().hostNetwork()) ? facts.nodeIps() : facts.podIps();
    }

    private static String subscripted(Pod pod, String path) {
        int bracket = path.indexOf("['");
        String key = path.substring(bracket + 2, path.length() - 2);
        return switch (path.substring(0, Math.max(bracket, 0))) {
            case "metadata.labels" -> pod.metadata().labels().getOrDefault(key, "");
            case "metadata.annotations" -> pod.metadata().annotations().getOrDefault(key, "");
            default -> throw new IllegalArgumentException("unsupported fieldPath: " + path);
        };
    }

    private static String text(@Nullable String text) {
        return Objects.requireNonNullElse(text, "");
    }

    private static String first(List<String> list) {
        return list.isEmpty() ? "" : list.getFirst();
    }

    private static String format(Map<String, String> map) {
        return new TreeMap<>(map)
                .entrySet().stream()
                        .map(e -> e.getKey() + "=" + quote(e.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    /// As Go's `%q` prints a string.
    private static String quote(String value) {
        StringBuilder out = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append(String.format("\\x%02x", c));
                    } else {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.append('"').toString();
    }
}
