package io.gantry.benchmarks.self;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// A directory with keys, and the servers that are started in it. Removes it at the end.
public final class SelfServe implements AutoCloseable {
    private static final int LIST_BYTES = 30_900_000;

    private final Path directory;
    private final Keys keys;

    public SelfServe() throws IOException {
        directory = Files.createTempDirectory(Path.of("/var/tmp"), "gantry-bench-self-");
        keys = new Keys(directory);
    }

    /// Gantry's API server alone.
    ///
    /// @param options of the virtual machine, added
    public OwnServer server(List<String> options) throws IOException {
        return new OwnServer(directory, Path.of(System.getProperty("gantry.dist")), keys, options);
    }

    /// The ceiling.
    public Ceiling ceiling() throws IOException {
        int port = ChildProcess.freePort();
        ChildProcess process = ChildProcess.start(
                directory.resolve("fixed.log"),
                ChildProcess.java(
                        List.of(),
                        System.getProperty("java.class.path"),
                        FixedServerMain.class.getName(),
                        directory.toString(),
                        Integer.toString(port),
                        Integer.toString(LIST_BYTES)));
        Ceiling ceiling = new Ceiling(process, keys.client(port, "admin", "system:masters"));
        process.awaitAnswer(ceiling.target(), "/");
        return ceiling;
    }

    Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
