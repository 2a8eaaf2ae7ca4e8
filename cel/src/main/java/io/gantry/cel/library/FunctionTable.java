package io.gantry.cel.library;

import com.google.re2j.Pattern;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import io.gantry.cel.value.CelError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// All functions by name. Filled once, then immutable and thread-safe.
public final class FunctionTable {
    private record Bound(Class<?> first, Function function) {}

    private final Map<String, List<Bound>> functions = new LinkedHashMap<>();
    private final Map<String, List<CelOverloadDecl>> declarations = new LinkedHashMap<>();
    private final List<CelType> types = new ArrayList<>();

    /// A function that CEL declares itself.
    void standard(String name, Function function) {
        bind(name, Object.class, function);
    }

    /// A function for values of a class as the first argument; declares its overloads.
    void declare(String name, Class<?> first, Function function, CelOverloadDecl... overloads) {
        bind(name, first, function);
        declarations.computeIfAbsent(name, key -> new ArrayList<>()).addAll(List.of(overloads));
    }

    private void bind(String name, Class<?> first, Function function) {
        List<Bound> bound = functions.computeIfAbsent(name, key -> new ArrayList<>());
        // Whoever takes anything is asked last.
        bound.add(first == Object.class ? bound.size() : 0, new Bound(first, function));
    }

    void type(CelType type) {
        types.add(type);
    }

    /// What the checker must know.
    public List<CelFunctionDecl> declarations() {
        List<CelFunctionDecl> all = new ArrayList<>();
        declarations.forEach((name, overloads) -> all.add(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
        return all;
    }

    /// Types without fields.
    public List<CelType> types() {
        return List.copyOf(types);
    }

    /// A function for a call, made faster by what is constant in it.
    ///
    /// @throws CelError when a constant pattern is malformed
    public Function prepared(String name, int arguments, IntFunction<Optional<Object>> constants) {
        boolean regex = name.equals("matches") || name.equals("find") || name.equals("findAll");
        if (regex && constants.apply(1).orElse(null) instanceof String pattern) {
            Pattern compiled = RegexFunctions.compile(pattern);
            return values -> RegexFunctions.apply(name, compiled, values);
        }
        List<Bound> bound = functions.get(name);
        if (bound == null) {
            return values -> {
                throw CelError.noSuchOverload();
            };
        }
        return bound.size() == 1 ? bound.getFirst().function() : values -> dispatch(bound, values);
    }

    private static Object dispatch(List<Bound> bound, Object[] values) {
        for (Bound candidate : bound) {
            if (values.length > 0 && candidate.first().isInstance(values[0])) {
                return candidate.function().apply(values);
            }
        }
        throw CelError.noSuchOverload();
    }
}
