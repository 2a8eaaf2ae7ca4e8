package io.gantry.apicodec;

import java.util.Map;
import javax.lang.model.element.ElementKind;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/// What a component holds: a scalar, a record, or a list or map of these.
sealed interface ValueType {
    /// The type in Java.
    String java();

    /// The constant of the codec that reads and writes such values as elements of lists and maps.
    String codec();

    /// @param method the method of `Reading` and of `Writing`
    record Scalar(String java, String method, String codec) implements ValueType {}

    record Nested(String java) implements ValueType {
        @Override
        public String codec() {
            return java + "Codec.CODEC";
        }
    }

    record ListOf(ValueType element) implements ValueType {
        @Override
        public String java() {
            return "java.util.List<" + element.java() + ">";
        }

        @Override
        public String codec() {
            if (element instanceof Scalar scalar && scalar.method().equals("text")) {
                return SCALARS + "TEXTS";
            }
            throw new IllegalArgumentException("no codec for elements that are " + java());
        }
    }

    record MapOf(ValueType element) implements ValueType {
        @Override
        public String java() {
            return "java.util.Map<String, " + element.java() + ">";
        }

        @Override
        public String codec() {
            throw new IllegalArgumentException("no codec for elements that are " + java());
        }
    }

    String SCALARS = "io.gantry.api.json.Scalars.";

    Map<String, Scalar> KNOWN = Map.of(
            "java.lang.String", new Scalar("String", "text", SCALARS + "TEXT"),
            "java.lang.Integer", new Scalar("Integer", "int32", SCALARS + "INT32"),
            "java.lang.Long", new Scalar("Long", "int64", SCALARS + "INT64"),
            "java.lang.Boolean", new Scalar("Boolean", "bool", SCALARS + "BOOL"),
            "java.lang.Double", new Scalar("Double", "float64", SCALARS + "FLOAT64"),
            "java.time.Instant", new Scalar("java.time.Instant", "time", SCALARS + "TIME"),
            "io.gantry.api.resource.Quantity",
                    new Scalar("io.gantry.api.resource.Quantity", "quantity", SCALARS + "QUANTITY"),
            "io.gantry.api.resource.IntOrString",
                    new Scalar("io.gantry.api.resource.IntOrString", "intOrString", SCALARS + "INT_OR_STRING"),
            "tools.jackson.databind.JsonNode", new Scalar("tools.jackson.databind.JsonNode", "tree", SCALARS + "TREE"));

    /// An instant that is written with six digits of a second's fraction. There are no lists of them.
    Scalar MICRO_TIME = new Scalar("java.time.Instant", "microTime", SCALARS + "TIME");

    /// @throws IllegalArgumentException when records of the API may not hold the type
    static ValueType of(TypeMirror type) {
        if (type.getKind() != TypeKind.DECLARED) {
            throw new IllegalArgumentException("a component is of type " + type);
        }
        DeclaredType declared = (DeclaredType) type;
        String name = declared.asElement().toString();
        Scalar scalar = KNOWN.get(name);
        if (scalar != null) {
            return scalar;
        }
        return switch (name) {
            case "java.util.List" -> new ListOf(of(declared.getTypeArguments().getFirst()));
            case "java.util.Map" -> new MapOf(of(declared.getTypeArguments().getLast()));
            default -> nested(declared, name);
        };
    }

    private static ValueType nested(DeclaredType type, String name) {
        boolean marked = type.asElement().getKind() == ElementKind.RECORD
                && type.asElement().getAnnotationMirrors().stream()
                        .anyMatch(a -> a.getAnnotationType().toString().equals(CodecProcessor.API_TYPE));
        if (!marked) {
            throw new IllegalArgumentException(name + " is no record with @ApiType");
        }
        return new Nested(name);
    }
}
