package io.gantry.api.json;

import io.gantry.api.resource.IntOrString;
import io.gantry.api.resource.Quantity;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.type.TypeFactory;

/// The codecs of what lists and maps hold besides records.
public final class Scalars {
    public static final Codec<String> TEXT = new Text();
    public static final Codec<Integer> INT32 = new Int32();
    public static final Codec<Long> INT64 = new Int64();
    public static final Codec<Boolean> BOOL = new Bool();
    public static final Codec<Double> FLOAT64 = new Float64();
    public static final Codec<Instant> TIME = new Time();
    public static final Codec<Quantity> QUANTITY = new Quantities();
    public static final Codec<IntOrString> INT_OR_STRING = new IntsOrStrings();
    public static final Codec<JsonNode> TREE = new Tree();
    public static final Codec<List<String>> TEXTS = new Texts();

    private Scalars() {}

    private abstract static class Scalar<T> extends Codec<T> {
        Scalar(Class<?> type) {
            super(type);
        }

        @Override
        final boolean isShared() {
            return true;
        }
    }

    private static final class Text extends Scalar<String> {
        Text() {
            super(String.class);
        }

        @Override
        public @Nullable String read(JsonParser p, Reading r) {
            return r.text(p);
        }

        @Override
        public void write(String value, Writing w) {
            w.text(value);
        }
    }

    private static final class Int32 extends Scalar<Integer> {
        Int32() {
            super(Integer.class);
        }

        @Override
        public @Nullable Integer read(JsonParser p, Reading r) {
            return r.int32(p);
        }

        @Override
        public void write(Integer value, Writing w) {
            w.int32(value);
        }
    }

    private static final class Int64 extends Scalar<Long> {
        Int64() {
            super(Long.class);
        }

        @Override
        public @Nullable Long read(JsonParser p, Reading r) {
            return r.int64(p);
        }

        @Override
        public void write(Long value, Writing w) {
            w.int64(value);
        }
    }

    private static final class Bool extends Scalar<Boolean> {
        Bool() {
            super(Boolean.class);
        }

        @Override
        public @Nullable Boolean read(JsonParser p, Reading r) {
            return r.bool(p);
        }

        @Override
        public void write(Boolean value, Writing w) {
            w.bool(value);
        }
    }

    private static final class Float64 extends Scalar<Double> {
        Float64() {
            super(Double.class);
        }

        @Override
        public @Nullable Double read(JsonParser p, Reading r) {
            return r.float64(p);
        }

        @Override
        public void write(Double value, Writing w) {
            w.float64(value);
        }
    }

    private static final class Time extends Scalar<Instant> {
        Time() {
            super(Instant.class);
        }

        @Override
        public @Nullable Instant read(JsonParser p, Reading r) {
            return r.time(p);
        }

        @Override
        public void write(Instant value, Writing w) {
            w.time(value);
        }
    }

    private static final class Quantities extends Scalar<Quantity> {
        Quantities() {
            super(Quantity.class);
        }

        @Override
        public @Nullable Quantity read(JsonParser p, Reading r) {
            return r.quantity(p);
        }

        @Override
        public void write(Quantity value, Writing w) {
            w.text(value.text());
        }
    }

    private static final class IntsOrStrings extends Scalar<IntOrString> {
        IntsOrStrings() {
            super(IntOrString.class);
        }

        @Override
        public @Nullable IntOrString read(JsonParser p, Reading r) {
            return r.intOrString(p);
        }

        @Override
        public void write(IntOrString value, Writing w) {
            w.intOrString(value);
        }
    }

    private static final class Tree extends Scalar<JsonNode> {
        Tree() {
            super(JsonNode.class);
        }

        @Override
        public @Nullable JsonNode read(JsonParser p, Reading r) {
            return r.tree(p);
        }

        @Override
        public void write(JsonNode value, Writing w) {
            w.tree(value);
        }
    }

    private static final class Texts extends Scalar<List<String>> {
        Texts() {
            super(List.class);
        }

        @Override
        JavaType type(TypeFactory types) {
            return types.constructCollectionType(List.class, String.class);
        }

        @Override
        public @Nullable List<String> read(JsonParser p, Reading r) {
            return r.list(p, TEXT);
        }

        @Override
        public void write(List<String> value, Writing w) {
            w.elements(value, TEXT);
        }
    }
}
