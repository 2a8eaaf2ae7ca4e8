package io.gantry.apiserver.openapi;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.gantry.api.Json;
import io.gantry.api.apiextensions.v1.customresourcedefinition.JSONSchemaProps;
import io.gantry.api.meta.v1.ListMeta;
import io.gantry.api.meta.v1.ManagedFieldsEntry;
import io.gantry.api.meta.v1.ObjectMeta;
import io.gantry.api.resource.IntOrString;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.ClosedSets;
import io.gantry.api.schema.annotation.Atomic;
import io.gantry.api.schema.annotation.Format;
import io.gantry.api.schema.annotation.Required;
import io.gantry.api.schema.annotation.Union;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes definitions in one dialect. Lives as long as documents are made.
final class SchemaWriter {
    private static final String CONVENTIONS =
            "https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md";

    private final Dialect dialect;
    private final DefinitionCatalog catalog;
    private final Descriptions descriptions;

    SchemaWriter(Dialect dialect, DefinitionCatalog catalog, Descriptions descriptions) {
        this.dialect = dialect;
        this.catalog = catalog;
        this.descriptions = descriptions;
    }

    /// The definition of that name.
    ///
    /// @throws IllegalArgumentException when there is none, which is a bug
    ObjectNode definition(String name) {
        Optional<ObjectNode> fixed =
                ScalarDefinitions.find(name, dialect).or(() -> StructDefinitions.find(name, dialect));
        if (fixed.isPresent()) {
            return fixed.get();
        }
        DefinitionCatalog.Source source =
                catalog.source(name).orElseThrow(() -> new IllegalArgumentException("no definition " + name));
        ObjectNode node = switch (source) {
            case DefinitionCatalog.OfRecord(Class<?> type) -> ofRecord(type);
            case DefinitionCatalog.ListOf list -> listOf(list);
            case DefinitionCatalog.OfCustom(CustomDefinition custom) -> ofCustom(custom);
            case DefinitionCatalog.ListOfCustom(CustomDefinition custom, String item) -> listOfCustom(custom, item);
        };
        if (!catalog.kinds(name).isEmpty()) {
            ArrayNode kinds = node.putArray(GroupVersionKind.EXTENSION);
            catalog.kinds(name).forEach(kind -> kind.append(kinds));
        }
        return node;
    }

