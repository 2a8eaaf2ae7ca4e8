package io.gantry.cel.eval;

import com.google.protobuf.ByteString;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.TypeType;
import io.gantry.cel.library.Function;
import io.gantry.cel.library.FunctionTable;
import io.gantry.cel.type.FieldNames;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.CelNull;
import io.gantry.cel.value.TypeValue;
import io.gantry.cel.value.Uint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns a checked expression into steps. Used once.
public final class Planner {
    private final CelAbstractSyntaxTree tree;
    private final FunctionTable functions;
    private final Map<String, Integer> scope = new HashMap<>();
    private int locals;

    private Planner(CelAbstractSyntaxTree tree, FunctionTable functions) {
        this.tree = tree;
        this.functions = functions;
    }

    /// Plans a checked expression.
    ///
    /// @throws io.gantry.cel.value.CelError when a constant in it is malformed, e.g. a pattern
    public static Program plan(CelAbstractSyntaxTree tree, FunctionTable functions) {
        Planner planner = new Planner(tree, functions);
        Step root = planner.step(tree.getExpr());
        return new Program(root, planner.locals);
    }

    private Step step(CelExpr expr) {
        Optional<Step> type = typeLiteral(expr);
        if (type.isPresent()) {
            return type.get();
        }
        return switch (expr.getKind()) {
            case CONSTANT -> new Step.Constant(constant(expr.constant()));
            case IDENT -> ident(expr.ident().name());
            case SELECT -> select(expr);
            case CALL -> call(expr);
            case LIST -> list(expr.list());
            case MAP -> map(expr.map());
            case STRUCT -> struct(expr.struct());
            case COMPREHENSION -> comprehension(expr.comprehension());
            case NOT_SET -> throw new IllegalStateException("empty expression");
        };
    }

    /// `int`, `google.protobuf.Timestamp`: names of types, and variables with dots in their names.
    private Optional<Step> typeLiteral(CelExpr expr) {
        Optional<CelReference> reference = tree.getReference(expr.id());
        if (reference.isEmpty()
                || !reference.get().overloadIds().isEmpty()
                || expr.getKind() == CelExpr.ExprKind.Kind.STRUCT) {
            return Optional.empty();
        }
        Optional<CelType> type = tree.getType(expr.id());
        if (type.isPresent()
                && type.get() instanceof TypeType named
                && !scope.containsKey(reference.get().name())) {
            return Optional.of(new Step.Constant(
                    new TypeValue(typeName(named.type(), reference.get().name()))));
        }
        return expr.getKind() == CelExpr.ExprKind.Kind.SELECT
                ? Optional.of(global(reference.get().name()))
                : Optional.empty();
    }

    private static String typeName(CelType type, String name) {
        return name.isEmpty() ? type.name() : name;
    }

