package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebSocketAgreementTest {
    /// The example of RFC 6455, section 1.3.
    @Test
    void answersAKeyAsTheStandardDoes() {
        String head =
                new String(WebSocketAgreement.head("dGhlIHNhbXBsZSBub25jZQ==", "chat"), StandardCharsets.ISO_8859_1);
        assertEquals("""
                HTTP/1.1 101 Switching Protocols
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
                Sec-WebSocket-Protocol: chat

                """.replace("\n", "\r\n"), head);
    }
}
