package io.gantry.cel.cost;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.List;
import java.util.function.Function;

/// What the functions cost by the sizes of their arguments (upstream `k8s.io/apiserver/pkg/cel/library/cost.go`).
final class FunctionCosts {
    private static final double TEXT = 0.1;
    private static final double REGEX = 0.25;
    private static final int MAX_FORMAT_REGEX = 128;
    private static final Range AUTHORIZATION_CHECK = Range.exactly(350_000);

    private final CelExpr.CelCall call;
    private final String overload;
    private final Function<CelExpr, Range> sizes;
    private final Function<CelExpr, Range> elementSizes;
    private final CostEstimator types;

    private FunctionCosts(
            CelExpr.CelCall call,
            String overload,
            Function<CelExpr, Range> sizes,
            Function<CelExpr, Range> elementSizes,
            CostEstimator types) {
        this.call = call;
        this.overload = overload;
        this.sizes = sizes;
        this.elementSizes = elementSizes;
        this.types = types;
    }

    static CallEstimate estimate(
            CelExpr.CelCall call,
            String overload,
            Function<CelExpr, Range> sizes,
            Function<CelExpr, Range> elementSizes,
            CostEstimator types) {
        return new FunctionCosts(call, overload, sizes, elementSizes, types).estimate();
    }

    private CelExpr argument(int at) {
        return call.args().get(at);
    }

    private Range size(int at) {
        return at < call.args().size() ? sizes.apply(argument(at)) : Range.UNKNOWN;
    }

    /// The size of what a member function is called on, or of the first argument.
    private Range subject() {
        return call.target().map(sizes).orElseGet(() -> size(0));
    }

    private CallEstimate estimate() {
        return switch (call.function()) {
            case "check" -> CallEstimate.of(AUTHORIZATION_CHECK);
            case "fieldSelector", "labelSelector" ->
                CallEstimate.of(Range.exactly(10)
                        .plus(size(0).times(TEXT))
                        .plus(size(0).times(0.5).times(50)));
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> traversal();
            case "url", "jsonpatch.escapeKey" -> CallEstimate.of(size(0).times(TEXT), size(0));
            case "lowerAscii", "upperAscii", "substring", "trim" ->
                CallEstimate.of(subject().times(TEXT), subject());
            case "replace" -> replace();
            case "split" -> CallEstimate.of(subject().times(2 * TEXT), new Range(0, splitMax()));
            case "join" -> join();
            case "find", "findAll" ->
                CallEstimate.of(regex(), new Range(0, subject().max()));
            case "cidr", "isIP", "isCIDR", "quantity", "isQuantity", "semver", "isSemver" ->
                CallEstimate.of(size(0).times(TEXT));
            case "ip" -> CallEstimate.of(overload.equals("cidr_ip") ? Range.ONE : size(0).times(TEXT));
            case "ip.isCanonical" -> CallEstimate.of(size(0).times(2 * TEXT));
            case "containsIP" -> CallEstimate.of(contained(overload.equals("cidr_contains_ip_string"), false));
            case "containsCIDR" -> CallEstimate.of(contained(overload.equals("cidr_contains_cidr_string"), true));
            case "validate" -> CallEstimate.of(size(0).times(TEXT).times(MAX_FORMAT_REGEX * REGEX));
            case "sets.contains", "sets.intersects" ->
                CallEstimate.of(size(0).times(size(1)).plus(Range.ONE));
            case "sets.equivalent" ->
                CallEstimate.of(size(0).times(size(1)).times(2).plus(Range.ONE));
            case "slice", "flatten", "reverse" ->
                CallEstimate.of(
                        subject().plus(Range.exactly(10)),
                        new Range(0, subject().max()));
            case "distinct", "sort", "@sortByAssociatedKeys" ->
                CallEstimate.of(subject().times(subject()).plus(Range.exactly(10)), subject());
            default -> standard();
        };
    }

