package io.gantry.cli.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a stand-in waits: a named pipe that it reads to the end before it goes on.
record Gate(Path pipe) {
    static Gate at(Path pipe) throws IOException, InterruptedException {
        int code = new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        if (code != 0) {
            throw new IOException("mkfifo " + pipe + " ended with " + code);
        }
        return new Gate(pipe);
    }

    /// Lets go on who waits now, and whoever comes later; waits for the first to come.
    void open() throws IOException {
        try (var end = Files.newOutputStream(pipe)) {
            Files.delete(pipe);
        }
    }
}