    private ObjectNode ofRecord(Class<?> type) {
        String model = DefinitionCatalog.model(type);
        ObjectNode node = Json.MAPPER.createObjectNode();
        describe(node, descriptions.of(model));
        node.put("type", "object");
        TreeMap<String, ObjectNode> properties = new TreeMap<>();
        TreeMap<String, Boolean> required = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = jsonName(component);
            properties.put(name, property(type, component, name, descriptions.of(model, name)));
            if (component.isAnnotationPresent(Required.class)) {
                required.put(name, true);
            }
        }
        properties(node, properties);
        if (!required.isEmpty()) {
            ArrayNode array = node.putArray("required");
            required.keySet().forEach(array::add);
        }
        if (type.isAnnotationPresent(Atomic.class)) {
            node.put("x-kubernetes-map-type", "atomic");
        }
        Union union = type.getAnnotation(Union.class);
        if (union != null) {
            union(node.putArray("x-kubernetes-unions").addObject(), union);
        }
        return node;
    }

    private static void union(ObjectNode node, Union union) {
        if (!union.discriminator().isEmpty()) {
            node.put("discriminator", union.discriminator());
        }
        ObjectNode fields = node.putObject("fields-to-discriminateBy");
        for (String field : union.fields()) {
            fields.put(field, Character.toUpperCase(field.charAt(0)) + field.substring(1));
        }
    }

    private ObjectNode property(Class<?> owner, RecordComponent component, String name, String description) {
        ObjectNode node = schema(owner, component, name, component.getGenericType(), true);
        describe(node, description);
        if (dialect == Dialect.V3) {
            GoDefaults.of(component, name).ifPresent(value -> node.set("default", value));
        }
        FieldExtensions.write(node, component);
        return dialect.plainest(node);
    }

    private ObjectNode schema(Class<?> owner, RecordComponent component, String name, Type type, boolean outer) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            ObjectNode element = schema(owner, component, name, arguments[arguments.length - 1], false);
            ObjectNode node = Json.MAPPER.createObjectNode();
            if (generic.getRawType().equals(List.class)) {
                node.put("type", "array").set("items", element);
            } else {
                node.put("type", "object").set("additionalProperties", element);
            }
            return node;
        }
        Class<?> plain = (Class<?>) type;
        boolean scalar = plain == String.class || Number.class.isAssignableFrom(plain) || plain == Boolean.class;
        if (outer) {
            return scalar ? scalar(component, plain) : dialect.extensibleRef(target(owner, component, name, plain));
        }
        Optional<JsonNode> zero = dialect == Dialect.V3 ? GoDefaults.ofElement(plain, component) : Optional.empty();
        ObjectNode node = scalar
                ? scalar(component, plain)
                : zero.isPresent()
                        ? dialect.extensibleRef(target(owner, component, name, plain))
                        : dialect.ref(target(owner, component, name, plain));
        zero.ifPresent(value -> node.set("default", value));
        return node;
    }

    private static ObjectNode scalar(RecordComponent component, Class<?> type) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        Format format = component.getAnnotation(Format.class);
        if (type == String.class) {
            node.put("type", "string");
        } else if (type == Boolean.class) {
            node.put("type", "boolean");
        } else if (type == Double.class) {
            node.put("type", "number").put("format", "double");
        } else {
            node.put("type", "integer").put("format", type == Long.class ? "int64" : "int32");
        }
        if (format != null) {
            node.put("format", format.value());
        }
        ClosedSets.of(component).ifPresent(values -> {
            ArrayNode array = node.putArray("enum");
            Arrays.stream(values.value()).sorted().forEach(array::add);
        });
        return node;
    }

    private static String target(Class<?> owner, RecordComponent component, String name, Class<?> type) {
        if (type == Instant.class) {
            Format format = component.getAnnotation(Format.class);
            return format != null && format.value().equals("micro-time")
                    ? ScalarDefinitions.MICRO_TIME
                    : ScalarDefinitions.TIME;
        }
        if (type == Quantity.class) {
            return ScalarDefinitions.QUANTITY;
        }
        if (type == IntOrString.class) {
            return ScalarDefinitions.INT_OR_STRING;
        }
        return type == JsonNode.class ? freeJson(owner, name) : DefinitionCatalog.name(type);
    }

    private static String freeJson(Class<?> owner, String name) {
        if (owner == ManagedFieldsEntry.class) {
            return ScalarDefinitions.FIELDS;
        }
        if (owner != JSONSchemaProps.class) {
            return owner.getSimpleName().equals("CustomResourceSubresources")
                    ? ScalarDefinitions.STATUS_SUBRESOURCE
                    : ScalarDefinitions.RAW;
        }
        return switch (name) {
            case "items" -> ScalarDefinitions.SCHEMA_OR_ARRAY;
            case "additionalItems", "additionalProperties" -> ScalarDefinitions.SCHEMA_OR_BOOL;
            case "dependencies" -> ScalarDefinitions.SCHEMA_OR_STRINGS;
            default -> ScalarDefinitions.JSON;
        };
    }

    private ObjectNode listOf(DefinitionCatalog.ListOf list) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        describe(node, descriptions.of(list.description()));
        node.put("type", "object");
        TreeMap<String, ObjectNode> properties = typeFields();
        ObjectNode items = Json.MAPPER.createObjectNode().put("type", "array");
        items.set("items", struct(list.item()));
        properties.put("items", describe(items, descriptions.of(list.description(), "items")));
        properties.put("metadata", struct(DefinitionCatalog.name(ListMeta.class)));
        properties(node, properties);
        node.putArray("required").add("items");
        return node;
    }

    /// A reference to a struct that is no pointer.
    private ObjectNode struct(String definition) {
        ObjectNode node = dialect.extensibleRef(definition);
        if (dialect == Dialect.V3) {
            node.putObject("default");
        }
        return node;
    }

    private ObjectNode ofCustom(CustomDefinition custom) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        ObjectNode schema = custom.schema().tree();
        if (schema.isEmpty() || dialect == Dialect.V2 && StructuralSchema.isOpen(schema)) {
            node.put("type", "object");
        } else {
            ObjectNode metadata = metadata();
            node = new StructuralSchema(dialect, metadata).write(schema);
            node.put("type", "object");
            ObjectNode properties = node.withObjectProperty("properties");
            typeFields().forEach(properties::set);
            properties.set("metadata", metadata);
        }
        selectable(node, custom);
        return node;
    }

    private ObjectNode metadata() {
        return describe(
                dialect.extensibleRef(DefinitionCatalog.name(ObjectMeta.class)),
                "Standard object's metadata. More info: " + CONVENTIONS + "#metadata");
    }

    private static void selectable(ObjectNode node, CustomDefinition custom) {
        if (!custom.selectableFields().isEmpty()) {
            ArrayNode fields = node.putArray("x-kubernetes-selectable-fields");
            custom.selectableFields().forEach(path -> fields.addObject().put("fieldPath", path));
        }
    }

    private ObjectNode listOfCustom(CustomDefinition custom, String item) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        describe(node, custom.listKind() + " is a list of " + custom.kind());
        node.put("type", "object");
        TreeMap<String, ObjectNode> properties = typeFields();
        ObjectNode items = Json.MAPPER.createObjectNode().put("type", "array");
        items.set("items", dialect.ref(item));
        properties.put("items", describe(items, "List of " + custom.plural() + ". More info: " + CONVENTIONS));
        properties.put(
                "metadata",
                describe(
                        dialect.extensibleRef(DefinitionCatalog.name(ListMeta.class)),
                        "Standard list metadata. More info: " + CONVENTIONS + "#types-kinds"));
        properties(node, properties);
        node.putArray("required").add("items");
        selectable(node, custom);
        return node;
    }

    private TreeMap<String, ObjectNode> typeFields() {
        TreeMap<String, ObjectNode> fields = new TreeMap<>();
        for (String name : List.of("apiVersion", "kind")) {
            ObjectNode text = Json.MAPPER.createObjectNode().put("type", "string");
            fields.put(name, describe(text, descriptions.of("V1Pod", name)));
        }
        return fields;
    }

    private static void properties(ObjectNode node, TreeMap<String, ObjectNode> properties) {
        if (!properties.isEmpty()) {
            ObjectNode object = node.putObject("properties");
            properties.forEach(object::set);
        }
    }

    private static ObjectNode describe(ObjectNode node, String description) {
        return description.isEmpty() ? node : node.put("description", description);
    }

    private static String jsonName(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }
}
