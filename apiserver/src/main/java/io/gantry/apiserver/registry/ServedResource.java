package io.gantry.apiserver.registry;

import io.gantry.api.schema.ResourceSchema;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// One resource as it is served in one version.
///
/// @param plural the resource in URLs
/// @param verbs of the resource itself, as discovery names them
/// @param subresources names of subresources in URLs
/// @param schemaSource gives the schema, which is derived at its first use
/// @param storage empty for what is only posted and answered
/// @param conversion between this version and the stored one
public record ServedResource(
        String group,
        String version,
        String kind,
        String plural,
        boolean namespaced,
        Set<String> verbs,
        Set<String> subresources,
        Supplier<ResourceSchema> schemaSource,
        ResourceRules rules,
        Optional<ResourceStorage> storage,
        Conversion conversion,
        Traits traits) {

    public ResourceSchema schema() {
        return schemaSource.get();
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// Whether it is a custom resource.
    public boolean custom() {
        return traits.custom();
    }

    /// Whether objects have a protobuf message here: those of custom resources have none, those of metrics could.
    public boolean messages() {
        return !custom() && !group.equals("metrics.k8s.io");
    }

    /// The kind of lists of this resource.
    public String listKind() {
        return rules.listKind().orElse(kind + "List");
    }

    /// `pods` or `deployments.apps`.
    public String groupResource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    public boolean hasSubresource(String name) {
        return subresources.contains(name);
    }

    public boolean is(String wantedGroup, String wantedPlural) {
        return group.equals(wantedGroup) && plural.equals(wantedPlural);
    }
}
