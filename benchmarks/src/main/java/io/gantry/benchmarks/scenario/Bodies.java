package io.gantry.benchmarks.scenario;

import java.nio.charset.StandardCharsets;

/// The objects of the measurements.
final class Bodies {
    private static final int PAYLOAD = 850;
    private static final String FILLER = "The quick brown fox jumps over the lazy dog. ".repeat(40);

    private Bodies() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String named(String apiVersion, String kind, String name) {
        return "{\"apiVersion\":\"" + apiVersion + "\",\"kind\":\"" + kind + "\",\"metadata\":{\"name\":\"" + name
                + "\"}}";
    }

    /// A ConfigMap of about 1 KB.
    static String configMap(String name, long version) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"" + name
                + "\",\"labels\":{\"app\":\"gantry-bench\"}},\"data\":{\"payload\":\"" + FILLER.substring(0, PAYLOAD)
                + "\",\"version\":\"v" + version + "\"}}";
    }

    /// A pod as workloads have them, of about 2.3 KB once it is stored (10,000 are 23 MB). No scheduler takes it.
    ///
    /// @param number its labels: one pod of a hundred has `hundredth=yes`
    static String pod(String name, long number) {
        return pod(name, number, "gantry-bench-nobody", 1);
    }

    static String pod(String name, long number, String scheduler, long version) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name
                + "\",\"labels\":{\"app\":\"gantry-bench\",\"group\":\"g" + number % 50 + "\",\"hundredth\":\""
                + (number % 100 == 0 ? "yes" : "no") + "\",\"version\":\"v" + version
                + "\"},\"annotations\":{\"note\":\""
                + FILLER.substring(0, 300)
                + "\"}},\"spec\":{\"automountServiceAccountToken\":false,\"serviceAccountName\":\"default\",\"schedulerName\":\""
                + scheduler
                + "\",\"containers\":[{\"name\":\"main\",\"image\":\"registry.example/team/service:1.0." + number % 10
                + "\",\"ports\":[{\"name\":\"http\",\"containerPort\":8080}],\"env\":[{\"name\":\"MODE\",\"value\":"
                + "\"production\"},{\"name\":\"LEVEL\",\"value\":\"info\"}],\"resources\":{\"requests\":{\"cpu\":"
                + "\"10m\",\"memory\":\"16Mi\"},\"limits\":{\"memory\":\"64Mi\"}},\"readinessProbe\":{\"httpGet\":"
                + "{\"path\":\"/ready\",\"port\":8080},\"periodSeconds\":5}}]}}";
    }
}