    static Object constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case NULL_VALUE -> CelNull.NULL;
            case BOOLEAN_VALUE -> constant.booleanValue();
            case INT64_VALUE -> constant.int64Value();
            case UINT64_VALUE -> new Uint(constant.uint64Value().longValue());
            case DOUBLE_VALUE -> constant.doubleValue();
            case STRING_VALUE -> constant.stringValue();
            case BYTES_VALUE -> ByteString.copyFrom(constant.bytesValue().toByteArray());
            default -> throw new IllegalStateException("constant " + constant.getKind());
        };
    }

    private Step ident(String name) {
        Integer slot = scope.get(name);
        return slot == null ? global(name) : new Comprehension.Local(slot);
    }

    private static Step global(String name) {
        String plain = name.startsWith(".") ? name.substring(1) : name;
        return frame -> {
            frame.charge(1);
            return frame.global(plain);
        };
    }

    private Step select(CelExpr expr) {
        CelExpr.CelSelect select = expr.select();
        Step operand = step(select.operand());
        String field = select.field();
        if (select.testOnly()) {
            return frame -> Selection.has(operand.eval(frame), field);
        }
        return frame -> {
            Object value = operand.eval(frame);
            frame.charge(1);
            return Selection.field(value, field);
        };
    }

    private Step call(CelExpr expr) {
        CelExpr.CelCall call = expr.call();
        List<Step> arguments = new ArrayList<>();
        call.target().ifPresent(target -> arguments.add(step(target)));
        call.args().forEach(argument -> arguments.add(step(argument)));
        return switch (call.function()) {
            case "_&&_" -> new Logic(arguments.get(0), arguments.get(1), false);
            case "_||_" -> new Logic(arguments.get(0), arguments.get(1), true);
            case "_?_:_" -> conditional(arguments);
            case "@not_strictly_false", "__not_strictly_false__" -> new NotStrictlyFalse(arguments.getFirst());
            case "_?._" -> optionalSelect(arguments);
            case "_[_]" -> indexed(arguments, Selection::index);
            case "_[?_]" -> indexed(arguments, Selection::optionalIndex);
            case "or", "orValue" ->
                call.target().isPresent() && arguments.size() == 2
                        ? orElse(arguments, call.function().equals("orValue"))
                        : plain(call.function(), arguments);
            case "matches" -> plain(call.function(), call.target().isPresent() ? "matches" : "", arguments);
            default -> plain(call.function(), arguments);
        };
    }

    private Step plain(String name, List<Step> arguments) {
        return plain(name, name, arguments);
    }

    /// @param cost the name by which its cost is known, empty where upstream knows none (`matches(a, b)`)
    private Step plain(String name, String cost, List<Step> arguments) {
        Function function = functions.prepared(name, arguments.size(), at -> constantAt(arguments, at));
        Step[] steps = arguments.toArray(Step[]::new);
        return frame -> {
            Object[] values = new Object[steps.length];
            for (int i = 0; i < steps.length; i++) {
                values[i] = steps[i].eval(frame);
            }
            Object result = function.apply(values);
            frame.charge(CallCosts.of(cost, values, result));
            return result;
        };
    }

    private static Optional<Object> constantAt(List<Step> arguments, int at) {
        return at < arguments.size() && arguments.get(at) instanceof Step.Constant(Object value)
                ? Optional.of(value)
                : Optional.empty();
    }

    private static Step conditional(List<Step> arguments) {
        Step condition = arguments.get(0);
        Step yes = arguments.get(1);
        Step no = arguments.get(2);
        return frame -> switch (condition.eval(frame)) {
            case Boolean flag -> flag ? yes.eval(frame) : no.eval(frame);
            default -> throw CelError.noSuchOverload();
        };
    }

    private static Step optionalSelect(List<Step> arguments) {
        Step operand = arguments.get(0);
        Step field = arguments.get(1);
        return frame -> {
            Object value = operand.eval(frame);
            frame.charge(1);
            return Selection.optionalField(value, String.valueOf(field.eval(frame)));
        };
    }

    private interface Indexing {
        Object at(Object operand, Object key);
    }

    private static Step indexed(List<Step> arguments, Indexing indexing) {
        Step operand = arguments.get(0);
        Step key = arguments.get(1);
        return frame -> {
            Object value = operand.eval(frame);
            Object at = key.eval(frame);
            frame.charge(1);
            return indexing.at(value, at);
        };
    }

    private static Step orElse(List<Step> arguments, boolean unwraps) {
        Step first = arguments.get(0);
        Step second = arguments.get(1);
        return frame -> switch (first.eval(frame)) {
            case Optional<?> present when present.isPresent() -> unwraps ? present.orElseThrow() : present;
            case Optional<?> ignored -> second.eval(frame);
            default -> throw CelError.noSuchOverload();
        };
    }

    private Step list(CelExpr.CelList list) {
        List<Step> elements = new ArrayList<>();
        list.elements().forEach(element -> elements.add(step(element)));
        Set<Integer> optional = new HashSet<>(list.optionalIndices());
        if (optional.isEmpty() && elements.stream().allMatch(Step.Constant.class::isInstance)) {
            return new Step.Constant(elements.stream()
                    .map(element -> ((Step.Constant) element).value())
                    .toList());
        }
        return new Literals.ListOf(elements, optional);
    }

    private Step map(CelExpr.CelMap map) {
        List<Literals.Entry> entries = new ArrayList<>();
        map.entries()
                .forEach(entry ->
                        entries.add(new Literals.Entry(step(entry.key()), step(entry.value()), entry.optionalEntry())));
        return new Literals.MapOf(entries);
    }

    private Step struct(CelExpr.CelStruct struct) {
        Map<String, Literals.Entry> fields = new LinkedHashMap<>();
        struct.entries().forEach(entry -> {
            String name = FieldNames.unescape(entry.fieldKey());
            fields.put(name, new Literals.Entry(new Step.Constant(name), step(entry.value()), entry.optionalEntry()));
        });
        return new Literals.StructOf(struct.messageName(), fields);
    }

    private Step comprehension(CelExpr.CelComprehension loop) {
        Step range = step(loop.iterRange());
        Step start = step(loop.accuInit());
        boolean pair = !loop.iterVar2().isEmpty();
        Map<String, Integer> outer = new HashMap<>(scope);
        int accumulator = locals++;
        scope.put(loop.accuVar(), accumulator);
        Map<String, Integer> resultScope = new HashMap<>(scope);
        int key = locals++;
        scope.put(loop.iterVar(), key);
        int value = pair ? locals++ : -1;
        if (pair) {
            scope.put(loop.iterVar2(), value);
        }
        Step condition = step(loop.loopCondition());
        Step step = step(loop.loopStep());
        scope.clear();
        scope.putAll(resultScope);
        Step result = step(loop.result());
        scope.clear();
        scope.putAll(outer);
        return new Comprehension(range, key, value, accumulator, start, condition, step, result);
    }
}
