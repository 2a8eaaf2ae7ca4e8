package io.gantry.api.apiextensions.v1.customresourcedefinition;

import static io.gantry.api.validation.References.text;

import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindRules;
import io.gantry.api.kind.Names;
import io.gantry.api.schema.GoTimes;
import io.gantry.api.validation.Immutable;
import io.gantry.api.validation.References;
import io.gantry.api.validation.Trees;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Rules of CustomResourceDefinitions (upstream `apiextensions-apiserver/pkg/apis/apiextensions`).
public final class CustomResourceDefinitionRules implements KindRules<CustomResourceDefinition> {
    /// The finalizer that keeps a definition until its objects are gone.
    public static final String CLEANUP = "customresourcecleanup.apiextensions.k8s.io";

    @Override
    public void beginDeletion(ObjectNode object, Instant now) {
        ArrayNode finalizers = Trees.child(object, "metadata").withArray("finalizers");
        if (finalizers.valueStream().noneMatch(each -> each.asString("").equals(CLEANUP))) {
            finalizers.add(CLEANUP);
        }
        ArrayNode conditions = Trees.child(object, "status").withArray("conditions");
        conditions.removeIf(each -> each.path("type").asString("").equals("Terminating"));
        conditions
                .addObject()
                .put("type", "Terminating")
                .put("status", "True")
                .put("lastTransitionTime", GoTimes.seconds(now))
                .put("reason", "InstanceDeletionPending")
                .put(
                        "message",
                        "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon");
    }

    @Override
    public List<String> changeWarnings(JsonNode object, Optional<? extends JsonNode> old) {
        Set<String> formats = UnknownFormats.of(object);
        old.ifPresent(before -> formats.removeAll(UnknownFormats.of(before)));
        return formats.stream()
                .map(format -> "unrecognized format \"" + format + "\"")
                .toList();
    }

    @Override
    public void defaults(ObjectNode object) {
        Trees.object(object, "spec").ifPresent(spec -> {
            Trees.defaultText(Trees.child(spec, "conversion"), "strategy", "None");
            Trees.object(spec, "names").ifPresent(names -> {
                String kind = names.path("kind").asString("");
                if (!kind.isEmpty()) {
                    Trees.defaultText(names, "singular", kind.toLowerCase(Locale.ROOT));
                    Trees.defaultText(names, "listKind", kind + "List");
                }
            });
        });
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        ObjectNode status = object.putObject("status");
        status.putNull("conditions");
        status.putObject("acceptedNames").put("plural", "").put("kind", "");
        storedVersion(object);
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        storedVersion(object);
    }

    /// The version that is stored now is one that was stored.
    private static void storedVersion(ObjectNode object) {
        ObjectNode status = Trees.child(object, "status");
        ArrayNode stored = status.path("storedVersions") instanceof ArrayNode present
                ? present
                : status.putArray("storedVersions");
        for (JsonNode version : object.path("spec").path("versions")) {
            String name = version.path("name").asString("");
            if (version.path("storage").asBoolean(false)
                    && stored.valueStream().noneMatch(v -> v.asString("").equals(name))) {
                stored.add(name);
            }
        }
    }

    @Override
    public void validate(CustomResourceDefinition object, FieldErrors errors) {
        CustomResourceDefinitionSpec spec = object.spec();
        String wanted = (spec.names() == null ? "" : text(spec.names().plural())) + "." + text(spec.group());
        if (!text(object.metadata().name()).equals(wanted)) {
            errors.invalid(
                    "metadata.name", text(object.metadata().name()), "must be spec.names.plural+\".\"+spec.group");
        }
        group(text(spec.group()), errors);
        if (text(spec.scope()).isEmpty()) {
            errors.required("spec.scope", "");
        } else {
            References.oneOf(spec.scope(), List.of("Cluster", "Namespaced"), "spec.scope", errors);
        }
        ApprovalRules.validate(text(spec.group()), object.metadata().annotations(), errors);
        VersionRules.validate(spec.versions(), errors);
        ConversionRules.validate(spec.conversion(), errors);
        if (spec.names() != null) {
            names(spec.names(), errors);
        }
        if (Boolean.TRUE.equals(spec.preserveUnknownFields())) {
            errors.invalid(
                    "spec.preserveUnknownFields",
                    true,
                    "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in"
                            + " spec.versions[*].schema instead");
        }
    }

