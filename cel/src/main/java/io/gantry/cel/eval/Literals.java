package io.gantry.cel.eval;

import io.gantry.cel.value.CelError;
import io.gantry.cel.value.MapLiteral;
import io.gantry.cel.value.StructValue;
import io.gantry.cel.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Lists, maps and objects written in an expression.
final class Literals {
    private static final int LIST_COST = 10;
    private static final int MAP_COST = 30;
    private static final int STRUCT_COST = 40;

    private Literals() {}

    /// One entry; an optional one is left out when its value is none.
    record Entry(Step key, Step value, boolean optional) {
        Optional<Object> eval(Frame frame) {
            Object given = value.eval(frame);
            return optional ? unwrap(given) : Optional.of(given);
        }
    }

    private static Optional<Object> unwrap(Object given) {
        if (given instanceof Optional<?> optional) {
            return optional.map(Object.class::cast);
        }
        throw new CelError("cannot initialize optional entry from non-optional value " + Values.typeName(given));
    }

    record ListOf(List<Step> elements, Set<Integer> optional) implements Step {
        @Override
        public Object eval(Frame frame) {
            List<Object> list = new ArrayList<>(elements.size());
            for (int i = 0; i < elements.size(); i++) {
                Object value = elements.get(i).eval(frame);
                if (optional.contains(i)) {
                    unwrap(value).ifPresent(list::add);
                } else {
                    list.add(value);
                }
            }
            frame.charge(LIST_COST);
            return list;
        }
    }

    record MapOf(List<Entry> entries) implements Step {
        @Override
        public Object eval(Frame frame) {
            MapLiteral map = new MapLiteral();
            for (Entry entry : entries) {
                Object key = entry.key().eval(frame);
                Optional<Object> value = entry.eval(frame);
                if (value.isPresent() && !map.insert(key, value.get())) {
                    throw new CelError("Failed with repeated key: " + key);
                }
            }
            frame.charge(MAP_COST);
            return map;
        }
    }

    record StructOf(String type, Map<String, Entry> fields) implements Step {
        @Override
        public Object eval(Frame frame) {
            Map<String, Object> values = new LinkedHashMap<>();
            fields.forEach((name, entry) -> entry.eval(frame).ifPresent(value -> values.put(name, value)));
            frame.charge(STRUCT_COST);
            return new StructValue(type, values);
        }
    }
}
