package io.gantry.api.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gantry.api.Json;
import io.gantry.api.decode.Bodies;
import io.gantry.api.decode.Body;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.kind.KindDefinition;
import io.gantry.api.managedfields.FieldWriter;
import io.gantry.api.managedfields.ManagedFields;
import io.gantry.api.managedfields.ServerSideApply;
import io.gantry.api.patch.MergePatch;
import io.gantry.api.protobuf.ProtobufDecoder;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What must hold for every kind, tried with objects made from its schema; a failure names its seed.
class EveryKindTest {
    private static final int SEEDS = 8;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final ProtobufDecoder PROTOBUF = new ProtobufDecoder(KindCatalog.all());

    static Stream<KindDefinition<?>> kinds() {
        return KindCatalog.all().stream().map(kind -> (KindDefinition<?>) kind);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void decodingIsStrictAndIdempotent(KindDefinition<?> definition) {
        ResourceSchema schema = Schemas.of(definition.kind());
        for (long seed = 0; seed < SEEDS; seed++) {
            ObjectNode object = new RandomObjects(seed).object(schema);
            assertEquals(List.of(), schema.conform(object), "seed " + seed);
            schema.applyDefaults(object);
            ObjectNode again = object.deepCopy();
            assertEquals(List.of(), schema.conform(again), "seed " + seed);
            schema.applyDefaults(again);
            assertEquals(object, again, "seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void recordsAndTreesAgree(KindDefinition<?> definition) {
        ResourceSchema schema = Schemas.of(definition.kind());
        for (long seed = 0; seed < SEEDS; seed++) {
            ObjectNode object = new RandomObjects(seed).object(schema);
            schema.conform(object);
            Object typed = Json.MAPPER.treeToValue(object, definition.kind().type());
            Body back = Bodies.json(Json.MAPPER.writeValueAsBytes(typed));
            assertEquals(List.of(), schema.conform(back.tree()), "seed " + seed);
            ObjectNode expected =
                    Bodies.json(Json.MAPPER.writeValueAsBytes(object)).tree();
            assertEquals(withoutEmpty(expected), withoutEmpty(back.tree()), "seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void managedFieldsNameOnlyWhatIsThere(KindDefinition<?> definition) {
        ResourceSchema schema = Schemas.of(definition.kind());
        FieldWriter one = new FieldWriter("one", "", NOW, Set.of());
        for (long seed = 0; seed < SEEDS; seed++) {
            ObjectNode object = new RandomObjects(seed).object(schema);
            schema.conform(object);
            ManagedFields.trackCreate(schema, object, one);
            ObjectNode same = object.deepCopy();
            ManagedFields.trackUpdate(schema, object, same, new FieldWriter("two", "", NOW.plusSeconds(9), Set.of()));
            assertEquals(object, same, "seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void applyingTwiceIsApplyingOnce(KindDefinition<?> definition) {
        ResourceSchema schema = Schemas.of(definition.kind());
        for (long seed = 0; seed < SEEDS; seed++) {
            ObjectNode config = new RandomObjects(seed).object(schema);
            schema.conform(config);
            unique(config);
            ObjectNode first =
                    ServerSideApply.apply(schema, null, config, false, new FieldWriter("one", "", NOW, Set.of()));
            ObjectNode content = first.deepCopy();
            content.withObject("/metadata").remove("managedFields");
            assertEquals(withoutEmpty(config), withoutEmpty(content), "seed " + seed);
            ObjectNode second = ServerSideApply.apply(
                    schema, first, config, false, new FieldWriter("one", "", NOW.plusSeconds(9), Set.of()));
            assertEquals(first, second, "seed " + seed);
            ObjectNode nothing = (ObjectNode) MergePatch.apply(
                    Json.MAPPER.createObjectNode(),
                    Json.MAPPER
                            .createObjectNode()
                            .put("apiVersion", schema.apiVersion())
                            .put("kind", schema.kind()));
            ObjectNode withdrawn = ServerSideApply.apply(
                    schema, second, nothing, false, new FieldWriter("one", "", NOW.plusSeconds(19), Set.of()));
            withdrawn.remove(List.of("apiVersion", "kind"));
            withdrawn
                    .withObject("/metadata")
                    .remove(List.of(
                            "name",
                            "namespace",
                            "creationTimestamp",
                            "selfLink",
                            "uid",
                            "generation",
                            "resourceVersion"));
            assertEquals(withoutEmpty(Json.MAPPER.createObjectNode()), withoutEmpty(withdrawn), "seed " + seed);
        }
    }

    /// Random schemas of a definition are none, and options inside an eviction have no kind in protobuf.
    static Stream<KindDefinition<?>> kindsWithWholeMessages() {
        return kinds().filter(kind -> !List.of("CustomResourceDefinition", "Eviction")
                .contains(kind.kind().name()));
    }

    /// Go clients read protobuf: nothing of an object may be lost on the way, save zeros that upstream drops too.
    @ParameterizedTest
    @MethodSource("kindsWithWholeMessages")
    void protobufLosesNothing(KindDefinition<?> definition) {
        ResourceSchema schema = Schemas.of(definition.kind());
        for (long seed = 0; seed < SEEDS; seed++) {
            ObjectNode object = new RandomObjects(seed).object(schema);
            schema.conform(object);
            byte[] json = Json.MAPPER.writeValueAsBytes(object);
            ObjectNode back = PROTOBUF.decode(PROTOBUF.encoder().encode(json));
            assertEquals(
                    withoutZeros(Json.MAPPER.readTree(json)),
                    withoutZeros(Json.MAPPER.readTree(back.toString())),
                    "seed " + seed);
        }
    }

    private static JsonNode withoutZeros(JsonNode node) {
        JsonNode copy = node.deepCopy();
        dropZeros(copy);
        return copy;
    }

    private static void dropZeros(JsonNode node) {
        node.values().forEach(EveryKindTest::dropZeros);
        if (node instanceof ObjectNode object) {
            object.properties()
                    .removeIf(field -> field.getValue().isContainer()
                            ? field.getValue().isEmpty()
                            : field.getValue().isNull()
                                    || List.of("", "0", "false")
                                            .contains(field.getValue().asString("")));
        }
    }

    /// Keyed lists may not hold an item twice: only the first item of every list stays.
    private static void unique(JsonNode node) {
        if (node.isArray()) {
            while (node.size() > 1) {
                ((tools.jackson.databind.node.ArrayNode) node).remove(node.size() - 1);
            }
        }
        node.values().forEach(EveryKindTest::unique);
    }

    private static JsonNode withoutEmpty(JsonNode node) {
        JsonNode copy = node.deepCopy();
        prune(copy);
        return copy;
    }

    /// Drops empty containers, deepest first: records of never-null parts write them.
    private static void prune(JsonNode node) {
        node.values().forEach(EveryKindTest::prune);
        if (node instanceof ObjectNode object) {
            object.properties()
                    .removeIf(field ->
                            field.getValue().isContainer() && field.getValue().isEmpty());
        }
    }
}
