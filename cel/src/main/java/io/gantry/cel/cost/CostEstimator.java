package io.gantry.cel.cost;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks a checked expression and sums up what it can cost (cel-go's `checker/cost.go`). Used once.
public final class CostEstimator {
    private static final Range LIST = Range.exactly(10);
    private static final Range MAP = Range.exactly(30);
    private static final Range STRUCT = Range.exactly(40);
    private static final Set<String> ACCUMULATORS = Set.of("@result", "__result__");

    /// The sizes of what a container holds.
    private record Entries(boolean list, Range key, Range value) {}

    private record Local(
            List<String> path,
            @Nullable Range size,
            @Nullable Entries entries) {}

    private final CelAbstractSyntaxTree tree;
    private final SizeEstimator sizes;
    private final Map<Long, Range> computedSizes = new HashMap<>();
    private final Map<Long, Entries> computedEntries = new HashMap<>();
    private final Map<Long, List<String>> paths = new HashMap<>();
    private final Map<String, Deque<Local>> locals = new HashMap<>();

    private CostEstimator(CelAbstractSyntaxTree tree, SizeEstimator sizes) {
        this.tree = tree;
        this.sizes = sizes;
    }

    /// The least and most that evaluating an expression costs.
    public static Range estimate(CelAbstractSyntaxTree tree, SizeEstimator sizes) {
        return new CostEstimator(tree, sizes).cost(tree.getExpr());
    }

    private Range cost(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT, NOT_SET -> Range.ZERO;
            case IDENT -> ident(expr);
            case SELECT -> select(expr);
            case CALL -> call(expr);
            case LIST -> list(expr);
            case MAP -> map(expr);
            case STRUCT -> {
                Range sum = STRUCT;
                for (CelExpr.CelStruct.Entry entry : expr.struct().entries()) {
                    sum = sum.plus(cost(entry.value()));
                }
                yield sum;
            }
            case COMPREHENSION -> comprehension(expr);
        };
    }

    private Range ident(CelExpr expr) {
        String name = expr.ident().name();
        Local local = peek(name);
        paths.put(expr.id(), local == null ? List.of(name) : local.path());
        return Range.ONE;
    }

    private Range select(CelExpr expr) {
        CelExpr.CelSelect select = expr.select();
        Range operand = cost(select.operand());
        if (select.testOnly()) {
            return operand;
        }
        CelKind kind = type(select.operand()).kind();
        Range sum = kind == CelKind.MAP || kind == CelKind.STRUCT || kind == CelKind.TYPE_PARAM
                ? operand.plus(Range.ONE)
                : operand;
        paths.put(expr.id(), below(path(select.operand()), select.field()));
        return sum;
    }

    private static List<String> below(List<String> path, String name) {
        List<String> below = new ArrayList<>(path);
        below.add(name);
        return below;
    }

    private Range call(CelExpr expr) {
        CelExpr.CelCall call = expr.call();
        if (call.function().equals("dyn")) {
            CelExpr argument = call.args().getFirst();
            Range cost = cost(argument).plus(Range.ONE);
            size(argument).ifPresent(size -> computedSizes.put(expr.id(), size));
            Optional.ofNullable(entries(argument)).ifPresent(found -> computedEntries.put(expr.id(), found));
            return cost;
        }
        Range target = call.target().map(this::cost).orElse(Range.ZERO);
        List<Range> arguments = new ArrayList<>();
        call.args().forEach(argument -> arguments.add(cost(argument)));
        List<String> overloads = tree.getReference(expr.id())
                .map(reference -> List.copyOf(reference.overloadIds()))
                .orElse(List.of());
        if (overloads.isEmpty()) {
            return target;
        }
        Range all = null;
        Range resultSize = null;
        for (String overload : overloads) {
            CallEstimate estimate = overload(expr, overload, arguments);
            all = all == null ? estimate.cost() : all.union(estimate.cost());
            resultSize = union(resultSize, estimate.resultSize().orElse(null));
            if (overload.equals("index_list") || overload.equals("index_map")) {
                CelExpr container = call.args().getFirst();
                Entries held = entries(container);
                resultSize = held == null ? null : held.value();
                paths.put(expr.id(), below(path(container), overload.equals("index_list") ? "@items" : "@values"));
            }
        }
        Range known = resultSize == null ? size(expr).orElse(null) : resultSize;
        if (known != null) {
            computedSizes.put(expr.id(), known);
        }
        return target.plus(all == null ? Range.ZERO : all);
    }

    private static @Nullable Range union(@Nullable Range a, @Nullable Range b) {
        return a == null ? b : b == null ? a : a.union(b);
    }

    private CallEstimate overload(CelExpr expr, String overload, List<Range> arguments) {
        CelExpr.CelCall call = expr.call();
        switch (overload) {
            case "logical_or", "logical_and" -> {
                Range left = arguments.get(0);
                return CallEstimate.of(new Range(
                        left.min(), Range.sum(left.max(), arguments.get(1).max())));
            }
            case "conditional" -> {
                Entries yes = entries(call.args().get(1));
                Entries no = entries(call.args().get(2));
                if (yes != null && no != null) {
                    computedEntries.put(
                            expr.id(),
                            new Entries(
                                    yes.list(),
                                    yes.key().union(no.key()),
                                    yes.value().union(no.value())));
                }
                Range size = sizeOrUnknown(call.args().get(1))
                        .union(sizeOrUnknown(call.args().get(2)));
                return CallEstimate.of(arguments.get(0).plus(arguments.get(1).union(arguments.get(2))), size);
            }
            default -> {
                if (overload.equals("add_list")) {
                    Entries left = entries(call.args().get(0));
                    Entries right = entries(call.args().get(1));
                    if (left != null && right != null) {
                        computedEntries.put(
                                expr.id(),
                                new Entries(
                                        true,
                                        left.key().union(right.key()),
                                        left.value().union(right.value())));
                    }
                }
                Range sum = arguments.stream().reduce(Range.ZERO, Range::plus);
                CallEstimate own = FunctionCosts.estimate(call, overload, this::sizeOrUnknown, this::elementSize, this);
                return new CallEstimate(own.cost().plus(sum), own.resultSize());
            }
        }
    }

    CelType type(CelExpr expr) {
        return tree.getType(expr.id()).orElse(SimpleType.DYN);
    }

    /// The size of the elements of a list, e.g. the length of its strings.
    private Range elementSize(CelExpr list) {
        List<String> path = visiblePath(list);
        if (path.isEmpty()) {
            return Range.UNKNOWN;
        }
        return sizes.size(below(path, "@items")).orElse(Range.UNKNOWN);
    }

    private Range list(CelExpr expr) {
        Range sum = LIST;
        Range item = null;
        for (CelExpr element : expr.list().elements()) {
            sum = sum.plus(cost(element));
            item = union(item, sizeOrUnknown(element));
        }
        computedEntries.put(expr.id(), new Entries(true, Range.ONE, item == null ? Range.ZERO : item));
        return sum;
    }

    private Range map(CelExpr expr) {
        Range sum = MAP;
        Range key = null;
        Range value = null;
        for (CelExpr.CelMap.Entry entry : expr.map().entries()) {
            sum = sum.plus(cost(entry.key())).plus(cost(entry.value()));
            key = union(key, sizeOrUnknown(entry.key()));
            value = union(value, sizeOrUnknown(entry.value()));
        }
        computedEntries.put(
                expr.id(), new Entries(false, key == null ? Range.ZERO : key, value == null ? Range.ZERO : value));
        return sum;
    }

    private Range comprehension(CelExpr expr) {
        CelExpr.CelComprehension loop = expr.comprehension();
        Range sum = cost(loop.iterRange()).plus(cost(loop.accuInit()));
        push(
                loop.accuVar(),
                new Local(path(loop.accuInit()), size(loop.accuInit()).orElse(null), entries(loop.accuInit())));
        if (isBinding(loop)) {
            sum = sum.plus(cost(loop.result()));
            pop(loop.accuVar());
            size(loop.result()).ifPresent(size -> computedSizes.put(expr.id(), size));
            return sum;
        }
        boolean list = isList(loop.iterRange());
        Entries held = entries(loop.iterRange());
        List<String> path = path(loop.iterRange());
        boolean pair = !loop.iterVar2().isEmpty();
        if (pair) {
            push(
                    loop.iterVar(),
                    new Local(below(path, list ? "@indices" : "@keys"), held == null ? null : held.key(), null));
            push(
                    loop.iterVar2(),
                    new Local(below(path, list ? "@items" : "@values"), held == null ? null : held.value(), null));
        } else {
            Range size = held == null ? null : list ? held.value() : held.key();
            push(loop.iterVar(), new Local(below(path, list ? "@items" : "@keys"), size, null));
        }
        Range each = cost(loop.loopCondition()).plus(cost(loop.loopStep()));
        pop(loop.iterVar());
        if (pair) {
            pop(loop.iterVar2());
        }
        sum = sum.plus(cost(loop.result()));
        pop(loop.accuVar());
        Range count = sizeOrUnknown(loop.iterRange());
        sum = sum.plus(count.times(each));
        resultSize(expr, loop, count);
        return sum;
    }

    private void resultSize(CelExpr expr, CelExpr.CelComprehension loop, Range count) {
        CelExpr.ExprKind.Kind kind = loop.accuInit().getKind();
        if (kind == CelExpr.ExprKind.Kind.CONSTANT) {
            size(loop.accuInit()).ifPresent(size -> computedSizes.put(expr.id(), size));
        } else if (kind == CelExpr.ExprKind.Kind.LIST || kind == CelExpr.ExprKind.Kind.MAP) {
            computedSizes.put(expr.id(), count);
            Entries step = entries(loop.loopStep());
            if (step != null) {
                computedEntries.put(expr.id(), step);
            }
        }
    }

    /// What `optMap` and bindings become: a loop that never runs.
    private static boolean isBinding(CelExpr.CelComprehension loop) {
        return loop.iterRange().getKind() == CelExpr.ExprKind.Kind.LIST
                && loop.iterRange().list().elements().isEmpty()
                && loop.loopCondition().getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && loop.loopCondition().constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE
                && !loop.loopCondition().constant().booleanValue();
    }

    private boolean isList(CelExpr range) {
        Entries held = entries(range);
        return held == null ? type(range).kind() == CelKind.LIST : held.list();
    }

    private void push(String name, Local local) {
        locals.computeIfAbsent(name, key -> new ArrayDeque<>()).push(local);
    }

    private void pop(String name) {
        Optional.ofNullable(locals.get(name)).ifPresent(Deque::pop);
    }

    private @Nullable Local peek(String name) {
        Deque<Local> stack = locals.get(name);
        return stack == null ? null : stack.peek();
    }

    private List<String> path(CelExpr expr) {
        Local local = expr.getKind() == CelExpr.ExprKind.Kind.IDENT
                ? peek(expr.ident().name())
                : null;
        return local == null ? paths.getOrDefault(expr.id(), List.of()) : local.path();
    }

    /// Without those of accumulators. What has no root (`@items` of a choice between two lists) keeps its
    /// path, which the sizes then read from the root's type on, as upstream's do.
    private List<String> visiblePath(CelExpr expr) {
        List<String> path = path(expr);
        return !path.isEmpty() && ACCUMULATORS.contains(path.getFirst()) ? List.of() : path;
    }

    private Range sizeOrUnknown(CelExpr expr) {
        return size(expr).orElse(Range.UNKNOWN);
    }

    private Optional<Range> size(CelExpr expr) {
        Range computed = computedSizes.get(expr.id());
        if (computed != null) {
            return Optional.of(computed);
        }
        Optional<Range> written = LiteralSizes.of(expr);
        if (written.isPresent()) {
            return written;
        }
        List<String> path = path(expr);
        Optional<Range> declared = path.isEmpty() ? Optional.empty() : sizes.size(path);
        if (declared.isPresent()) {
            return declared;
        }
        if (LiteralSizes.isScalar(type(expr))) {
            return Optional.of(Range.ONE);
        }
        Local local = expr.getKind() == CelExpr.ExprKind.Kind.IDENT
                ? peek(expr.ident().name())
                : null;
        return Optional.ofNullable(local).map(Local::size);
    }

    private @Nullable Entries entries(CelExpr expr) {
        Entries computed = computedEntries.get(expr.id());
        Local local = computed == null && expr.getKind() == CelExpr.ExprKind.Kind.IDENT
                ? peek(expr.ident().name())
                : null;
        return local == null ? computed : local.entries();
    }
}
