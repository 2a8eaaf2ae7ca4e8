package io.gantry.dashboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The page's parts that need no browser: the tests in `src/test/js`, run by the host's node where it has one.
class PageScriptsTest {
    @Test
    void theScriptsTestsPass() throws IOException, InterruptedException {
        assumeTrue(Host.finds("node"), "there is no node on this host");
        Process node = new ProcessBuilder("node", "--test", "src/test/js/")
                .directory(new File("").getAbsoluteFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, node.waitFor(), output);
    }

    @Test
    void everyFileOfThePageIsServed() throws IOException {
        Path page = Path.of("src/main/resources/io/gantry/dashboard/page");
        try (Stream<Path> files = Files.walk(page)) {
            List<String> missing = files.filter(Files::isRegularFile)
                    .map(file -> "/" + page.relativize(file))
                    .filter(path -> !served(path))
                    .toList();
            assertEquals(List.of(), missing);
        }
    }

    private static boolean served(String path) {
        try {
            return PageFiles.find(path).isPresent();
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }
}
