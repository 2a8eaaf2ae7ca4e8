package io.gantry.e2e.conformance;

/// A pod that runs one script to its end, and what it must print.
///
/// @param line the behaviour, as `docs/conformance.md` names it
/// @param spec members of the pod's spec, JSON without braces; empty for none
/// @param container members of the container
/// @param script for `sh -c`
/// @param expected its output, trimmed; `{NAME}` stands for a fact of the cluster (see [PodTable])
record PodRow(String line, String spec, String container, String script, String expected) {
    static PodRow of(String line, String spec, String container, String script, String expected) {
        return new PodRow(line, spec, container, script, expected);
    }

    /// A pod with one volume, mounted at `/v`.
    static PodRow volume(String line, String source, String script, String expected) {
        return volumeAs(line, "", source, script, expected);
    }

    /// The same with more members of the spec, e.g. a security context.
    static PodRow volumeAs(String line, String spec, String source, String script, String expected) {
        String volumes = "\"volumes\":[{\"name\":\"v\"," + source + "}]";
        return new PodRow(
                line,
                spec.isEmpty() ? volumes : spec + "," + volumes,
                "\"volumeMounts\":[{\"name\":\"v\",\"mountPath\":\"/v\"}]",
                script,
                expected);
    }

    PodRow endingItsLine() {
        return new PodRow(line, spec, container, "(" + script + "); echo", expected);
    }

    String json(String name, String table, String image) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"" + name
                + "\",\"labels\":{\"table\":\""
                + table + "\"}},\"spec\":{\"restartPolicy\":\"Never\",\"terminationGracePeriodSeconds\":0,"
                + (spec.isEmpty() ? "" : spec + ",") + "\"containers\":[{\"name\":\"c\",\"image\":\"" + image + "\","
                + "\"command\":[\"sh\",\"-c\",\"" + escaped(script) + "\"]"
                + (container.isEmpty() ? "" : "," + container) + "}]}}";
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
