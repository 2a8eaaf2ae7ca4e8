package io.gantry.apiserver.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SharedTextsTest {
    private final SharedTexts texts = new SharedTexts();

    @Test
    void equalTextsAndMapsAreThereOnce() {
        String first = texts.shared(new StringBuilder("app").toString());
        assertSame(first, texts.shared(new StringBuilder("app").toString()));

        Map<String, String> labels = texts.shared(Map.of("app", "web", "tier", "front"));
        assertSame(labels, texts.shared(Map.of("tier", "front", "app", "web")));
    }

    @Test
    void textsStayWhatTheyAreHoweverManyThereAre() {
        for (int i = 0; i < 10_000; i++) {
            assertEquals("node-" + i, texts.shared("node-" + i));
            assertEquals(Map.of("n", "" + i), texts.shared(Map.of("n", "" + i)));
        }
        String text = "x".repeat(1_000);
        assertSame(text, texts.shared(text));
    }
}
