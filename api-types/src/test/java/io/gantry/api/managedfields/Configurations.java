package io.gantry.api.managedfields;

import io.gantry.api.Json;
import io.gantry.api.apps.v1.deployment.DeploymentKind;
import io.gantry.api.core.v1.configmap.ConfigMapKind;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.api.schema.Schemas;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects that are applied, and who applies them.
final class Configurations {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant LATER = Instant.parse("2026-01-01T01:00:00Z");
    static final ResourceSchema DEPLOYMENT = Schemas.of(DeploymentKind.KIND);
    static final ResourceSchema CONFIG_MAP = Schemas.of(ConfigMapKind.KIND);

    private Configurations() {}

    /// A writer of the main resource, whose writes leave nothing out.
    static FieldWriter by(String manager, Instant time) {
        return new FieldWriter(manager, "", time, Set.of());
    }

    /// An object of the kind with these fields, written with single quotes; with a name where they give none.
    static ObjectNode config(ResourceSchema schema, String fields) {
        String metadata = fields.contains("'metadata':{'name'") ? "" : "'metadata':{'name':'x','namespace':'n'},";
        return (ObjectNode) json("{'apiVersion':'" + schema.apiVersion() + "','kind':'" + schema.kind() + "',"
                + metadata + fields + "}");
    }

    static JsonNode json(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }

    /// Whose each key below `data` is: `manager f:key`.
    static List<String> owners(ObjectNode object) {
        return object.get("metadata")
                .get("managedFields")
                .valueStream()
                .flatMap(entry -> entry.path("fieldsV1")
                        .path("f:data")
                        .propertyStream()
                        .map(field -> entry.get("manager").stringValue() + " " + field.getKey()))
                .toList();
    }
}
