package io.gantry.client.http2;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderTest {
    private static final HexFormat HEX = HexFormat.of();

    /// Texts of RFC 7541, appendix C.
    @ParameterizedTest
    @CsvSource({
        "f1e3c2e5f23a6ba0ab90f4ff,www.example.com",
        "a8eb10649cbf,no-cache",
        "25a849e95ba97d7f,custom-key",
        "25a849e95bb8e8b4bf,custom-value",
        "6402,302",
        "aec3771a4b,private",
        "9d29ad171863c78f0b97c8e9ae82ae43d3,https://www.example.com"
    })
    void codedTextsAreRead(String coded, String text) throws IOException {
        byte[] bytes = HEX.parseHex(coded);
        assertEquals(text, new String(Huffman.decode(bytes, 0, bytes.length), StandardCharsets.US_ASCII));
    }

    @ParameterizedTest
    @CsvSource({"f1e3c2e5f23a6ba0ab90f4", "ffffffff", "00f0"})
    void aTextThatEndsWithinACodeIsRefused(String coded) {
        byte[] bytes = HEX.parseHex(coded);
        assertThrows(IOException.class, () -> Huffman.decode(bytes, 0, bytes.length));
    }

    /// The three answers of RFC 7541, appendix C.6, need a table of 256 bytes that forgets.
    @Test
    void blocksBuildOnThoseBeforeThem() throws IOException {
        HeaderReader reader = new HeaderReader();
        List<String> seen = new ArrayList<>();
        for (String block : List.of(
                "3fe101" + "488264025885aec3771a4b6196d07abe941054d444a8200595040b8166e082a62d1bff"
                        + "6e919d29ad171863c78f0b97c8e9ae82ae43d3",
                "4883640effc1c0bf",
                "88c16196d07abe941054d444a8200595040b8166e084a62d1bffc05a839bd9ab77ad94e7821dd7f2e6c7b335dfdf"
                        + "cd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007")) {
            byte[] bytes = HEX.parseHex(block);
            reader.read(bytes, 0, bytes.length, (name, value) -> seen.add(name + " " + value));
        }
        assertEquals(List.of(":status 302", ":status 307", ":status 200"), seen);
    }

    @Test
    void whatWasSentOnceIsAByteTheNextTime() {
        HeaderWriter writer = new HeaderWriter();
        writer.begin();
        writer.field(":method", "GET");
        writer.field("user-agent", "test");
        writer.end();
        writer.begin();
        writer.field("user-agent", "test");
        assertArrayEquals(new byte[] {(byte) 0xbe}, writer.end());
    }

    @Test
    void aTableThatTheOtherEndDoesNotWantIsGivenUp() {
        HeaderWriter writer = new HeaderWriter();
        writer.begin();
        writer.field("x", "y");
        writer.end();
        writer.limit(0);
        writer.begin();
        writer.field("x", "y");
        assertArrayEquals(new byte[] {0x20, 0x40, 1, 'x', 1, 'y'}, writer.end());
    }
}
