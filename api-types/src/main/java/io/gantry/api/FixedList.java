package io.gantry.api;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An unmodifiable list that is little more than its array: caches hold millions of them. Elements may be null.
@SuppressWarnings("unchecked")
final class FixedList<T> extends AbstractList<T> implements RandomAccess {
    private final Object[] elements;

    /// @param elements owned by the list from now on
    FixedList(Object[] elements) {
        this.elements = elements;
    }

    @Override
    public T get(int index) {
        return (T) elements[index];
    }

    @Override
    public int size() {
        return elements.length;
    }

    @Override
    public int indexOf(Object sought) {
        for (int i = 0; i < elements.length; i++) {
            if (Objects.equals(elements[i], sought)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public boolean contains(Object sought) {
        return indexOf(sought) >= 0;
    }

    @Override
    public void forEach(Consumer<? super T> action) {
        for (Object element : elements) {
            action.accept((T) element);
        }
    }

    boolean holdsSame(FixedList<?> other) {
        return Copies.areSame(elements, other.elements);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof FixedList<?> list ? Arrays.equals(elements, list.elements) : super.equals(other));
    }

    @Override
    public Object[] toArray() {
        return Arrays.copyOf(elements, elements.length, Object[].class);
    }
}
