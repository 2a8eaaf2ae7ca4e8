package io.gantry.api.schema;

import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Formats of names and addresses of networks, as upstream's `strfmt` and Go's `net` read them.
final class NetworkFormats {
    private static final int LONGEST_HOST = 255;
    private static final int LONGEST_LABEL = 63;
    private static final String LETTER = "[a-zA-Z0-9\\p{S}\\p{L}]";
    private static final String INNER = "[a-zA-Z0-9-\\p{S}\\p{L}]";
    private static final Pattern HOST = Pattern.compile(LETTER + "(-?" + LETTER + "{0,62})?|(" + LETTER + "(" + INNER
            + "{0,61}" + LETTER + ")?\\.)+[a-zA-Z\\p{L}]{2,63}");
    private static final String BYTE = "[0-9a-fA-F]{2}";
    private static final Pattern MAC = Pattern.compile(groups(BYTE, ":", 6, 8, 20) + "|" + groups(BYTE, "-", 6, 8, 20)
            + "|" + groups(BYTE + BYTE, "\\.", 3, 4, 10) + "|" + groups(BYTE, "", 6, 8, 20));

    private NetworkFormats() {}

    private static String groups(String group, String separator, int... counts) {
        return Arrays.stream(counts)
                .mapToObj(count -> group + "(" + separator + group + "){" + (count - 1) + "}")
                .collect(Collectors.joining("|"));
    }

    static boolean isHostname(String text) {
        return HOST.matcher(text).matches()
                && bytes(text) <= LONGEST_HOST
                && Arrays.stream(text.split("\\.", -1)).allMatch(label -> bytes(label) <= LONGEST_LABEL);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static boolean isMac(String text) {
        return MAC.matcher(text).matches();
    }

    /// An address with a dot, also one of version 6. Numbers may have leading zeros, as in old versions of Go.
    static boolean isIpv4(String text) {
        return text.indexOf('.') >= 0 && Addresses.isIp(withoutZeros(text));
    }

    static boolean isCidr(String text) {
        int slash = text.indexOf('/');
        return slash >= 0
                && Addresses.isCidr(withoutZeros(text.substring(0, slash)) + "/" + plain(text.substring(slash + 1)));
    }

    private static String withoutZeros(String address) {
        int dotted = address.lastIndexOf(':') + 1;
        if (address.indexOf('.') < 0) {
            return address;
        }
        return address.substring(0, dotted)
                + Arrays.stream(address.substring(dotted).split("\\.", -1))
                        .map(NetworkFormats::plain)
                        .collect(Collectors.joining("."));
    }

    private static String plain(String number) {
        int from = 0;
        while (from < number.length() - 1 && number.charAt(from) == '0') {
            from++;
        }
        return number.substring(from);
    }
}
