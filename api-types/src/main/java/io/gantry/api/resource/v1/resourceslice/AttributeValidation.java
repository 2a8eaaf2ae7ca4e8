package io.gantry.api.resource.v1.resourceslice;

import io.gantry.api.Json;
import io.gantry.api.kind.FieldErrors;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The value of an attribute (upstream `validateDeviceAttribute`).
final class AttributeValidation {
    private static final int MAX_BYTES = 64;
    private static final String NUMERIC = "(0|[1-9]\\d*)";
    private static final String PRE_RELEASE = "(0|[1-9]\\d*|\\d*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final String BUILD = "[0-9a-zA-Z-]+";
    private static final Pattern SEMVER = Pattern.compile(NUMERIC + "\\." + NUMERIC + "\\." + NUMERIC
            + "(-" + PRE_RELEASE + "(\\." + PRE_RELEASE + ")*)?"
            + "(\\+" + BUILD + "(\\." + BUILD + ")*)?");

    private AttributeValidation() {}

    /// Whether it has values of a list.
    static boolean isList(DeviceAttribute attribute) {
        return entries(attribute) > 0;
    }

    /// How many values it has: one, unless it has lists.
    static int values(DeviceAttribute attribute) {
        return Math.max(1, entries(attribute));
    }

    private static int entries(DeviceAttribute attribute) {
        return attribute.bools().size()
                + attribute.ints().size()
                + attribute.strings().size()
                + attribute.versions().size();
    }

    static void check(DeviceAttribute attribute, String path, FieldErrors errors) {
        if (attribute.string() != null) {
            text(attribute.string(), path + ".string", errors);
        }
        if (attribute.version() != null) {
            version(attribute.version(), path + ".version", errors);
        }
        for (int i = 0; i < attribute.strings().size(); i++) {
            text(attribute.strings().get(i), path + ".strings[" + i + "]", errors);
        }
        for (int i = 0; i < attribute.versions().size(); i++) {
            version(attribute.versions().get(i), path + ".versions[" + i + "]", errors);
        }
        long kinds = kinds(attribute);
        if (kinds != 1) {
            errors.invalid(path, kinds == 0 ? "" : internal(attribute), "exactly one value must be specified");
        }
    }

    private static long kinds(DeviceAttribute attribute) {
        long single = Stream.of(attribute.int_(), attribute.bool(), attribute.string(), attribute.version())
                .filter(Objects::nonNull)
                .count();
        long lists = Stream.of(attribute.ints(), attribute.bools(), attribute.strings(), attribute.versions())
                .filter(list -> !list.isEmpty())
                .count();
        return single + lists;
    }

    /// As upstream shows it: its internal type has no names for JSON.
    private static JsonNode internal(DeviceAttribute attribute) {
        ObjectNode shown = Json.MAPPER.createObjectNode();
        shown.put("IntValue", attribute.int_());
        shown.put("BoolValue", attribute.bool());
        shown.put("StringValue", attribute.string());
        shown.put("VersionValue", attribute.version());
        shown.set("IntValues", list(attribute.ints()));
        shown.set("BoolValues", list(attribute.bools()));
        shown.set("StringValues", list(attribute.strings()));
        shown.set("VersionValues", list(attribute.versions()));
        return shown;
    }

    private static @Nullable JsonNode list(List<?> values) {
        return values.isEmpty() ? null : Json.MAPPER.valueToTree(values);
    }

    private static void text(String value, String path, FieldErrors errors) {
        if (value.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            errors.tooLong(path, MAX_BYTES);
        }
    }

    private static void version(String value, String path, FieldErrors errors) {
        if (!SEMVER.matcher(value).matches()) {
            errors.invalid(path, value, "must be a string compatible with semver.org spec 2.0.0");
        }
        text(value, path, errors);
    }
}
