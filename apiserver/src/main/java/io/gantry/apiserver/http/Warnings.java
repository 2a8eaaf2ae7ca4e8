package io.gantry.apiserver.http;

import java.util.Collection;

/// `Warning` headers (upstream `k8s.io/apimachinery/pkg/util/net.NewWarningHeader`).
public final class Warnings {
    private Warnings() {}

    /// Adds one header for each different text.
    public static void add(Headers.Builder headers, Collection<String> warnings) {
        warnings.stream().distinct().forEach(warning -> headers.add("warning", "299 - \"" + escaped(warning) + "\""));
    }

    private static String escaped(String warning) {
        return warning.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ");
    }
}
