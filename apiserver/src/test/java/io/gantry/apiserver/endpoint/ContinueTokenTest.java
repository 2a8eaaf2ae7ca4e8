package io.gantry.apiserver.endpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.api.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Continue tokens as clients hold them, and what they make of them.
class ContinueTokenTest {
    private static final int ROUNDS = 200_000;

    private static String token(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aTokenComesBack() {
        ContinueToken token = ContinueToken.after("default/a", 7);
        assertEquals(token, ContinueToken.decode(token.encode()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"v\":\"meta.k8s.io/v2\",\"rv\":1,\"start\":\"a\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":0,\"start\":\"a\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"../secrets/a\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":\"a/../../b\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":99999999999999999999,\"start\":\"a\"}",
                "{\"v\":\"meta.k8s.io/v1\",\"rv\":1,\"start\":{}}"
            })
    void strangersAreRefused(String json) {
        StatusException refused = assertThrows(StatusException.class, () -> ContinueToken.decode(token(json)));
        assertEquals(400, refused.code());
    }

    /// Whatever arrives is refused as the client's fault, or is a place within the list.
    @Test
    void mutatedTokensAreRefusedOrSafe() {
        Random random = new Random(36);
        String[] seeds = {
            ContinueToken.after("default/web-0", 12345).encode(),
            ContinueToken.after("x", -1).encode()
        };
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = seeds[i % seeds.length].getBytes(StandardCharsets.US_ASCII);
            if (i % 3 == 0) {
                bytes = Base64.getUrlDecoder().decode(bytes);
            }
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            bytes = random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
            String text = i % 3 == 0
                    ? Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
                    : new String(bytes, StandardCharsets.ISO_8859_1);
            try {
                ContinueToken token = ContinueToken.decode(text);
                assertFalse(Arrays.asList(token.start().split("/", -1)).contains(".."), text);
                assertTrue(token.revision() != 0, text);
            } catch (StatusException e) {
                assertEquals(400, e.code(), text);
            }
        }
    }
}
