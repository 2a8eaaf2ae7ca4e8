package io.gantry.cel.value;

import io.gantry.cel.type.DeclType;
import io.gantry.cel.type.FieldNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// When two values are equal: across types they are not, save numbers; sets and maps do not look at order.
public final class Equality {
    private Equality() {}

    public static boolean equal(Object left, Object right) {
        if (isNumber(left) && isNumber(right)) {
            return numbers(left, right) == 0;
        }
        if (left instanceof List<?> a && right instanceof List<?> b) {
            return lists(a, b);
        }
        if (left instanceof MapValue a && right instanceof MapValue b) {
            return maps(a, b);
        }
        if (left instanceof Optional<?> a && right instanceof Optional<?> b) {
            return a.isPresent() == b.isPresent() && (a.isEmpty() || equal(a.orElseThrow(), b.orElseThrow()));
        }
        return left.equals(right);
    }

    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Uint;
    }

    /// Compares numbers of any types; NaN is unequal to all.
    public static int numbers(Object left, Object right) {
        if (left instanceof Long a && right instanceof Long b) {
            return Long.compare(a, b);
        }
        if (left instanceof Uint a && right instanceof Uint b) {
            return a.compareTo(b);
        }
        double a = approximate(left);
        double b = approximate(right);
        if (Double.isNaN(a) || Double.isNaN(b)) {
            return 2;
        }
        if (Double.isInfinite(a) || Double.isInfinite(b) || (left instanceof Double && right instanceof Double)) {
            return a < b ? -1 : a > b ? 1 : 0;
        }
        return exact(left).compareTo(exact(right));
    }

    private static double approximate(Object number) {
        return switch (number) {
            case Long whole -> whole.doubleValue();
            case Uint uint -> exact(uint).doubleValue();
            case Double real -> real;
            default -> throw CelError.noSuchOverload();
        };
    }

    private static BigDecimal exact(Object number) {
        return switch (number) {
            case Long whole -> BigDecimal.valueOf(whole);
            case Uint uint -> new BigDecimal(uint.toString());
            case Double real -> new BigDecimal(real);
            default -> throw CelError.noSuchOverload();
        };
    }

    private static boolean lists(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        if (left instanceof TypedList typed && typed.listKind() == DeclType.ListKind.SET) {
            return containsAll(left, right) && containsAll(right, left);
        }
        if (left instanceof TypedList typed && typed.listKind() == DeclType.ListKind.MAP) {
            return left.stream()
                    .allMatch(element -> withKey(right, keyOf(element, typed.mapKeys()), typed.mapKeys())
                            .filter(other -> equal(element, other))
                            .isPresent());
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean containsAll(List<?> all, List<?> wanted) {
        return wanted.stream().allMatch(element -> contains(all, element));
    }

    public static boolean contains(List<?> list, Object element) {
        return list.stream().anyMatch(other -> equal(other, element));
    }

    private static boolean maps(MapValue left, MapValue right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Object key : left.keys()) {
            Optional<Object> other = right.find(key);
            if (other.isEmpty() || !equal(left.find(key).orElse(CelNull.NULL), other.get())) {
                return false;
            }
        }
        return true;
    }

    /// Concatenates: sets unite, maps are overlaid by key (upstream `k8s.io/apiserver/pkg/cel/common/values.go`).
    public static List<Object> concatenate(List<?> left, List<?> right) {
        if (left instanceof TypedList typed && typed.listKind() == DeclType.ListKind.SET) {
            List<Object> all = new ArrayList<>(left);
            right.stream().filter(element -> !contains(left, element)).forEach(all::add);
            return new MadeList(all, typed.listKind(), List.of());
        }
        if (left instanceof TypedList typed && typed.listKind() == DeclType.ListKind.MAP) {
            List<Object> all = new ArrayList<>(left);
            for (Object element : right) {
                List<Object> key = keyOf(element, typed.mapKeys());
                int at = indexOf(left, key, typed.mapKeys());
                if (at < 0) {
                    all.add(element);
                } else {
                    all.set(at, element);
                }
            }
            return new MadeList(all, typed.listKind(), typed.mapKeys());
        }
        return AppendedList.of(left, right);
    }

    private static int indexOf(List<?> list, List<Object> key, List<String> fields) {
        for (int i = 0; i < list.size(); i++) {
            if (lists(keyOf(list.get(i), fields), key)) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Object> withKey(List<?> list, List<Object> key, List<String> fields) {
        int at = indexOf(list, key, fields);
        return at < 0 ? Optional.empty() : Optional.of(list.get(at));
    }

    private static List<Object> keyOf(Object element, List<String> fields) {
        List<Object> key = new ArrayList<>();
        for (String field : fields) {
            key.add(
                    element instanceof MapValue map
                            ? map.find(FieldNames.escape(field)
                                            .filter(escaped -> map.isObject())
                                            .orElse(field))
                                    .orElse(CelNull.NULL)
                            : CelNull.NULL);
        }
        return key;
    }
}
