package io.gantry.kubelet.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gantry.api.core.v1.pod.FileKeySelector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EnvironmentFileTest {
    /// @param value `!` for a file that is refused
    record Case(String text, String value) {}

    static List<Case> cases() {
        return List.of(
                new Case("K='v'", "v"),
                new Case("\n# c\n  A='x' # y\nK='v'", "v"),
                new Case("K='a\nb'\nB='c'", "a\nb"),
                new Case("A='K=''", "!"),
                new Case("K= 'v'", ""),
                new Case("A='x'", ""),
                new Case("K ='v'", "!"),
                new Case("K=v", "!"),
                new Case("K='v", "!"),
                new Case("K='v' w", "!"),
                new Case("K", "!"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void linesAreVariables(Case it) throws Exception {
        List<String> lines = it.text().lines().toList();
        if (it.value().equals("!")) {
            assertThrows(SpecFailure.class, () -> EnvironmentFile.find(lines, "K"));
        } else {
            assertEquals(it.value(), EnvironmentFile.find(lines, "K"));
        }
    }

    @Test
    void filesAreTheVolumesOwn(@TempDir Path folder) throws Exception {
        Path volume = Files.createDirectory(folder.resolve("v"));
        Files.writeString(volume.resolve("env"), "K='v'\n");
        Files.writeString(folder.resolve("host"), "K='secret'\n");
        Files.createSymbolicLink(volume.resolve("link"), folder.resolve("host"));
        Map<String, Path> volumes = Map.of("v", volume);
        assertEquals(Optional.of("v"), EnvironmentFile.value(new FileKeySelector("v", "env", "K", false), volumes));
        assertEquals(Optional.empty(), EnvironmentFile.value(new FileKeySelector("v", "env", "L", true), volumes));
        assertEquals(Optional.empty(), EnvironmentFile.value(new FileKeySelector("v", "none", "K", true), volumes));
        for (FileKeySelector wrong : List.of(
                new FileKeySelector("v", "env", "L", false),
                new FileKeySelector("v", "none", "K", false),
                new FileKeySelector("v", "link", "K", false),
                new FileKeySelector("v", "../host", "K", false),
                new FileKeySelector("w", "env", "K", false))) {
            assertThrows(SpecFailure.class, () -> EnvironmentFile.value(wrong, volumes));
        }
    }
}
