package io.gantry.apiserver;

import io.gantry.api.Json;
import io.gantry.apiserver.http.Indented;
import io.gantry.component.BuildVersion;
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
        version.put("gitCommit", BuildVersion.commit());
        version.put("gitTreeState", BuildVersion.treeState());
        version.put("buildDate", BuildVersion.date());
        version.put("goVersion", BuildVersion.runtime());
        version.put("compiler", BuildVersion.COMPILER);
        version.put("platform", BuildVersion.platform());
        return Indented.indent(Json.MAPPER.writeValueAsBytes(version));
    }
}
