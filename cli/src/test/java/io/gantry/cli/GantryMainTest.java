package io.gantry.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

/// Which command runs, and what is said where none does.
final class GantryMainTest {
    @Test
    void commandsHaveTheNamesThatTheySay() {
        GantryMain.COMMANDS.forEach(
                (name, type) -> assertEquals(type.getAnnotation(Command.class).name(), name));
    }

    @Test
    void askedForNothingItNamesAllCommands() {
        String said = said(2);
        List.of("up", "status", "join", "backup").forEach(name -> assertTrue(said.contains("\n  " + name + " "), said));
    }

    @Test
    void aNameThatIsNoneIsToldOfThoseThatAreLikeIt() {
        String said = said(2, "stats");
        assertTrue(said.contains("Unmatched argument at index 0: 'stats'"), said);
        assertTrue(said.contains("gantry status"), said);
    }

    @Test
    void aCommandHasItsOwnHelp() {
        String said = said(0, "token", "create", "--help");
        assertTrue(said.startsWith("Usage: gantry token create "), said);
    }

    private static String said(int code, String... arguments) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        PrintStream err = System.err;
        PrintStream kept = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        System.setOut(kept);
        System.setErr(kept);
        try {
            assertEquals(code, GantryMain.run(arguments));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
