package io.gantry.cel.value;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The beginning of a buffer that may have grown since, so that `list + [x]` in a loop costs no copy each time. Used
/// by one thread.
final class AppendedList extends AbstractList<Object> {
    private final ArrayList<Object> buffer;
    private final int size;

    private AppendedList(ArrayList<Object> buffer) {
        this.buffer = buffer;
        this.size = buffer.size();
    }

    static List<Object> of(List<?> left, List<?> right) {
        ArrayList<Object> buffer = left instanceof AppendedList appended && appended.buffer.size() == appended.size
                ? appended.buffer
                : new ArrayList<>(left);
        buffer.addAll(List.copyOf(right));
        return new AppendedList(buffer);
    }

    @Override
    public Object get(int index) {
        return buffer.get(Objects.checkIndex(index, size));
    }

    @Override
    public int size() {
        return size;
    }
}
