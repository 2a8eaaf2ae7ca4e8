package io.gantry.apiserver.projection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManagedFieldsSpanTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{\"metadata\":{\"name\":\"a\",\"managedFields\":[{\"k\":\"]\"},[1]],\"uid\":\"u\"},\"spec\":{}} "
                        + "| {\"metadata\":{\"name\":\"a\",\"uid\":\"u\"},\"spec\":{}}",
                "{\"spec\":{\"managedFields\":[1]},\"metadata\":{\"managedFields\":[2]}} "
                        + "| {\"spec\":{\"managedFields\":[1]},\"metadata\":{}}",
                "{\"metadata\":{\"managedFields\":[2],\"name\":\"a\"}} | {\"metadata\":{\"name\":\"a\"}}",
                "{\"metadata\":{\"managedFields\": [2]}} | {\"metadata\":{\"managedFields\": [2]}}",
            })
    void areCutFromTheObjectsOwnMetadata(String json, String expected) {
        byte[] object = json.strip().getBytes(StandardCharsets.UTF_8);
        byte[] cut = ManagedFieldsSpan.of(object).cutFrom(object);
        assertEquals(expected.strip(), new String(cut, StandardCharsets.UTF_8));
    }

    @Test
    void whatHasNoneStaysAsItIs() {
        for (String json : new String[] {
            "{}",
            "{\"kind\":\"A\"}",
            "{\"metadata\":null}",
            "{\"metadata\":{\"name\":\"a\"},\"managedFields\":[1]}",
            "{\"metadata\":{\"managedFields\":null}}",
            "{\"metadata\":{\"labels\":{\"managedFields\":\"[x]\"}},\"spec\":{\"metadata\":{\"managedFields\":[1]}}}"
        }) {
            byte[] object = json.getBytes(StandardCharsets.UTF_8);
            assertSame(object, ManagedFieldsSpan.of(object).cutFrom(object));
        }
    }
}
