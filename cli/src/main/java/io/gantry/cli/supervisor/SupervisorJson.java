package io.gantry.cli.supervisor;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// The supervisor's files and lines as JSON, by tokens: the supervisor lives as long as the node, and object mapping
/// would be half of its memory. Unknown members are ignored.
final class SupervisorJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SupervisorJson() {}

    static String specs(List<ProcessSpec> specs) {
        return written(out -> writeSpecs(out, specs));
    }

    static List<ProcessSpec> specs(String text) {
        return objects(parse(text)).stream().map(SupervisorJson::spec).toList();
    }

    static String states(List<ProcessState> states) {
        return written(out -> {
            out.writeStartArray();
            for (ProcessState state : states) {
                out.writeStartObject();
                out.writeStringProperty("name", state.name());
                out.writeNumberProperty("pid", state.pid());
                out.writeNumberProperty("startedMillis", state.startedMillis());
                out.writeNumberProperty("restarts", state.restarts());
                out.writeNumberProperty("failures", state.failures());
                out.writeStringProperty("lastExit", state.lastExit());
                out.writeStringProperty("health", state.health());
                out.writeBooleanProperty("waiting", state.waiting());
                out.writeEndObject();
            }
            out.writeEndArray();
        });
    }

    static List<ProcessState> states(String text) {
        return objects(parse(text)).stream()
                .map(state -> new ProcessState(
                        text(state, "name"),
                        number(state, "pid"),
                        number(state, "startedMillis"),
                        (int) number(state, "restarts"),
                        (int) number(state, "failures"),
                        text(state, "lastExit"),
                        text(state, "health"),
                        text(state, "waiting").equals("true")))
                .toList();
    }

    static String request(SupervisorRequest request) {
        return written(out -> {
            out.writeStartObject();
            out.writeStringProperty("operation", request.operation());
            out.writeStringProperty("name", request.name());
            out.writeName("specs");
            writeSpecs(out, request.specs());
            out.writeEndObject();
        });
    }

    static SupervisorRequest request(String line) {
        Map<?, ?> request = object(parse(line));
        List<ProcessSpec> specs =
                objects(request.get("specs")).stream().map(SupervisorJson::spec).toList();
        return new SupervisorRequest(text(request, "operation"), specs, text(request, "name"));
    }

    private static void writeSpecs(JsonGenerator out, List<ProcessSpec> specs) {
        out.writeStartArray();
        for (ProcessSpec spec : specs) {
            out.writeStartObject();
            out.writeStringProperty("name", spec.name());
            out.writeArrayPropertyStart("command");
            spec.command().forEach(out::writeString);
            out.writeEndArray();
            out.writeObjectPropertyStart("environment");
            spec.environment().forEach(out::writeStringProperty);
            out.writeEndObject();
            out.writeStringProperty("log", spec.log());
            out.writeStringProperty("health", spec.health());
            out.writeStringProperty("whileExists", spec.whileExists());
            out.writeEndObject();
        }
        out.writeEndArray();
    }

    private static ProcessSpec spec(Map<?, ?> spec) {
        List<String> command = new ArrayList<>();
        if (spec.get("command") instanceof List<?> words) {
            words.forEach(word -> command.add(String.valueOf(word)));
        }
        Map<String, String> environment = new LinkedHashMap<>();
        object(spec.get("environment"))
                .forEach((name, value) -> environment.put(String.valueOf(name), String.valueOf(value)));
        return new ProcessSpec(
                text(spec, "name"),
                command,
                environment,
                text(spec, "log"),
                text(spec, "health"),
                text(spec, "whileExists"));
    }

    /// A function that writes.
    private interface Writing {
        void to(JsonGenerator out);
    }

    private static String written(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            writing.to(out);
        }
        return text.toString();
    }

    /// @throws tools.jackson.core.JacksonException when it is no JSON
    private static Object parse(String text) {
        try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
            in.nextToken();
            return value(in);
        }
    }

    private static Object value(JsonParser in) {
        JsonToken token = in.currentToken();
        if (token == JsonToken.START_OBJECT) {
            Map<String, Object> members = new LinkedHashMap<>();
            while (in.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = in.currentName();
                in.nextToken();
                members.put(name, value(in));
            }
            return members;
        }
        if (token == JsonToken.START_ARRAY) {
            List<Object> elements = new ArrayList<>();
            while (in.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(in));
            }
            return elements;
        }
        if (token == JsonToken.VALUE_NUMBER_INT) {
            return in.getLongValue();
        }
        return token == null || token == JsonToken.VALUE_NULL ? "" : in.getString();
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> members ? members : Map.of();
    }

    private static List<Map<?, ?>> objects(@Nullable Object value) {
        List<Map<?, ?>> objects = new ArrayList<>();
        if (value instanceof List<?> elements) {
            elements.forEach(element -> objects.add(object(element)));
        }
        return objects;
    }

    private static String text(Map<?, ?> object, String name) {
        Object value = object.get(name);
        return value == null ? "" : value.toString();
    }

    private static long number(Map<?, ?> object, String name) {
        return object.get(name) instanceof Long value ? value : 0;
    }
}
