package io.gantry.cel.library;

import com.google.protobuf.ByteString;
import io.gantry.cel.value.CelError;
import io.gantry.cel.value.Opaque;
import io.netty.util.NetUtil;
import java.util.regex.Pattern;

/// An IP address: four or sixteen bytes.
record CelAddress(ByteString bytes) implements Opaque {
    static final String TYPE = "net.IP";
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");

    /// @throws CelError when the text is no address, has a zone or is an IPv4 address mapped into IPv6
    static CelAddress parse(String text) {
        boolean four = IPV4.matcher(text).matches();
        boolean six = text.contains(":") && !text.contains("%") && !text.startsWith("[");
        byte[] bytes = four || six ? NetUtil.createByteArrayFromIpAddressString(text) : null;
        if (bytes == null) {
            throw new CelError("IP Address \"" + text + "\" parse error during conversion from string: ParseAddr(\""
                    + text + "\"): unable to parse IP");
        }
        if (six && bytes.length == 16 && isMapped(bytes)) {
            throw new CelError("IPv4-mapped IPv6 address \"" + text + "\" is not allowed");
        }
        return new CelAddress(ByteString.copyFrom(bytes));
    }

    private static boolean isMapped(byte[] bytes) {
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return bytes[10] == -1 && bytes[11] == -1;
    }

    boolean isFour() {
        return bytes.size() == 4;
    }

    int at(int index) {
        return bytes.byteAt(index) & 0xff;
    }

    boolean isUnspecified() {
        return bytes.toByteArray().length == bytes.size() && zerosUntil(bytes.size());
    }

    private boolean zerosUntil(int end) {
        for (int i = 0; i < end; i++) {
            if (bytes.byteAt(i) != 0) {
                return false;
            }
        }
        return true;
    }

    boolean isLoopback() {
        return isFour() ? at(0) == 127 : zerosUntil(15) && at(15) == 1;
    }

    boolean isLinkLocalMulticast() {
        return isFour() ? at(0) == 224 && at(1) == 0 && at(2) == 0 : at(0) == 0xff && (at(1) & 0x0f) == 0x02;
    }

    boolean isLinkLocalUnicast() {
        return isFour() ? at(0) == 169 && at(1) == 254 : at(0) == 0xfe && (at(1) & 0xc0) == 0x80;
    }

    private boolean isMulticast() {
        return isFour() ? (at(0) & 0xf0) == 0xe0 : at(0) == 0xff;
    }

    boolean isGlobalUnicast() {
        boolean broadcast = isFour() && at(0) == 255 && at(1) == 255 && at(2) == 255 && at(3) == 255;
        return !broadcast && !isUnspecified() && !isLoopback() && !isMulticast() && !isLinkLocalUnicast();
    }

    /// The one canonical spelling.
    String text() {
        return isFour() ? at(0) + "." + at(1) + "." + at(2) + "." + at(3) : six();
    }

    private String six() {
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && group(end) == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(group(i)));
            }
        }
        return text.toString();
    }

    private int group(int index) {
        return at(2 * index) << 8 | at(2 * index + 1);
    }

    @Override
    public String typeName() {
        return TYPE;
    }
}
