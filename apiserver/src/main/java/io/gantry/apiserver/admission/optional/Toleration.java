package io.gantry.apiserver.admission.optional;

import io.gantry.apiserver.objects.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A toleration of a pod (upstream `pkg/util/tolerations`); absent fields are empty.
record Toleration(String key, String operator, String value, String effect, Optional<Long> seconds) {
    static final String EXISTS = "Exists";
    static final String NO_SCHEDULE = "NoSchedule";

    private static final String EQUAL = "Equal";
    private static final String NO_EXECUTE = "NoExecute";

    static List<Toleration> of(ObjectNode pod) {
        return listed(Trees.at(pod, "spec", "tolerations"));
    }

    static List<Toleration> listed(JsonNode list) {
        List<Toleration> tolerations = new ArrayList<>();
        for (JsonNode toleration : list) {
            JsonNode seconds = toleration.path("tolerationSeconds");
            tolerations.add(new Toleration(
                    Trees.text(toleration, "key"),
                    Trees.text(toleration, "operator"),
                    Trees.text(toleration, "value"),
                    Trees.text(toleration, "effect"),
                    seconds.isNumber() ? Optional.of(seconds.asLong()) : Optional.empty()));
        }
        return tolerations;
    }

    static void put(ObjectNode pod, List<Toleration> tolerations) {
        ArrayNode list = Trees.object(pod, "spec").putArray("tolerations");
        for (Toleration toleration : tolerations) {
            ObjectNode tree = list.addObject();
            toleration.texts(tree);
            toleration.seconds.ifPresent(seconds -> tree.put("tolerationSeconds", seconds));
        }
    }

    private void texts(ObjectNode tree) {
        put(tree, "key", key);
        put(tree, "operator", operator);
        put(tree, "value", value);
        put(tree, "effect", effect);
    }

    private static void put(ObjectNode tree, String field, String text) {
        if (!text.isEmpty()) {
            tree.put(field, text);
        }
    }

    /// Whether both are for the same taints, whatever their seconds.
    boolean matches(Toleration other) {
        return key.equals(other.key)
                && effect.equals(other.effect)
                && operator.equals(other.operator)
                && value.equals(other.value);
    }

    /// Whether this tolerates all that the other does.
    boolean covers(Toleration other) {
        if (equals(other)) {
            return true;
        }
        boolean everyKey = key.isEmpty() && operator.equals(EXISTS);
        if ((!key.equals(other.key) && !everyKey) || (!effect.equals(other.effect) && !effect.isEmpty())) {
            return false;
        }
        if (effect.equals(NO_EXECUTE)
                && seconds.isPresent()
                && (other.seconds.isEmpty() || other.seconds.get() > seconds.get())) {
            return false;
        }
        return switch (operator) {
            case EQUAL, "" -> other.operator.equals(EQUAL) && other.value.equals(value);
            case EXISTS -> true;
            default -> false;
        };
    }

    /// Both lists without those that another covers; of equal ones the first stays.
    static List<Toleration> merged(List<Toleration> first, List<Toleration> second) {
        List<Toleration> all = new ArrayList<>(first);
        all.addAll(second);
        List<Toleration> merged = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Toleration each = all.get(i);
            boolean redundant = merged.stream().anyMatch(other -> other.covers(each))
                    || all.subList(i + 1, all.size()).stream()
                            .anyMatch(other -> !other.equals(each) && other.covers(each));
            if (!redundant) {
                merged.add(each);
            }
        }
        return merged;
    }

    /// Whether each is covered by one that is allowed; all are where nothing is listed.
    static boolean allAllowed(List<Toleration> tolerations, List<Toleration> allowed) {
        return allowed.isEmpty()
                || tolerations.stream().allMatch(each -> allowed.stream().anyMatch(one -> one.covers(each)));
    }
}
