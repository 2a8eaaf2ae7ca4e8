package io.gantry.apiserver.projection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// A few names of fields, to be found by their bytes.
final class Names {
    static final int OTHER = -1;
    static final int END = -2;

    private final List<String> texts;
    private final byte[][] names;

    Names(Collection<String> texts) {
        this.texts = List.copyOf(texts);
        this.names = this.texts.stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
    }

    String text(int index) {
        return texts.get(index);
    }

    int size() {
        return names.length;
    }

    int find(byte[] json, int start, int end) {
        for (int i = 0; i < names.length; i++) {
            byte[] name = names[i];
            if (name.length == end - start && Arrays.equals(name, 0, name.length, json, start, end)) {
                return i;
            }
        }
        return OTHER;
    }
}
