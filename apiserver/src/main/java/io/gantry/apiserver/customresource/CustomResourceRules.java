package io.gantry.apiserver.customresource;

import io.gantry.api.StatusException;
import io.gantry.api.kind.Column;
import io.gantry.api.kind.FieldError;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.schema.ResourceSchema;
import io.gantry.apiserver.discovery.VersionOrder;
import io.gantry.apiserver.objects.Trees;
import io.gantry.apiserver.registry.ResourceRules;
import io.gantry.apiserver.registry.ScalePaths;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The rules of one version of a custom resource (upstream
/// `apiextensions-apiserver/pkg/registry/customresource/strategy.go`). Thread-safe.
final class CustomResourceRules implements ResourceRules {
    /// After such faults rules in CEL are not asked: they could not tell anything of use.
    private static final Set<FieldError.Type> BLOCKING = EnumSet.of(
            FieldError.Type.NOT_SUPPORTED,
            FieldError.Type.REQUIRED,
            FieldError.Type.TOO_LONG,
            FieldError.Type.TOO_MANY,
            FieldError.Type.TYPE_INVALID);

    private static final Set<String> STANDARD_FINALIZERS = Set.of("orphan", "foregroundDeletion");

    private final Definition definition;
    private final DefinitionVersion version;
    private final Supplier<ResourceSchema> schema;
    private final Function<String, Optional<ResourceSchema>> others;
    private final Supplier<Optional<SchemaRules>> rules;
    private final BooleanSupplier terminating;
    private final Supplier<List<Column>> columns;
    private final Set<String> versions;

    /// @param others the schemas of all versions by their `apiVersion`
    /// @param terminating whether the definition is being deleted, which changes while this is used
    CustomResourceRules(
            Definition definition,
            DefinitionVersion version,
            Supplier<ResourceSchema> schema,
            Function<String, Optional<ResourceSchema>> others,
            Supplier<Optional<SchemaRules>> rules,
            BooleanSupplier terminating) {
        this.definition = definition;
        this.version = version;
        this.schema = schema;
        this.others = others;
        this.rules = rules;
        this.terminating = terminating;
        this.versions =
                definition.versions().stream().map(definition::apiVersion).collect(Collectors.toUnmodifiableSet());
        this.columns = Once.of(() -> CustomColumns.of(version));
    }

    /// Prunes too: admission may have added what is not in the schema.
    @Override
    public void defaults(ObjectNode object) {
        if (!schema.get().isCanonical(object)) {
            schema.get().conformMerged(object);
            schema.get().applyDefaults(object);
        }
    }

    @Override
    public Set<String> versions() {
        return versions;
    }

    @Override
    public Optional<ResourceSchema> alike(String apiVersion) {
        return definition.webhook() ? Optional.empty() : others.apply(apiVersion);
    }

    @Override
    public void prepareForCreate(ObjectNode object) {
        // The API server clears the status and counts generations.
    }

    @Override
    public void prepareForUpdate(ObjectNode object, ObjectNode old) {
        // The API server keeps the status and counts generations.
    }

    /// Nothing but the status changes; not even labels, unlike in built-in kinds.
    @Override
    public void prepareForStatusUpdate(ObjectNode object, ObjectNode old) {
        ObjectNode metadata = Trees.object(object, "metadata");
        JsonNode managed = metadata.get("managedFields");
        metadata.removeAll();
        old.path("metadata").properties().forEach(field -> metadata.set(field.getKey(), field.getValue()));
        if (managed == null) {
            metadata.remove("managedFields");
        } else {
            metadata.set("managedFields", managed);
        }
        object.properties()
                .removeIf(field -> !old.has(field.getKey()) && !field.getKey().equals("status"));
    }

    @Override
    public void validate(ObjectNode object, FieldErrors errors) {
        FieldErrors found = new FieldErrors();
        schema.get().validate(object, found);
        scale(object, found);
        whole(object, Optional.empty(), found);
        ruled(object, Optional.empty(), found);
        errors.addAll(found);
    }

    @Override
    public void validateUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        FieldErrors found = new FieldErrors();
        schema.get().validateUpdate(object, old, found);
        scale(object, found);
        whole(object, Optional.of(old), found);
        ruled(object, Optional.of(old), found);
        errors.addAll(found);
    }

    @Override
    public void validateStatusUpdate(ObjectNode object, ObjectNode old, FieldErrors errors) {
        FieldErrors whole = new FieldErrors();
        schema.get().validateUpdate(object, old, whole);
        FieldErrors found = new FieldErrors();
        StatusErrors.of(whole.all()).forEach(found::add);
        scaleStatus(object, found);
        schema.get().validateLists(object, Optional.of(old), found);
        ruled(object, Optional.of(old), found);
        errors.addAll(found);
    }

    private void whole(ObjectNode object, Optional<ObjectNode> old, FieldErrors errors) {
        schema.get().validateEmbedded(object, errors);
        schema.get().validateLists(object, old, errors);
    }

    private void ruled(ObjectNode object, Optional<ObjectNode> old, FieldErrors errors) {
        Optional<SchemaRules> compiled = rules.get();
        if (compiled.isEmpty()) {
            return;
        }
        if (errors.all().stream().anyMatch(error -> BLOCKING.contains(error.type()))) {
            errors.invalid(
                    "<nil>",
                    null,
                    "some validation rules were not checked because the object was invalid; correct the existing"
                            + " errors to complete validation");
            return;
        }
        compiled.get().validate(object, old, errors);
    }

    private void scale(ObjectNode object, FieldErrors errors) {
        version.scale().ifPresent(paths -> count(object, paths.specReplicas(), errors));
        scaleStatus(object, errors);
    }

    private void scaleStatus(ObjectNode object, FieldErrors errors) {
        version.scale().ifPresent(paths -> {
            count(object, paths.statusReplicas(), errors);
            paths.selector().ifPresent(path -> {
                JsonNode selector = Trees.at(object, path.toArray(String[]::new));
                if (!selector.isMissingNode() && !selector.isString()) {
                    errors.invalid(dotted(path), "", notOf("string", path, selector));
                }
            });
        });
    }

    private static void count(ObjectNode object, List<String> path, FieldErrors errors) {
        JsonNode value = Trees.at(object, path.toArray(String[]::new));
        String at = dotted(path);
        if (value.isMissingNode()) {
            return;
        }
        if (!value.isIntegralNumber()) {
            errors.invalid(at, 0, notOf("int64", path, value));
        } else if (value.asLong(0) < 0) {
            errors.invalid(at, value.asLong(0), "should be a non-negative integer");
        } else if (value.asLong(0) > Integer.MAX_VALUE) {
            errors.invalid(at, value.asLong(0), "should be less than or equal to " + Integer.MAX_VALUE);
        }
    }

    private static String dotted(List<String> path) {
        return "." + String.join(".", path);
    }

    /// Upstream's words of a field that is read from a tree without types.
    private static String notOf(String expected, List<String> path, JsonNode value) {
        String type = switch (value.getNodeType()) {
            case STRING -> "string";
            case BOOLEAN -> "bool";
            case NUMBER -> value.isIntegralNumber() ? "int64" : "float64";
            case ARRAY -> "[]interface {}";
            case OBJECT -> "map[string]interface {}";
            default -> "<nil>";
        };
        String shown = value.isObject() ? "map[]" : value.isNull() ? "<nil>" : value.asString(value.toString());
        return dotted(path) + " accessor error: " + shown + " is of the type " + type + ", expected " + expected;
    }

    @Override
    public Map<String, String> selectableFields(JsonNode object) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String path : version.selectableFields()) {
            JsonNode value = Trees.at(object, path.split("\\."));
            fields.put(path, value.isValueNode() && !value.isNull() ? value.asString("") : "");
        }
        return fields;
    }

    @Override
    public List<String> warnings(ObjectNode object, Optional<ObjectNode> old) {
        Set<String> added = finalizers(object);
        old.ifPresent(before -> added.removeAll(finalizers(before)));
        return added.stream()
                .filter(name -> name.indexOf('/') < 0 && !STANDARD_FINALIZERS.contains(name))
                .map(name -> "metadata.finalizers: \"" + name + "\": prefer a domain-qualified finalizer name"
                        + (name.indexOf('.') < 0 ? "" : " including a path (/)")
                        + " to avoid accidental conflicts with other finalizer writers")
                .toList();
    }

    private static Set<String> finalizers(ObjectNode object) {
        Set<String> names = new TreeSet<>();
        object.path("metadata").path("finalizers").values().forEach(name -> names.add(name.asString("")));
        return names;
    }

    @Override
    public void checkCreatable() {
        if (terminating.getAsBoolean()) {
            throw StatusException.methodNotAllowed(
                    "create not allowed while custom resource definition is terminating");
        }
    }

    @Override
    public List<String> requestWarnings() {
        if (!version.deprecated()) {
            return List.of();
        }
        return List.of(version.deprecationWarning().isEmpty() ? deprecation() : version.deprecationWarning());
    }

    private String deprecation() {
        String kind = definition.kind();
        String warning = definition.apiVersion(version) + " " + kind + " is deprecated";
        return definition.versions().stream()
                .filter(other -> other.served() && !other.deprecated())
                .filter(other -> VersionOrder.INSTANCE.compare(other.name(), version.name()) < 0)
                .min((a, b) -> VersionOrder.INSTANCE.compare(a.name(), b.name()))
                .map(newest -> warning + "; use " + definition.apiVersion(newest) + " " + kind)
                .orElse(warning);
    }

    @Override
    public Optional<List<Column>> columns() {
        return Optional.of(columns.get());
    }

    @Override
    public Optional<String> listKind() {
        return Optional.of(definition.listKind());
    }

    @Override
    public ScalePaths scale() {
        return version.scale().orElse(ScalePaths.BUILT_IN);
    }
}
