package io.gantry.kubeproxy.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A range of IPv4 addresses.
record Cidr(int base, int length) {
    private static final Pattern FORM =
            Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})(?:/(\\d{1,2}))?");
    private static final int BITS = 32;

    /// The range, its host bits cleared; empty for anything that is not IPv4. A single address is a range of one.
    static Optional<Cidr> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int address = 0;
        for (int i = 1; i <= 4; i++) {
            address = address << 8 | Integer.parseInt(matcher.group(i));
        }
        int length = matcher.group(5) == null ? BITS : Integer.parseInt(matcher.group(5));
        return Optional.of(new Cidr(address & mask(length), length));
    }

    private static int mask(int length) {
        return length == 0 ? 0 : -1 << BITS - length;
    }

    boolean contains(Cidr other) {
        return other.length >= length && (other.base & mask(length)) == base;
    }

    @Override
    public String toString() {
        return (base >>> 24) + "." + (base >>> 16 & 255) + "." + (base >>> 8 & 255) + "." + (base & 255) + "/" + length;
    }
}
