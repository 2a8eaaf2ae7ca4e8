package io.gantry.apiserver.customresource;

import io.gantry.api.kind.Column;
import io.gantry.api.kind.HumanDuration;
import io.gantry.apiserver.objects.Trees;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// Columns of Tables from `additionalPrinterColumns` (upstream
/// `apiextensions-apiserver/pkg/registry/customresource/tableconvertor`).
final class CustomColumns {
    private static final Logger LOG = LoggerFactory.getLogger(CustomColumns.class);
    private static final String AGE = "CreationTimestamp is a timestamp representing the server time when this object"
            + " was created. It is not guaranteed to be set in happens-before order across separate operations."
            + " Clients may not set this value. It is represented in RFC3339 form and is in UTC.\n\nPopulated by the"
            + " system. Read-only. Null for lists. More info:"
            + " https://git.k8s.io/community/contributors/devel/sig-architecture/api-conventions.md#metadata";

    private CustomColumns() {}

    /// The columns after the name; the age alone where a version names none.
    static List<Column> of(DefinitionVersion version) {
        List<Column> columns = new ArrayList<>();
        for (JsonNode column : version.columns()) {
            try {
                columns.add(column(column));
            } catch (IllegalArgumentException e) {
                LOG.info("a column of version {} is left out with all after it: {}", version.name(), e.getMessage());
                return columns;
            }
        }
        if (columns.isEmpty()) {
            columns.add(
                    new Column("Age", "date", "", 0, AGE, cell("date", JsonPath.parse(".metadata.creationTimestamp"))));
        }
        return columns;
    }

    private static Column column(JsonNode column) {
        String type = Trees.text(column, "type");
        String description = Trees.text(column, "description");
        String path = Trees.text(column, "jsonPath");
        return new Column(
                Trees.text(column, "name"),
                type,
                Trees.text(column, "format"),
                column.path("priority").asInt(0),
                description.isEmpty() ? "Custom resource definition column (in JSONPath format): " + path : description,
                cell(type, JsonPath.parse(path)));
    }

    private static BiFunction<JsonNode, Instant, @Nullable Object> cell(String type, JsonPath path) {
        return (object, now) -> {
            List<JsonNode> found = path.find(object);
            return found.isEmpty() ? null : value(type, found.getFirst(), now);
        };
    }

    private static @Nullable Object value(String type, JsonNode value, Instant now) {
        return switch (type) {
            case "integer" -> value.isNumber() ? (Object) (long) value.doubleValue() : null;
            case "number" ->
                value.isIntegralNumber() ? (Object) value.longValue() : value.isNumber() ? value.doubleValue() : null;
            case "boolean" -> value.isBoolean() ? (Object) value.booleanValue() : null;
            case "date" -> value.isString() ? age(value.stringValue(), now) : null;
            default -> text(value);
        };
    }

    private static @Nullable Object text(JsonNode value) {
        if (value.isNull()) {
            return null;
        }
        return value.isString() ? value.stringValue() : value.toString();
    }

    private static String age(String timestamp, Instant now) {
        if (timestamp.isEmpty()) {
            return "<unknown>";
        }
        try {
            Instant then = OffsetDateTime.parse(timestamp).toInstant();
            return HumanDuration.format(Duration.between(then, now));
        } catch (DateTimeException e) {
            return "<invalid>";
        }
    }
}
