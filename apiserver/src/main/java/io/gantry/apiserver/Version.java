package io.gantry.apiserver;

import io.gantry.api.Json;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// What `/version` says: the level of the Kubernetes API that is served.
final class Version {
    static final String MAJOR = "1";
    static final String MINOR = "36";
    static final String GIT = "v1.36.0-gantry.0.1.0";

    private Version() {}

    static byte[] json() {
        ObjectNode version = Json.MAPPER.createObjectNode();
        version.put("major", MAJOR);
        version.put("minor", MINOR);
        version.put("emulationMajor", MAJOR);
        version.put("emulationMinor", MINOR);
        version.put("minCompatibilityMajor", MAJOR);
        version.put("minCompatibilityMinor", "35");
        version.put("gitVersion", GIT);
        version.put("gitCommit", "");
        version.put("gitTreeState", "clean");
        version.put("buildDate", "2026-11-01T00:00:00Z");
        version.put("goVersion", "");
        version.put("compiler", "javac");
        version.put("platform", "linux/" + platform());
        return (version.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String platform() {
        String arch = System.getProperty("os.arch", "amd64").toLowerCase(Locale.ROOT);
        return arch.equals("x86_64") ? "amd64" : arch.equals("aarch64") ? "arm64" : arch;
    }
}
