package io.gantry.api.apiextensions.v1.customresourcedefinition;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.api.Copies;
import io.gantry.api.schema.annotation.ApiType;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.ListType;
import io.gantry.api.schema.annotation.PatchStrategy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// `JSONSchemaProps` of `apiextensions.k8s.io/v1`; fields and their meaning are upstream's.
@ApiType(
        openApi = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps",
        model = "V1JSONSchemaProps")
public record JSONSchemaProps(
        @Nullable String id,
        @JsonProperty("$schema") @Nullable String schema,
        @JsonProperty("$ref") @Nullable String ref,
        @Nullable String description,
        @Nullable String type,
        @Nullable String format,
        @Nullable String title,
        @JsonProperty("default") @Nullable JsonNode default_,
        @Nullable Double maximum,
        @Nullable Boolean exclusiveMaximum,
        @Nullable Double minimum,
        @Nullable Boolean exclusiveMinimum,
        @Format("int64") @Nullable Long maxLength,
        @Format("int64") @Nullable Long minLength,
        @Nullable String pattern,
        @Format("int64") @Nullable Long maxItems,
        @Format("int64") @Nullable Long minItems,
        @Nullable Boolean uniqueItems,
        @Nullable Double multipleOf,

        @JsonProperty("enum") @ListType(ListType.Kind.ATOMIC)
        List<JsonNode> enum_,

        @Format("int64") @Nullable Long maxProperties,
        @Format("int64") @Nullable Long minProperties,
        @ListType(ListType.Kind.ATOMIC) List<String> required,
        @Nullable JsonNode items,
        @ListType(ListType.Kind.ATOMIC) List<JSONSchemaProps> allOf,
        @ListType(ListType.Kind.ATOMIC) List<JSONSchemaProps> oneOf,
        @ListType(ListType.Kind.ATOMIC) List<JSONSchemaProps> anyOf,
        @Nullable JSONSchemaProps not,
        Map<String, JSONSchemaProps> properties,
        @Nullable JsonNode additionalProperties,
        Map<String, JSONSchemaProps> patternProperties,
        Map<String, JsonNode> dependencies,
        @Nullable JsonNode additionalItems,
        Map<String, JSONSchemaProps> definitions,
        @Nullable ExternalDocumentation externalDocs,
        @Nullable JsonNode example,
        @Nullable Boolean nullable,

        @JsonProperty("x-kubernetes-preserve-unknown-fields") @Nullable
        Boolean xKubernetesPreserveUnknownFields,

        @JsonProperty("x-kubernetes-embedded-resource") @Nullable
        Boolean xKubernetesEmbeddedResource,

        @JsonProperty("x-kubernetes-int-or-string") @Nullable
        Boolean xKubernetesIntOrString,

        @JsonProperty("x-kubernetes-list-map-keys") @ListType(ListType.Kind.ATOMIC)
        List<String> xKubernetesListMapKeys,

        @JsonProperty("x-kubernetes-list-type") @Nullable String xKubernetesListType,
        @JsonProperty("x-kubernetes-map-type") @Nullable String xKubernetesMapType,

        @JsonProperty("x-kubernetes-validations")
        @ListType(
                value = ListType.Kind.MAP,
                keys = {"rule"})
        @PatchStrategy(value = "merge", mergeKey = "rule")
        List<ValidationRule> xKubernetesValidations) {
    public JSONSchemaProps {
        enum_ = Copies.list(enum_);
        required = Copies.list(required);
        allOf = Copies.list(allOf);
        oneOf = Copies.list(oneOf);
        anyOf = Copies.list(anyOf);
        properties = Copies.map(properties);
        patternProperties = Copies.map(patternProperties);
        dependencies = Copies.map(dependencies);
        definitions = Copies.map(definitions);
        xKubernetesListMapKeys = Copies.list(xKubernetesListMapKeys);
        xKubernetesValidations = Copies.list(xKubernetesValidations);
    }
}
