package io.gantry.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.gantry.cel.cost.Range;
import io.gantry.cel.type.DeclType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The expressions that select devices (upstream `dynamic-resource-allocation/cel`): their one variable, what they may
/// become and what they can cost. The first use loads the classes of CEL. Thread-safe.
public final class DeviceExpressions {
    /// The name of the variable.
    public static final String VARIABLE = "device";
    /// The name of its type.
    public static final String TYPE = "kubernetes.DRADevice";

    private static final int MAX_NAMES = 32;
    private static final int MAX_VALUE = 64;
    private static final int MAX_DOMAIN = 63;
    private static final int MAX_ID = 32;

    private static final DeclType ATTRIBUTE = DeclType.simple(DeclType.Kind.DYN, MAX_VALUE, 1, "");
    private static final DeclType ATTRIBUTES = DeclType.map(ATTRIBUTE, MAX_NAMES);
    private static final DeclType AMOUNTS = DeclType.map(DeclType.simple(DeclType.Kind.DYN, 0, 1, ""), MAX_NAMES);
    private static final DeclType DEVICE = DeclType.object(
            TYPE,
            Map.of(
                    "driver",
                    DeclType.simple(DeclType.Kind.STRING, MAX_DOMAIN, 2, ""),
                    "allowMultipleAllocations",
                    DeclType.simple(DeclType.Kind.BOOL, 1, 4, ""),
                    "attributes",
                    DeclType.map(ATTRIBUTES, MAX_NAMES),
                    "capacity",
                    DeclType.map(AMOUNTS, MAX_NAMES)),
            0);
    private static final Environment ENVIRONMENT =
            Environment.of(Map.of(VARIABLE, DEVICE.celType()), List.of(DEVICE)).withBindings();

    private DeviceExpressions() {}

    /// Compiles an expression.
    ///
    /// @throws CompileException when it is malformed, or becomes something else than a truth value for certain
    public static Expression compile(String source) throws CompileException {
        Expression expression;
        try {
            expression = ENVIRONMENT.compile(source);
        } catch (CompileException e) {
            throw new CompileException("compilation failed: " + e.getMessage());
        }
        CelType type = expression.resultType();
        if (!type.equals(SimpleType.BOOL) && !type.equals(SimpleType.DYN)) {
            throw new CompileException("must evaluate to bool or the unknown type, not " + expression.resultTypeName());
        }
        return expression;
    }

    /// The most that looking at one device can cost.
    public static long maxCost(Expression expression) {
        return expression.estimateCost(DeviceExpressions::size).max();
    }

    /// How large a value at a path is: every name in a map of attributes stands for one.
    private static Optional<Range> size(List<String> path) {
        if (path.isEmpty() || !path.getFirst().equals(VARIABLE)) {
            return Optional.empty();
        }
        DeclType type = DEVICE;
        for (String name : path.subList(1, path.size())) {
            Optional<DeclType> next = below(type, name);
            if (next.isEmpty()) {
                return Optional.empty();
            }
            type = next.get();
        }
        return Optional.of(new Range(0, type.maxElements()));
    }

    private static Optional<DeclType> below(DeclType type, String name) {
        return switch (name) {
            case "@items", "@values" -> type.element();
            case "@keys" -> key(type);
            default ->
                Optional.ofNullable(type.fields().get(name))
                        .or(() -> type.equals(ATTRIBUTES) ? Optional.of(ATTRIBUTE) : Optional.empty());
        };
    }

    /// A domain, or a name below one.
    private static Optional<DeclType> key(DeclType type) {
        if (type.kind() != DeclType.Kind.MAP) {
            return Optional.empty();
        }
        boolean names = type.equals(ATTRIBUTES) || type.equals(AMOUNTS);
        return Optional.of(DeclType.simple(DeclType.Kind.STRING, names ? MAX_ID : MAX_DOMAIN, 2, ""));
    }
}
