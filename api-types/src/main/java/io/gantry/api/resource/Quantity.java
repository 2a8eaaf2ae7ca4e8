package io.gantry.api.resource;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// An amount with a suffix, e.g. `100m`, `128Mi`, `1e3` (upstream `k8s.io/apimachinery/pkg/api/resource`). Keeps its
/// text; compares and computes by value.
///
/// @param text as written, canonical or not
/// @param amount the exact value
public record Quantity(String text, BigDecimal amount) implements Comparable<Quantity> {
    public static final Quantity ZERO = new Quantity("0", BigDecimal.ZERO);

    private static final BigDecimal BINARY_STEP = BigDecimal.valueOf(1024);
    private static final BigDecimal LARGEST_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final int NANO_SCALE = 9;
    private static final BigInteger THOUSAND = BigInteger.valueOf(1000);
    private static final int MAX_TEXT_LENGTH = 64;
    private static final int MAX_SIMPLE_DIGITS = 17;
    private static final int DIGITS_OF_A_STEP = 3;
    private static final Set<String> FAR_FROM_THE_LARGEST =
            Set.of("", "n", "u", "m", "k", "M", "G", "T", "P", "Ki", "Mi", "Gi", "Ti", "Pi");
    private static final Pattern FORM = Pattern.compile(
            "([+-]?(?:\\d+(?:\\.\\d*)?|\\.\\d+))(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\\d{1,3})?");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final int DECIMAL_ONE = DECIMAL.indexOf("");

    /// Reads a quantity.
    ///
    /// @throws IllegalArgumentException with upstream's words when the text is none
    @JsonCreator
    public static Quantity parse(String text) {
        Quantity simple = ofSimple(text);
        return simple == null ? ofForm(text) : simple;
    }

    private static Quantity ofForm(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > MAX_TEXT_LENGTH || !form.matches()) {
            throw new IllegalArgumentException(
                    "quantities must match the regular expression " + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
        }
        BigDecimal number = new BigDecimal(form.group(1));
        String suffix = form.group(2) == null ? "" : form.group(2);
        BigDecimal amount = atLeastNano(number.multiply(factor(suffix)));
        return new Quantity(text, suffix.endsWith("i") ? bounded(amount) : amount);
    }

    /// Billionths are the finest there is: what is finer counts as the next one away from zero, for who wants some
    /// resources should get some (upstream `ParseQuantity`).
    private static BigDecimal atLeastNano(BigDecimal amount) {
        return amount.scale() > NANO_SCALE ? amount.setScale(NANO_SCALE, RoundingMode.UP) : amount;
    }

    /// Amounts with a binary suffix end at the range of long, as upstream's.
    private static BigDecimal bounded(BigDecimal amount) {
        return amount.max(LARGEST_BINARY.negate()).min(LARGEST_BINARY);
    }

    /// Reads whole numbers with or without a suffix, as most quantities are; null for other texts, good or bad.
    public static @Nullable Quantity ofSimple(String text) {
        int length = text.length();
        int digits = 0;
        long number = 0;
        while (digits < length && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            number = number * 10 + text.charAt(digits++) - '0';
            if (digits > MAX_SIMPLE_DIGITS) {
                return null;
            }
        }
        if (digits == 0) {
            return null;
        }
        if (digits == length) {
            return new Quantity(text, BigDecimal.valueOf(number));
        }
        String suffix = text.substring(digits);
        int decimal = DECIMAL.indexOf(suffix);
        if (decimal >= 0) {
            return new Quantity(text, BigDecimal.valueOf(number, 3 * (DECIMAL_ONE - decimal)));
        }
        return BINARY.contains(suffix)
                ? new Quantity(text, bounded(BigDecimal.valueOf(number).multiply(factor(suffix))))
                : null;
    }

    /// From JSON, where numbers are allowed as well.
    @JsonCreator
    public static Quantity fromNumber(long number) {
        return of(number);
    }

    /// From JSON, where numbers are allowed as well.
    @JsonCreator
    public static Quantity fromNumber(double number) {
        return parse(BigDecimal.valueOf(number).toPlainString());
    }

    /// A whole number of units.
    public static Quantity of(long amount) {
        return new Quantity(Long.toString(amount), BigDecimal.valueOf(amount));
    }

    /// Thousandths, written canonically: 1500 is `1500m`.
    public static Quantity ofMilli(long milli) {
        return decimal(BigDecimal.valueOf(milli, 3));
    }

    /// Bytes with a binary suffix where it is exact.
    public static Quantity ofBytes(long bytes) {
        return binary(BigInteger.valueOf(bytes));
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }

