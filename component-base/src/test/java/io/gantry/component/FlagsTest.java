package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;

class FlagsTest {
    @Test
    void readsAllThreeForms() {
        Flags flags = Flags.parse("--a=1", "--b", "two", "--c", "--d=x", "--d=y");
        assertEquals(1, flags.integer("a", 0));
        assertEquals("two", flags.required("b"));
        assertTrue(flags.bool("c", false));
        assertEquals(List.of("x", "y"), flags.all("d"));
        flags.rejectUnknown();
    }

    @Test
    void settingsAreWhatWasGivenOrElseHolds() {
        Flags flags = Flags.parse("--a=1", "--d=x", "--d=y");
        flags.integer("a", 0);
        flags.bool("b", true);
        flags.string("c", "three");
        flags.all("d");
        flags.optional("e");
        assertEquals(Map.of("a", "1", "b", "true", "c", "three", "d", "[x,y]", "e", ""), flags.settings());
    }

    @Test
    void readersOfOthersAreAskedAndNamed() {
        Flags flags = Flags.parse("--level=INFO");
        assertEquals(Level.INFO, flags.parsed("level", "OFF", Level::parse));
        assertEquals(Level.OFF, flags.parsed("other", "OFF", Level::parse));
        assertEquals(Map.of("level", "INFO", "other", "OFF"), flags.settings());
        Flags wrong = Flags.parse("--level=none");
        var e = assertThrows(IllegalArgumentException.class, () -> wrong.parsed("level", "OFF", Level::parse));
        assertEquals("--level=none: Bad level \"none\"", e.getMessage());
    }

    @Test
    void refusesWhatItDoesNotKnowByName() {
        Flags flags = Flags.parse("--port=1", "--prot=2");
        assertEquals(1, flags.integer("port", 0));
        var e = assertThrows(IllegalArgumentException.class, flags::rejectUnknown);
        assertEquals("unknown flag --prot; there are: --port", e.getMessage());
    }

    @Test
    void saysWhatIsWrong() {
        Flags flags = Flags.parse("--port=x");
        assertEquals(
                "--port=x: not a whole number",
                assertThrows(IllegalArgumentException.class, () -> flags.integer("port", 0))
                        .getMessage());
        assertEquals(
                "--kubeconfig must be given",
                assertThrows(IllegalArgumentException.class, () -> flags.required("kubeconfig"))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Flags.parse("stray"));
    }
}
