package io.gantry.apicodec;

import java.util.List;

/// The source text of one codec.
///
/// @param record the record's simple name
record CodecSource(String packageName, String record, List<Property> properties) {
    private static final String NULL_SAFE = "java.util.Objects.equals(";

    String qualifiedName() {
        return packageName + "." + record + "Codec";
    }

    String text() {
        return """
                package %1$s;

                import io.gantry.api.json.Reading;
                import io.gantry.api.json.RecordCodec;
                import io.gantry.api.json.Writing;
                import javax.annotation.processing.Generated;
                import tools.jackson.core.JacksonException;
                import tools.jackson.core.JsonParser;
                import tools.jackson.core.JsonToken;

                /// JSON of [%2$s].
                @Generated("io.gantry.apicodec.CodecProcessor")
                public final class %2$sCodec extends RecordCodec<%2$s> {
                    public static final %2$sCodec CODEC = new %2$sCodec();

                    private %2$sCodec() {
                        super(%2$s.class, %3$s);
                    }

                %4$s
                %5$s
                %6$s}
                """.formatted(packageName, record, isShared(), reader(), writer(), same());
    }

    /// Whole objects, their metadata, specs and statuses differ from one another; looking for equals would be in vain.
    private boolean isShared() {
        return !record.endsWith("Spec")
                && !record.endsWith("Status")
                && !record.equals("ObjectMeta")
                && properties.stream().noneMatch(p -> p.name().equals("metadata"));
    }

    private String reader() {
        StringBuilder locals = new StringBuilder();
        StringBuilder cases = new StringBuilder();
        StringBuilder arguments = new StringBuilder();
        for (int i = 0; i < properties.size(); i++) {
            Property property = properties.get(i);
            locals.append("        %s v%d = null;\n".formatted(property.type().java(), i));
            cases.append("                    case \"%s\" -> v%d = %s;\n"
                    .formatted(property.name(), i, read(property.type())));
            arguments.append(i == 0 ? "" : ", ").append("v").append(i);
        }
        return """
                    @Override
                    public %1$s read(JsonParser p, Reading r) {
                        if (p.currentToken() != JsonToken.START_OBJECT) {
                            return r.other(p, this);
                        }
                        int outer = r.enter();
                %2$s        String name = p.nextName();
                        while (name != null) {
                            try {
                                r.value(p, name);
                                switch (name) {
                %3$s                    default -> r.unknown(p, this, name);
                                }
                            } catch (JacksonException e) {
                                throw at(e, name);
                            }
                            name = p.nextName();
                        }
                        return r.leave(outer, new %1$s(%4$s), this);
                    }
                """.formatted(record, locals, cases, arguments);
    }

    private static String read(ValueType type) {
        return switch (type) {
            case ValueType.Scalar scalar -> "r.%s(p)".formatted(scalar.method());
            case ValueType.Nested nested -> "%s.read(p, r)".formatted(nested.codec());
            case ValueType.ListOf list
            when list.element().java().endsWith(".ManagedFieldsEntry") ->
                "r.isLean() ? r.skip(p) : r.list(p, %s)"
                        .formatted(list.element().codec());
            case ValueType.ListOf list ->
                "r.list(p, %s)".formatted(list.element().codec());
            case ValueType.MapOf map -> "r.map(p, %s)".formatted(map.element().codec());
        };
    }

    private String writer() {
        StringBuilder lines = new StringBuilder();
        for (Property property : properties) {
            lines.append("        ").append(write(property)).append(";\n");
        }
        return """
                    @Override
                    public void write(%s value, Writing w) {
                        w.startObject();
                %s        w.endObject();
                    }
                """.formatted(record, lines);
    }

    private static String write(Property property) {
        String value = "value." + property.accessor() + "()";
        return switch (property.type()) {
            case ValueType.Scalar scalar -> "w.%s(\"%s\", %s)".formatted(scalar.method(), property.name(), value);
            case ValueType.Nested nested -> "w.part(\"%s\", %s, %s)".formatted(property.name(), value, nested.codec());
            case ValueType.ListOf list ->
                "w.list(\"%s\", %s, %s)"
                        .formatted(property.name(), value, list.element().codec());
            case ValueType.MapOf map ->
                "w.map(\"%s\", %s, %s)"
                        .formatted(property.name(), value, map.element().codec());
        };
    }

    /// Parts that are shared hold parts that are shared: these need no look inside.
    private String same() {
        if (!isShared()) {
            return "";
        }
        StringBuilder terms = new StringBuilder("true");
        for (Property property : properties) {
            String accessor = property.accessor();
            terms.append("\n                && ")
                    .append(
                            property.type() instanceof ValueType.Scalar
                                    ? NULL_SAFE + "a.%1$s(), b.%1$s())".formatted(accessor)
                                    : "a.%1$s() == b.%1$s()".formatted(accessor));
        }
        return """

                    @Override
                    public boolean isSame(%s a, %1$s b) {
                        return %s;
                    }
                """.formatted(record, terms);
    }
}