    /// Whether a text is seen to be canonical without reading it, as most are: one to three digits without a
    /// leading zero, and a suffix. False for others, canonical or not.
    public static boolean isPlainlyCanonical(String text) {
        int digits = 0;
        while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
            digits++;
        }
        if (digits == 0 || digits > DIGITS_OF_A_STEP || text.charAt(0) == '0') {
            return text.equals("0");
        }
        return FAR_FROM_THE_LARGEST.contains(text.substring(digits));
    }

    /// The canonical text of the same value in the same format (decimal, binary or with an exponent), as Go writes it.
    public String canonical() {
        if (text.endsWith("i")
                && amount.stripTrailingZeros().scale() <= 0
                && amount.abs().compareTo(BINARY_STEP) >= 0) {
            return binary(amount.toBigIntegerExact()).text;
        }
        return hasExponent() ? exponential(amount) : decimal(amount).text;
    }

    private boolean hasExponent() {
        int at = Math.max(text.indexOf('e'), text.indexOf('E'));
        return at > 0 && at < text.length() - 1 && text.charAt(at + 1) != 'i';
    }

    private static String exponential(BigDecimal value) {
        Thousands whole = Thousands.of(value, Integer.MAX_VALUE);
        int power = 3 * (whole.steps - DECIMAL_ONE);
        return whole.rest + (power == 0 || whole.rest.signum() == 0 ? "" : "e" + power);
    }

    /// The value rounded up to whole units; saturates at the range of long.
    public long value() {
        return saturated(amount.setScale(0, RoundingMode.CEILING));
    }

    /// The value in thousandths, rounded up; saturates at the range of long.
    public long milliValue() {
        return saturated(amount.movePointRight(3).setScale(0, RoundingMode.CEILING));
    }

    /// In this format; a zero takes the other's, as in Go.
    public Quantity plus(Quantity other) {
        return (amount.signum() == 0 ? other : this).sameFormat(amount.add(other.amount));
    }

    public Quantity minus(Quantity other) {
        return (amount.signum() == 0 ? other : this).sameFormat(amount.subtract(other.amount));
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    /// Equal by value: `1` equals `1000m`.
    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity quantity && compareTo(quantity) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }

    private Quantity sameFormat(BigDecimal value) {
        if ((text.endsWith("i") || text.equals("0"))
                && value.stripTrailingZeros().scale() <= 0) {
            return text.equals("0") ? decimal(value) : binary(value.toBigIntegerExact());
        }
        return decimal(value);
    }

    private static long saturated(BigDecimal whole) {
        BigInteger value = whole.toBigInteger();
        if (value.bitLength() > 63) {
            return value.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
        return value.longValueExact();
    }

    private static BigDecimal factor(String suffix) {
        if (suffix.isEmpty()) {
            return BigDecimal.ONE;
        }
        int binary = BINARY.indexOf(suffix);
        if (binary > 0) {
            return new BigDecimal(BigInteger.ONE.shiftLeft(10 * binary));
        }
        int decimal = DECIMAL.indexOf(suffix);
        if (decimal >= 0) {
            return BigDecimal.ONE.scaleByPowerOfTen(3 * (decimal - DECIMAL_ONE));
        }
        return BigDecimal.ONE.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)));
    }

    private static Quantity binary(BigInteger value) {
        int power = 0;
        BigInteger rest = value;
        while (power < BINARY.size() - 1 && rest.signum() != 0 && rest.getLowestSetBit() >= 10) {
            rest = rest.shiftRight(10);
            power++;
        }
        return new Quantity(rest + BINARY.get(power), new BigDecimal(value));
    }

    private static Quantity decimal(BigDecimal value) {
        Thousands whole = Thousands.of(value, DECIMAL.size() - 1);
        return new Quantity(whole.rest.signum() == 0 ? "0" : whole.rest + DECIMAL.get(whole.steps), value);
    }

    /// A whole number of `1000^steps` billionths; what is smaller than one of these counts as one.
    private record Thousands(BigInteger rest, int steps) {
        static Thousands of(BigDecimal value, int most) {
            BigInteger rest = value.movePointRight(NANO_SCALE)
                    .setScale(0, RoundingMode.UP)
                    .toBigInteger();
            int steps = 0;
            while (steps < most && rest.signum() != 0 && rest.mod(THOUSAND).signum() == 0) {
                rest = rest.divide(THOUSAND);
                steps++;
            }
            return new Thousands(rest, steps);
        }
    }
}
