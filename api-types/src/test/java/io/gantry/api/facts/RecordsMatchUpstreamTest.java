package io.gantry.api.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.google.gson.annotations.SerializedName;
import io.gantry.api.kind.KindCatalog;
import io.gantry.api.meta.v1.DeleteOptions;
import io.gantry.api.meta.v1.Status;
import io.gantry.api.resource.IntOrString;
import io.gantry.api.resource.Quantity;
import io.gantry.api.schema.annotation.ApiType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Every record of the API against its model in the official Java client: each field there, with the same type.
class RecordsMatchUpstreamTest {
    private static final String MODELS = "io.kubernetes.client.openapi.models.";
    private static final Set<String> TEXT = Set.of("String", "byte[]", "URI", "UUID");

    @Test
    void noFieldIsMissingOrTypedOtherwise() throws ClassNotFoundException {
        List<String> faults = new ArrayList<>();
        for (Class<?> type : records()) {
            compare(type, faults);
        }
        assertEquals("", String.join("\n", faults));
    }

    private static Set<Class<?>> records() {
        Deque<Class<?>> open = new ArrayDeque<>(List.of(DeleteOptions.class, Status.class));
        KindCatalog.all().forEach(kind -> open.add(kind.kind().type()));
        Set<Class<?>> seen = new LinkedHashSet<>();
        while (!open.isEmpty()) {
            Class<?> type = open.remove();
            if (seen.add(type)) {
                for (RecordComponent component : type.getRecordComponents()) {
                    addRecords(component.getGenericType(), open);
                }
            }
        }
        return seen;
    }

    private static void addRecords(Type type, Deque<Class<?>> open) {
        switch (type) {
            case ParameterizedType generic -> {
                for (Type argument : generic.getActualTypeArguments()) {
                    addRecords(argument, open);
                }
            }
            case Class<?> plain when plain.isAnnotationPresent(ApiType.class) -> open.add(plain);
            default -> {}
        }
    }

    private static void compare(Class<?> type, List<String> faults) throws ClassNotFoundException {
        String model = type.getAnnotation(ApiType.class).model();
        Map<String, Type> ours = new TreeMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
            ours.put(renamed == null ? component.getName() : renamed.value(), component.getGenericType());
        }
        for (Field field : Class.forName(MODELS + model).getDeclaredFields()) {
            SerializedName name = field.getAnnotation(SerializedName.class);
            if (name == null) {
                continue;
            }
            Type our = ours.get(name.value());
            if (our == null) {
                faults.add(model + "." + name.value() + " is missing");
            } else if (!same(our, field.getGenericType())) {
                faults.add(model + "." + name.value() + " is " + our.getTypeName() + ", upstream "
                        + field.getGenericType().getTypeName());
            }
        }
    }

    private static boolean same(Type our, Type their) {
        if (our instanceof ParameterizedType generic) {
            if (!(their instanceof ParameterizedType theirGeneric)
                    || !generic.getRawType().equals(theirGeneric.getRawType())) {
                return false;
            }
            Type[] arguments = generic.getActualTypeArguments();
            Type[] theirArguments = theirGeneric.getActualTypeArguments();
            int last = arguments.length - 1;
            return same(arguments[last], theirArguments[last]);
        }
        return their instanceof Class<?> upstream && our instanceof Class<?> type && sameClass(type, upstream);
    }

    private static boolean sameClass(Class<?> our, Class<?> upstream) {
        String name = upstream.getSimpleName();
        if (our == JsonNode.class) {
            return true;
        }
        if (our == String.class) {
            return TEXT.contains(name);
        }
        if (our == Instant.class) {
            return name.equals("OffsetDateTime");
        }
        if (our == Quantity.class || our == IntOrString.class) {
            return name.equals(our.getSimpleName());
        }
        ApiType api = our.getAnnotation(ApiType.class);
        return api != null ? api.model().equals(name) : our == upstream;
    }
}
