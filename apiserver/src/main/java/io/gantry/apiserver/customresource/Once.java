package io.gantry.apiserver.customresource;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes a value at its first use and keeps it. Thread-safe; two threads may both make it.
final class Once<T> implements Supplier<T> {
    private final Supplier<T> make;
    private volatile @Nullable T value;

    private Once(Supplier<T> make) {
        this.make = make;
    }

    static <T> Once<T> of(Supplier<T> make) {
        return new Once<>(make);
    }

    @Override
    public T get() {
        T known = value;
        if (known == null) {
            known = make.get();
            value = known;
        }
        return known;
    }
}
