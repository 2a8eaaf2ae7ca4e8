package io.gantry.api.networking.v1.ipaddress;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.printer.Cells;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Rules of IPAddresses (upstream `ValidateIPAddress`).
public final class IPAddressRules implements KindRules<IPAddress> {
    @Override
    public void validate(IPAddress object, FieldErrors errors) {
        String name = text(object.metadata().name());
        if (!References.isIp(name)) {
            errors.invalid("metadata.name", name, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
        String prefix = text(object.metadata().generateName());
        if (!prefix.isEmpty() && !References.isIp(prefix)) {
            errors.invalid(
                    "metadata.generateName", prefix, "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)");
        }
        if (object.spec().parentRef() == null) {
            errors.required("spec.parentRef", "");
            return;
        }
        ParentReference parent = object.spec().parentRef();
        References.optional(parent.group(), Names::subdomain, "spec.parentRef.group", errors);
        References.requiredFormat(parent.resource(), Names::pathSegment, "spec.parentRef.resource", errors);
        References.requiredFormat(parent.name(), Names::pathSegment, "spec.parentRef.name", errors);
        References.optional(parent.namespace(), Names::pathSegment, "spec.parentRef.namespace", errors);
    }

    @Override
    public void validateUpdate(IPAddress object, IPAddress old, FieldErrors errors) {
        Immutable.check(object.spec().parentRef(), old.spec().parentRef(), "spec.parentRef", errors);
    }

    @Override
    public List<String> selectablePaths() {
        return List.of("spec.parentRef");
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        return Map.of(
                "spec.parentRef.resource", Cells.textAt(object, "spec.parentRef.resource", ""),
                "spec.parentRef.name", Cells.textAt(object, "spec.parentRef.name", ""));
    }

    /// The parent as one text: group, resource, namespace and name.
    static String parent(JsonNode object) {
        JsonNode parent = object.path("spec").path("parentRef");
        List<String> parts = new ArrayList<>();
        for (String field : List.of("namespace", "name")) {
            if (!parent.path(field).asString("").isEmpty()) {
                parts.add(parent.path(field).asString(""));
            }
        }
        String group = parent.path("group").asString("");
        String resource = parent.path("resource").asString("") + (group.isEmpty() ? "" : "." + group);
        return resource + "/" + String.join("/", parts);
    }
}
