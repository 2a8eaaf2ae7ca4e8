package io.gantry.api.quota;

import io.gantry.api.resource.Quantity;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Sums of amounts by resource name. Results are sorted by name and the caller's own.
public final class QuotaAmounts {
    private QuotaAmounts() {}

    public static Map<String, Quantity> add(Map<String, Quantity> left, Map<String, Quantity> right) {
        Map<String, Quantity> sum = new TreeMap<>(left);
        right.forEach((name, amount) -> sum.merge(name, amount, Quantity::plus));
        return sum;
    }

    /// `left - right`, but never less than zero; names of `right` alone do not count.
    public static Map<String, Quantity> subtract(Map<String, Quantity> left, Map<String, Quantity> right) {
        Map<String, Quantity> difference = new TreeMap<>();
        left.forEach((name, amount) -> {
            Quantity less = right.get(name);
            Quantity rest = less == null ? amount : amount.minus(less);
            difference.put(name, rest.amount().signum() < 0 ? Quantity.ZERO : rest);
        });
        return difference;
    }

    /// Only the names wanted.
    public static Map<String, Quantity> mask(Map<String, Quantity> amounts, Collection<String> names) {
        Map<String, Quantity> masked = new TreeMap<>(amounts);
        masked.keySet().retainAll(names);
        return masked;
    }

    /// Only what is not zero.
    public static Map<String, Quantity> withoutZeros(Map<String, Quantity> amounts) {
        Map<String, Quantity> rest = new TreeMap<>(amounts);
        rest.values().removeIf(amount -> amount.amount().signum() == 0);
        return rest;
    }

    /// The names of `amounts` that are more than their limit; what has no limit is never too much.
    public static List<String> exceeded(Map<String, Quantity> amounts, Map<String, Quantity> limits) {
        return amounts.entrySet().stream()
                .filter(amount -> limits.containsKey(amount.getKey())
                        && amount.getValue().compareTo(Objects.requireNonNull(limits.get(amount.getKey()))) > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /// `cpu=1,pods=2`, as messages show them.
    public static String print(Map<String, Quantity> amounts) {
        return new TreeMap<>(amounts)
                .entrySet().stream()
                        .map(amount -> amount.getKey() + "=" + amount.getValue().canonical())
                        .collect(Collectors.joining(","));
    }
}