    @Override
    public void validateCreate(CustomResourceDefinition object, FieldErrors errors) {
        if (object.spec().versions().stream().noneMatch(version -> Boolean.TRUE.equals(version.storage()))) {
            neverStored(errors);
        }
    }

    private static void neverStored(FieldErrors errors) {
        errors.invalid("status.storedVersions", null, "must have at least one stored version");
    }

    @Override
    public void validateUpdate(CustomResourceDefinition object, CustomResourceDefinition old, FieldErrors errors) {
        boolean established = established(old);
        ConversionRules.validateUpdate(object, old, established, errors);
        if (established) {
            Immutable.check(object.spec().scope(), old.spec().scope(), "spec.scope", errors);
        }
        Immutable.check(object.spec().group(), old.spec().group(), "spec.group", errors);
        if (object.spec().names() != null && old.spec().names() != null) {
            names(object.spec().names(), old.spec().names(), established, errors);
        }
        if (object.status().storedVersions().isEmpty()) {
            neverStored(errors);
        }
        Set<String> present = new HashSet<>();
        object.spec().versions().forEach(v -> present.add(text(v.name())));
        List<String> stored = old.status().storedVersions();
        for (int i = 0; i < stored.size(); i++) {
            if (!present.contains(stored.get(i))) {
                errors.invalid(
                        "status.storedVersions[" + i + "]",
                        stored.get(i),
                        "missing from spec.versions; " + stored.get(i)
                                + " was previously a storage version, and must remain in spec.versions until a storage"
                                + " migration ensures no data remains persisted in " + stored.get(i)
                                + " and removes " + stored.get(i) + " from status.storedVersions");
            }
        }
    }

    private static boolean established(CustomResourceDefinition definition) {
        return definition.status().conditions().stream()
                .anyMatch(c -> "Established".equals(c.type()) && "True".equals(c.status()));
    }

    private static void names(
            CustomResourceDefinitionNames names,
            CustomResourceDefinitionNames old,
            boolean established,
            FieldErrors errors) {
        if (established) {
            Immutable.check(names.kind(), old.kind(), "spec.names.kind", errors);
        }
        Immutable.check(names.plural(), old.plural(), "spec.names.plural", errors);
    }

    private static void group(String group, FieldErrors errors) {
        if (group.isEmpty()) {
            errors.required("spec.group", "");
            return;
        }
        References.format(group, Names::subdomain, "spec.group", errors);
        if (!group.contains(".")) {
            errors.invalid("spec.group", group, "should be a domain with at least one dot");
        }
    }

    private static void names(CustomResourceDefinitionNames names, FieldErrors errors) {
        References.requiredFormat(names.plural(), Names::label1035, "spec.names.plural", errors);
        References.requiredFormat(names.singular(), Names::label1035, "spec.names.singular", errors);
        kind(names.kind(), "spec.names.kind", errors);
        kind(names.listKind(), "spec.names.listKind", errors);
        if (text(names.kind()).equals(text(names.listKind()))) {
            errors.invalid("spec.names.listKind", text(names.listKind()), "kind and listKind may not be the same");
        }
        for (int i = 0; i < names.shortNames().size(); i++) {
            References.format(names.shortNames().get(i), Names::label1035, "spec.names.shortNames[" + i + "]", errors);
        }
        for (int i = 0; i < names.categories().size(); i++) {
            References.format(names.categories().get(i), Names::label1035, "spec.names.categories[" + i + "]", errors);
        }
    }

    private static void kind(@Nullable String kind, String path, FieldErrors errors) {
        String given = text(kind);
        if (given.isEmpty()) {
            errors.required(path, "");
            return;
        }
        for (String fault : Names.label1035(given.toLowerCase(Locale.ROOT))) {
            errors.invalid(path, given, "may have mixed case, but should otherwise match: " + fault);
        }
    }
}
