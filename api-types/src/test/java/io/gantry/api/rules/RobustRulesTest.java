package io.gantry.api.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.gantry.api.Json;
import io.gantry.api.KubernetesObject;
import io.gantry.api.kind.FieldErrors;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.kind.KindDefinition;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Rules see objects in which required fields are missing; they must name faults and never fail.
final class RobustRulesTest {
    private static final int DEPTH = 9;

    static List<Named<KindDefinition<?>>> kinds() {
        return KindCatalog.all().stream()
                .<Named<KindDefinition<?>>>map(
                        k -> Named.of(k.kind().apiVersion() + " " + k.kind().name(), k))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void emptyObjects(KindDefinition<?> kind) {
        run(kind, JsonNodeFactory.instance.objectNode());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void objectsWhoseStructsAreAllThereAndEmpty(KindDefinition<?> kind) {
        for (int depth = 1; depth <= DEPTH; depth++) {
            run(kind, skeleton(kind.kind().type(), depth));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whoeverChecksTheStatusSaysSo(KindDefinition<?> kind) {
        boolean checks = Arrays.stream(kind.rules().getClass().getDeclaredMethods())
                .anyMatch(method -> method.getName().equals("validateStatusUpdate"));
        assertEquals(checks, kind.rules().checksStatus());
    }

    private static <T extends KubernetesObject> void run(KindDefinition<T> kind, ObjectNode tree) {
        ObjectNode object = tree.deepCopy();
        T before = Json.MAPPER.treeToValue(object, kind.kind().type());
        kind.rules().validate(before, new FieldErrors());
        kind.rules().defaults(object);
        kind.rules().prepareForCreate(object);
        kind.rules().prepareForUpdate(object, tree.deepCopy());
        kind.rules().prepareForStatusUpdate(object, tree.deepCopy());
        T now = Json.MAPPER.treeToValue(object, kind.kind().type());
        FieldErrors errors = new FieldErrors();
        kind.rules().validate(now, errors);
        kind.rules().validateUpdate(now, before, errors);
        kind.rules().validateUpdate(before, now, errors);
        kind.rules().validateStatusUpdate(now, before, errors);
        assertNotNull(kind.rules().warnings(now));
        assertNotNull(kind.rules().selectableFields(object));
    }

    private static ObjectNode skeleton(Class<?> record, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (RecordComponent component : record.getRecordComponents()) {
            Type type = component.getGenericType();
            if (type instanceof Class<?> plain
                    && plain.isRecord()
                    && !plain.getPackageName().endsWith("resource")) {
                if (depth > 0) {
                    object.set(component.getName(), skeleton(plain, depth - 1));
                }
            } else if (depth > 0 && type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
                list(object.putArray(component.getName()), generic, depth);
            } else if (type instanceof ParameterizedType generic && generic.getRawType() == Map.class) {
                object.putObject(component.getName());
            }
        }
        return object;
    }

    private static void list(ArrayNode array, ParameterizedType generic, int depth) {
        if (generic.getActualTypeArguments()[0] instanceof Class<?> element && element.isRecord()) {
            array.add(skeleton(element, depth - 1));
        }
    }
}
