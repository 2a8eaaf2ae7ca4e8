package io.gantry.apiserver.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// HTTP header fields in order; names are lower case. Immutable.
public final class Headers {
    public static final Headers NONE = new Headers(new String[0]);

    private final String[] pairs;

    private Headers(String[] pairs) {
        this.pairs = pairs;
    }

    /// Headers of names and values in turn.
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a header name without a value");
        }
        Builder builder = new Builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /// The first value of a field; the name in lower case.
    public Optional<String> first(String name) {
        return Optional.ofNullable(get(name));
    }

    /// The first value or null, for hot paths.
    public @Nullable String get(String name) {
        return Pairs.first(pairs, name);
    }

    /// Every value of a field, in order.
    public List<String> all(String name) {
        return Pairs.all(pairs, name);
    }

    /// Whether there is a field whose name begins so; in lower case.
    public boolean hasPrefixed(String prefix) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /// Calls with each name and value, in order.
    public void forEach(BiConsumer<String, String> consumer) {
        for (int i = 0; i < pairs.length; i += 2) {
            consumer.accept(pairs[i], pairs[i + 1]);
        }
    }

    /// These and one more.
    public Headers with(String name, String value) {
        String[] more = Arrays.copyOf(pairs, pairs.length + 2);
        more[pairs.length] = name.toLowerCase(Locale.ROOT);
        more[pairs.length + 1] = value;
        return new Headers(more);
    }

    /// These with one field's values replaced by one; the name in lower case.
    public Headers replaced(String name, String value) {
        Builder builder = new Builder();
        forEach((known, old) -> {
            if (!known.equals(name)) {
                builder.add(known, old);
            }
        });
        return builder.add(name, value).build();
    }

    /// These and others.
    public Headers withAll(Headers others) {
        String[] more = Arrays.copyOf(pairs, pairs.length + others.pairs.length);
        System.arraycopy(others.pairs, 0, more, pairs.length, others.pairs.length);
        return new Headers(more);
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.pairs.addAll(List.of(pairs));
        return builder;
    }

    @Override
    public String toString() {
        return String.join(" ", pairs);
    }

    /// Collects header fields. Not thread-safe.
    public static final class Builder {
        private final List<String> pairs = new ArrayList<>();

        public Builder add(String name, String value) {
            pairs.add(name.toLowerCase(Locale.ROOT));
            pairs.add(value);
            return this;
        }

        /// For names known to be lower case (HTTP/2).
        Builder addLower(String name, String value) {
            pairs.add(name);
            pairs.add(value);
            return this;
        }

        public Headers build() {
            return pairs.isEmpty() ? NONE : new Headers(pairs.toArray(String[]::new));
        }
    }
}
