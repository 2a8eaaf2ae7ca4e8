package io.gantry.api.apiextensions.v1.customresourcedefinition;

import static io.gantry.api.validation.References.text;

import io.gantry.api.Json;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.Names;
import io.gantry.api.schema.StructuralSchemas;
import io.gantry.api.validation.References;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Rules of `spec.versions`. What all versions have in common upstream keeps once, beside the versions, and so name its
/// messages: `spec.validation`, `spec.subresources`, `spec.additionalPrinterColumns`, `spec.selectableFields`.
final class VersionRules {
    private static final int MAX_WARNING = 256;

    private final List<CustomResourceDefinitionVersion> versions;
    private final FieldErrors errors;

    private VersionRules(List<CustomResourceDefinitionVersion> versions, FieldErrors errors) {
        this.versions = versions;
        this.errors = errors;
    }

    static void validate(List<CustomResourceDefinitionVersion> versions, FieldErrors errors) {
        new VersionRules(versions, errors).validate();
    }

    private void validate() {
        Set<String> seen = new HashSet<>();
        int stored = 0;
        boolean unique = true;
        for (int i = 0; i < versions.size(); i++) {
            CustomResourceDefinitionVersion version = versions.get(i);
            String at = "spec.versions[" + i + "]";
            References.format(version.name(), Names::label1035, at + ".name", errors);
            unique &= seen.add(text(version.name()));
            stored += Boolean.TRUE.equals(version.storage()) ? 1 : 0;
            deprecation(version, at + ".deprecationWarning");
            if (version.schema() == null || version.schema().openAPIV3Schema() == null) {
                errors.required(at + ".schema.openAPIV3Schema", "");
            }
        }
        each(CustomResourceDefinitionVersion::schema, "schema", "validation", this::schema);
        each(
                CustomResourceDefinitionVersion::subresources,
                "subresources",
                "subresources",
                (version, at) -> SubresourceRules.validate(version.subresources(), at, errors));
        each(
                CustomResourceDefinitionVersion::additionalPrinterColumns,
                "additionalPrinterColumns",
                "additionalPrinterColumns",
                (version, at) -> ColumnRules.validate(version.additionalPrinterColumns(), at, errors));
        each(
                CustomResourceDefinitionVersion::selectableFields,
                "selectableFields",
                "selectableFields",
                (version, at) -> SelectableFieldRules.validate(version.selectableFields(), tree(version), at, errors));
        if (!unique) {
            errors.invalid("spec.versions", versions, "must contain unique version names");
        }
        if (stored != 1) {
            Object shown = versions.isEmpty() ? null : versions;
            errors.invalid("spec.versions", shown, "must have exactly one version marked as storage version");
        }
    }

    private interface Check {
        void check(CustomResourceDefinitionVersion version, String path);
    }

    /// Checks a part of every version, or once where it is the same in all.
    private void each(
            Function<CustomResourceDefinitionVersion, @Nullable Object> part, String name, String common, Check check) {
        if (versions.isEmpty()) {
            return;
        }
        Object first = part.apply(versions.getFirst());
        if (versions.stream().allMatch(version -> Objects.equals(part.apply(version), first))) {
            check.check(versions.getFirst(), "spec." + common);
            return;
        }
        for (int i = 0; i < versions.size(); i++) {
            check.check(versions.get(i), "spec.versions[" + i + "]." + name);
        }
    }

    private static JsonNode tree(CustomResourceDefinitionVersion version) {
        return version.schema() == null || version.schema().openAPIV3Schema() == null
                ? Json.MAPPER.createObjectNode()
                : Json.MAPPER.valueToTree(version.schema().openAPIV3Schema());
    }

    private void schema(CustomResourceDefinitionVersion version, String at) {
        if (version.schema() == null || version.schema().openAPIV3Schema() == null) {
            return;
        }
        JsonNode schema = tree(version);
        FieldErrors faults = new FieldErrors();
        boolean status = version.subresources() != null
                && version.subresources().status() != null
                && !version.subresources().status().isNull();
        StructuralSchemas.validateRoot(schema, status, at + ".openAPIV3Schema", faults);
        StructuralSchemas.validate(schema, at + ".openAPIV3Schema", faults);
        faults.all().forEach(errors::add);
    }

    private void deprecation(CustomResourceDefinitionVersion version, String at) {
        String warning = version.deprecationWarning();
        if (warning == null) {
            return;
        }
        if (!Boolean.TRUE.equals(version.deprecated())) {
            errors.invalid(at, warning, "can only be set for deprecated versions");
            return;
        }
        if (warning.length() > MAX_WARNING) {
            errors.invalid(at, warning, "must be <= 256 characters long");
        }
        if (warning.isEmpty()) {
            errors.invalid(at, warning, "must not be an empty string");
        }
        for (int i = 0; i < warning.length(); i++) {
            if (Character.isISOControl(warning.charAt(i))) {
                errors.invalid(
                        at,
                        warning,
                        "must only contain printable UTF-8 characters; non-printable character found at index " + i);
                return;
            }
        }
    }
}