    private CallEstimate standard() {
        return switch (overload) {
            // Upstream knows the member function alone: `matches(a, b)` costs one.
            case "matches_string" -> CallEstimate.of(regex());
            case "string_format" -> CallEstimate.of(subject().times(TEXT));
            case "string_to_bytes" ->
                CallEstimate.of(size(0).times(TEXT), new Range(size(0).min(), Range.product(size(0).max(), 4)));
            case "bytes_to_string" -> CallEstimate.of(size(0).times(TEXT), new Range(size(0).min() / 4, size(0).max()));
            case "strings_quote" ->
                CallEstimate.of(
                        size(0).times(TEXT), size(0).times(new Range(1, 2)).plus(Range.exactly(2)));
            case "starts_with_string", "ends_with_string" -> CallEstimate.of(size(0).times(TEXT));
            case "in_list" -> CallEstimate.of(size(1));
            case "contains_string" -> CallEstimate.of(subject().times(TEXT).times(size(0).times(TEXT)));
            case "add_list" -> CallEstimate.of(Range.ONE, size(0).plus(size(1)));
            case "add_string", "add_bytes" -> {
                Range sum = size(0).plus(size(1));
                yield CallEstimate.of(sum.times(TEXT), sum);
            }
            case "less_string",
                    "greater_string",
                    "less_equals_string",
                    "greater_equals_string",
                    "less_bytes",
                    "greater_bytes",
                    "less_equals_bytes",
                    "greater_equals_bytes",
                    "equals",
                    "not_equals" -> CallEstimate.of(comparison());
            default -> CallEstimate.of(Range.ONE);
        };
    }

    private Range comparison() {
        CelType left = types.type(argument(0));
        if (left.kind() == CelKind.OPAQUE || isKubernetesType(left)) {
            return Range.ONE;
        }
        long max = Math.min(size(0).max(), size(1).max());
        return new Range(max > 0 ? 1 : 0, max).times(TEXT);
    }

    private static boolean isKubernetesType(CelType type) {
        return type.kind() == CelKind.STRUCT && type.name().startsWith("kubernetes.");
    }

    private CallEstimate traversal() {
        if (call.target().isEmpty()) {
            return CallEstimate.of(Range.ONE);
        }
        CelExpr list = call.target().get();
        CelType type = types.type(list);
        if (type.kind() != CelKind.LIST) {
            return CallEstimate.of(subject().times(TEXT));
        }
        CelKind element = type.parameters().getFirst().kind();
        boolean text = element == CelKind.STRING || element == CelKind.BYTES;
        Range each = text ? Range.ONE.plus(elementSizes.apply(list).times(TEXT)) : Range.ONE;
        return CallEstimate.of(subject().times(each));
    }

    private Range regex() {
        CelExpr pattern = call.args().getLast();
        Range patternSize = call.target().isPresent() ? size(0) : sizes.apply(pattern);
        return subject().plus(Range.ONE).times(TEXT).times(patternSize.times(REGEX));
    }

    private Range contained(boolean parses, boolean network) {
        Range address = new Range(4, 16);
        Range cost = address.plus(address).times(TEXT);
        Range masked = network ? cost.plus(address.times(TEXT)).plus(Range.ONE) : cost;
        return parses ? masked.plus(size(0).times(TEXT)) : masked;
    }

    private CallEstimate replace() {
        Range text = subject();
        Range old = size(0);
        Range by = size(1);
        long maxCount;
        long kept = text.max();
        if (old.min() == 0) {
            maxCount = Range.sum(text.max(), 1);
        } else if (by.max() <= old.min()) {
            maxCount = 0;
        } else {
            maxCount = (long) Math.ceil((double) text.max() / old.min());
            kept = 0;
        }
        long max = Range.sum(Range.product(maxCount, by.max()), kept);
        return CallEstimate.of(text.times(2 * TEXT), new Range(0, max));
    }

    private long splitMax() {
        List<CelExpr> args = call.args();
        if (args.size() > 1
                && args.get(1).getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && args.get(1).constant().getKind() == CelConstant.Kind.INT64_VALUE) {
            long limit = args.get(1).constant().int64Value();
            return limit < 0 ? subject().max() : limit;
        }
        return subject().max();
    }

    private CallEstimate join() {
        Range count = subject();
        Range size = count.times(call.target().map(elementSizes).orElse(Range.UNKNOWN));
        if (!call.args().isEmpty()) {
            Range separators = new Range(Math.max(0, count.min() - 1), Math.max(0, count.max() - 1));
            size = size.plus(size(0).times(separators));
        }
        return CallEstimate.of(size.times(TEXT), size);
    }
}
