package io.gantry.kubelet.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
    @Test
    void foldersAreListedAndNothingLeavesTheRoot(@TempDir Path folder) throws Exception {
        Path root = Files.createDirectories(folder.resolve("log"));
        Files.createDirectories(root.resolve("pods"));
        Files.writeString(root.resolve("a<b.log"), "text");
        Files.writeString(folder.resolve("secret"), "s");
        LogFiles files = new LogFiles(root);
        String listing = LogFiles.listing(files.find(List.of()));
        assertTrue(listing.contains("<a href=\"a&lt;b.log\">a&lt;b.log</a>\n<a href=\"pods/\">pods/</a>"), listing);
        assertEquals(root.resolve("a<b.log"), files.find(List.of("a<b.log")));
        for (List<String> path : List.of(List.of("..", "secret"), List.of("../secret"), List.of("none"))) {
            assertThrows(HttpFailure.class, () -> files.find(path));
        }
    }
}
