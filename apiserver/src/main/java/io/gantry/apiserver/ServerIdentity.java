package io.gantry.apiserver;

import io.gantry.component.Digests;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The name of an API server among those of a cluster, made from its machine's (`APIServerID` of upstream's
/// `apiserver/pkg/server/config.go`). Pure.
final class ServerIdentity {
    static final String COMPONENT = "kube-apiserver";

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int HASH_BYTES = 16;
    private static final int DIGITS = 26;
    private static final int DIGIT_BITS = 5;

    private ServerIdentity() {}

    /// E.g. `apiserver-lgabes5ywnaqeagh5dny4zlzs4`.
    static String of(String host) {
        BigInteger hash = new BigInteger(1, Arrays.copyOf(Digests.sha256(prefixed(host, COMPONENT)), HASH_BYTES))
                .shiftLeft(DIGITS * DIGIT_BITS - HASH_BYTES * Byte.SIZE);
        StringBuilder name = new StringBuilder("apiserver-");
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            name.append(BASE32.charAt(hash.shiftRight(digit * DIGIT_BITS).intValue() & (BASE32.length() - 1)));
        }
        return name.toString();
    }

    /// Each text with its length in two bytes before it.
    private static byte[] prefixed(String... texts) {
        ByteBuffer bytes = ByteBuffer.allocate(Arrays.stream(texts)
                .mapToInt(text -> Short.BYTES + text.getBytes(StandardCharsets.UTF_8).length)
                .sum());
        for (String text : texts) {
            byte[] letters = text.getBytes(StandardCharsets.UTF_8);
            bytes.putShort((short) letters.length).put(letters);
        }
        return bytes.array();
    }
}
