package io.gantry.cel.type;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The type of a value in CEL, with what is needed to read the value out of JSON and to estimate costs (upstream
/// `k8s.io/apiserver/pkg/cel/types.go`). Immutable.
///
/// @param name of an object type; unique within an environment
/// @param fields of an object by escaped name
/// @param element of a list or map
/// @param maxElements how many characters, items or entries there can be
/// @param minSize the fewest bytes such a value takes in JSON
/// @param format of a string: `date`, `date-time`, `duration`, `byte` or empty
/// @param listKind how a list compares and concatenates
/// @param mapKeys of a list of the kind MAP
public record DeclType(
        Kind kind,
        String name,
        Map<String, DeclType> fields,
        Optional<DeclType> element,
        long maxElements,
        long minSize,
        String format,
        ListKind listKind,
        List<String> mapKeys) {

    /// What CEL sees.
    public enum Kind {
        DYN,
        BOOL,
        INT,
        DOUBLE,
        STRING,
        BYTES,
        DURATION,
        TIMESTAMP,
        LIST,
        MAP,
        OBJECT
    }

    /// Kubernetes' list types.
    public enum ListKind {
        ATOMIC,
        SET,
        MAP
    }

    /// Anything, read as its JSON says.
    public static final DeclType DYN = simple(Kind.DYN, 1, 1, "");

    public static final DeclType BOOL = simple(Kind.BOOL, 0, 4, "");
    public static final DeclType INT = simple(Kind.INT, 0, 1, "");
    public static final DeclType DOUBLE = simple(Kind.DOUBLE, 0, 1, "");
    public static final DeclType STRING = simple(Kind.STRING, 0, 2, "");

    public DeclType {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        mapKeys = List.copyOf(mapKeys);
    }

    public static DeclType simple(Kind kind, long maxElements, long minSize, String format) {
        return new DeclType(
                kind, "", Map.of(), Optional.empty(), maxElements, minSize, format, ListKind.ATOMIC, List.of());
    }

    public static DeclType list(DeclType element, long maxItems, ListKind listKind, List<String> mapKeys) {
        return new DeclType(Kind.LIST, "", Map.of(), Optional.of(element), maxItems, 2, "", listKind, mapKeys);
    }

    public static DeclType map(DeclType element, long maxProperties) {
        return new DeclType(
                Kind.MAP, "", Map.of(), Optional.of(element), maxProperties, 2, "", ListKind.ATOMIC, List.of());
    }

    public static DeclType object(String name, Map<String, DeclType> fields, long minSize) {
        return new DeclType(Kind.OBJECT, name, fields, Optional.empty(), 0, minSize, "", ListKind.ATOMIC, List.of());
    }

    /// The same with its unnamed object types named by where they are.
    public DeclType named(String newName) {
        return switch (kind) {
            case OBJECT -> {
                String own = name.isEmpty() ? newName : name;
                Map<String, DeclType> renamed = new LinkedHashMap<>();
                fields.forEach((field, type) -> renamed.put(field, type.named(own + "." + field)));
                yield object(own, renamed, minSize);
            }
            case LIST -> list(element.orElse(DYN).named(newName + ".@idx"), maxElements, listKind, mapKeys);
            case MAP -> map(element.orElse(DYN).named(newName + ".@elem"), maxElements);
            default -> this;
        };
    }

    /// As CEL's checker knows it.
    public CelType celType() {
        return switch (kind) {
            case DYN -> SimpleType.DYN;
            case BOOL -> SimpleType.BOOL;
            case INT -> SimpleType.INT;
            case DOUBLE -> SimpleType.DOUBLE;
            case STRING -> SimpleType.STRING;
            case BYTES -> SimpleType.BYTES;
            case DURATION -> SimpleType.DURATION;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case LIST -> ListType.create(element.orElse(DYN).celType());
            case MAP -> MapType.create(SimpleType.STRING, element.orElse(DYN).celType());
            case OBJECT -> StructTypeReference.create(name);
        };
    }
}
