package io.gantry.api.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Where a walk through a tree stands: fields as Strings, list indices as Integers, map keys as their entries. Cheap to
/// keep; written out only for an error.
final class PathStack {
    private static final int FIRST_DEPTH = 16;

    private Object[] steps = new Object[FIRST_DEPTH];
    private int depth;

    void push(Object step) {
        if (depth == steps.length) {
            steps = Arrays.copyOf(steps, depth * 2);
        }
        steps[depth++] = step;
    }

    void pop() {
        depth--;
    }

    /// What leads here: names, and indices as Integers.
    List<Object> steps() {
        List<Object> named = new ArrayList<>(depth);
        for (int i = 0; i < depth; i++) {
            named.add(steps[i] instanceof Map.Entry<?, ?> entry ? String.valueOf(entry.getKey()) : steps[i]);
        }
        return named;
    }

    /// `spec.containers[0].name`, `metadata.labels.app`: as strict decoding writes it.
    String dotted() {
        return text(false);
    }

    /// `spec.containers[0].name`, `metadata.labels[app]`: as field errors write it.
    String bracketed() {
        return text(true);
    }

    /// [#bracketed()] of a field below.
    String bracketedWith(String field) {
        push(field);
        String text = bracketed();
        pop();
        return text;
    }

    /// `spec.containers.name`, as Go's decoder names a field.
    String names() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            if (steps[i] instanceof String name) {
                text.append(text.isEmpty() ? "" : ".").append(name);
            }
        }
        return text.toString();
    }

    private String text(boolean bracketKeys) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            switch (steps[i]) {
                case Integer index -> text.append('[').append(index).append(']');
                case Map.Entry<?, ?> entry
                when bracketKeys -> text.append('[').append(entry.getKey()).append(']');
                case Map.Entry<?, ?> entry ->
                    text.append(text.isEmpty() ? "" : ".").append(entry.getKey());
                default -> text.append(text.isEmpty() ? "" : ".").append(steps[i]);
            }
        }
        return text.toString();
    }
}
