package io.gantry.cel.eval;

import com.google.protobuf.ByteString;
import io.gantry.cel.library.NamedFormat;
import io.gantry.cel.value.MapValue;
import io.gantry.cel.value.Opaque;
import io.gantry.cel.value.Values;
import java.util.List;

/// What a call costs (upstream `k8s.io/apiserver/pkg/cel/library/cost.go` and cel-go's `interpreter/runtimecost.go`).
final class CallCosts {
    private static final double TEXT = 0.1;
    private static final double REGEX = 0.25;
    private static final long AUTHORIZATION_CHECK = 350_000;
    private static final long LIST = 10;
    private static final double SELECTOR_REQUIREMENT = 50;

    private CallCosts() {}

    static long of(String function, Object[] args, Object result) {
        return switch (function) {
            case "check" -> AUTHORIZATION_CHECK;
            case "fieldSelector", "labelSelector" ->
                LIST + ceil(size(args, 1) * TEXT) + ceil(ceil(size(args, 1) * 0.5) * SELECTOR_REQUIREMENT);
            case "isSorted", "sum", "max", "min", "indexOf", "lastIndexOf" -> traversal(args[0]);
            case "url",
                    "lowerAscii",
                    "upperAscii",
                    "substring",
                    "trim",
                    "jsonpatch.escapeKey",
                    "cidr",
                    "isIP",
                    "isCIDR",
                    "quantity",
                    "isQuantity",
                    "semver",
                    "isSemver",
                    "startsWith",
                    "endsWith",
                    "strings.quote",
                    "format" -> ceil(size(args, 0) * TEXT);
            case "ip" -> args[0] instanceof String ? ceil(size(args, 0) * TEXT) : 1;
            case "replace", "split", "ip.isCanonical" -> ceil(size(args, 0) * 2 * TEXT);
            case "join" -> ceil(Values.size(result) * 2 * TEXT);
            case "find", "findAll", "matches" -> ceil((1 + size(args, 0)) * TEXT) * ceil(size(args, 1) * REGEX);
            case "contains" -> ceil(size(args, 0) * TEXT) * ceil(size(args, 1) * TEXT);
            case "containsIP" -> ceil(2 * 16 * TEXT) + (args[1] instanceof String ? ceil(size(args, 1) * TEXT) : 0);
            case "containsCIDR" ->
                ceil(2 * 16 * TEXT)
                        + ceil(16 * TEXT)
                        + 1
                        + (args[1] instanceof String ? ceil(size(args, 1) * TEXT) : 0);
            case "validate" ->
                ceil((1 + size(args, 1)) * TEXT)
                        * ceil((args[0] instanceof NamedFormat format ? format.maxRegexSize() : 1) * REGEX);
            case "sets.contains", "sets.intersects" -> 1 + size(args, 0) * size(args, 1);
            case "sets.equivalent" -> 1 + 2 * size(args, 0) * size(args, 1);
            case "@in" -> args[1] instanceof List<?> list ? list.size() : 1;
            case "_==_", "_!=_" -> args[0] instanceof Opaque ? 1 : smaller(args);
            case "_<_", "_<=_", "_>_", "_>=_" -> isText(args[0]) ? smaller(args) : 1;
            case "_+_" -> isText(args[0]) ? ceil((size(args, 0) + size(args, 1)) * TEXT) : 1;
            case "bytes", "string" ->
                isText(args[0]) && function.equals("bytes") != args[0] instanceof ByteString
                        ? ceil(size(args, 0) * TEXT)
                        : 1;
            case "slice", "lists.range", "reverse", "flatten" -> LIST + Values.size(result);
            case "distinct" -> LIST + size(args, 0) * size(args, 0);
            case "sort" -> LIST + size(args, 0) * size(args, 0);
            default -> 1;
        };
    }

    private static boolean isText(Object value) {
        return value instanceof String || value instanceof ByteString;
    }

    private static long smaller(Object[] args) {
        return ceil(Math.min(size(args, 0), size(args, 1)) * TEXT);
    }

    private static long size(Object[] args, int at) {
        return at < args.length ? Values.size(args[at]) : 1;
    }

    private static long ceil(double cost) {
        return (long) Math.ceil(cost);
    }

    private static long traversal(Object value) {
        return switch (value) {
            case String text -> (long) (text.length() * TEXT);
            case ByteString bytes -> (long) (bytes.size() * TEXT);
            case List<?> list -> list.stream().mapToLong(CallCosts::traversal).sum();
            case MapValue map ->
                map.keys().stream()
                        .mapToLong(key -> traversal(key)
                                + map.find(key).map(CallCosts::traversal).orElse(0L))
                        .sum();
            default -> 1;
        };
    }
}
