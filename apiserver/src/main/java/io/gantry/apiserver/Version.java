package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.component.BuildVersion;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// What `/version` says: the level of the Kubernetes API that is served.
final class Version {
    private Version() {}

    static byte[] json() {
        ObjectNode version = Json.MAPPER.createObjectNode();
        version.put("major", BuildVersion.MAJOR);
        version.put("minor", BuildVersion.MINOR);
        version.put("emulationMajor", BuildVersion.MAJOR);
        version.put("emulationMinor", BuildVersion.MINOR);
        version.put("minCompatibilityMajor", BuildVersion.MAJOR);
        version.put("minCompatibilityMinor", "35");
        version.put("gitVersion", BuildVersion.GIT);
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
