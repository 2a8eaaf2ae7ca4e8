package io.gantry.cel.value;

/// An unsigned 64-bit number.
public record Uint(long bits) implements Comparable<Uint> {
    @Override
    public int compareTo(Uint other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
