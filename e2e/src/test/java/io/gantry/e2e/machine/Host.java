package io.gantry.e2e.machine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs programs of the host for tests.
public final class Host {
    private Host() {}

    /// What a program did.
    public record Result(int code, String out, String err) {
        public String all() {
            return out + err;
        }

        /// @throws AssertionError with everything printed when the program failed
        public Result ok(List<String> command) {
            if (code != 0) {
                throw new AssertionError(String.join(" ", command) + "\nended with " + code + "\n" + all());
            }
            return this;
        }
    }

    /// Runs to the end; killed after the limit, with code 124.
    public static Result run(Duration limit, Map<String, String> environment, String input, List<String> command) {
        try {
            Path out = Files.createTempFile("gantry-e2e", ".out");
            Path err = Files.createTempFile("gantry-e2e", ".err");
            Path in = Files.createTempFile("gantry-e2e", ".in");
            try {
                Files.writeString(in, input);
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectInput(in.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
                builder.environment().putAll(environment);
                List.of("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "all_proxy")
                        .forEach(builder.environment()::remove);
                Process process = builder.start();
                int code = 124;
                if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    code = process.exitValue();
                } else {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly().waitFor();
                }
                return new Result(
                        code,
                        new String(Files.readAllBytes(out), StandardCharsets.UTF_8),
                        new String(Files.readAllBytes(err), StandardCharsets.UTF_8));
            } finally {
                for (Path file : List.of(out, err, in)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new AssertionError("cannot run " + command, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// Runs what must succeed.
    public static String must(String... command) {
        List<String> words = new ArrayList<>(Arrays.asList(command));
        return run(Duration.ofMinutes(2), Map.of(), "", words).ok(words).out();
    }

    /// The project's root: where `./gantry` is.
    public static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("gantry"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new AssertionError(
                        "the project's root was not found above " + Path.of("").toAbsolutePath());
            }
        }
        return folder;
    }
}
