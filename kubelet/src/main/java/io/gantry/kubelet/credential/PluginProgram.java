package io.gantry.kubelet.credential;

import io.gantry.api.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.node.ObjectNode;

/// The program of a credential provider: the request on its standard input, the answer from its standard output
/// (upstream `pkg/credentialprovider/plugin/plugin.go`, `ExecPlugin`). It has the kubelet's rights and environment.
final class PluginProgram implements PluginCall {
    /// As upstream: long enough to try something again, not for ever.
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static final int MOST_BYTES = 1 << 20;
    private static final int SHOWN_BYTES = 2_000;

    private final CredentialProvider provider;
    private final Path program;
    private final Duration limit;

    PluginProgram(CredentialProvider provider, Path binDir) {
        this(provider, binDir, LIMIT);
    }

    PluginProgram(CredentialProvider provider, Path binDir, Duration limit) {
        this.provider = provider;
        this.program = binDir.resolve(provider.name());
        this.limit = limit;
    }

    @Override
    public PluginAnswer ask(PluginRequest request) throws PluginFailure, InterruptedException {
        return PluginAnswer.parse(run(request.image(), written(request)), provider.apiVersion());
    }

    private byte[] written(PluginRequest request) {
        ObjectNode written = Json.MAPPER.createObjectNode();
        written.put("kind", "CredentialProviderRequest");
        written.put("apiVersion", provider.apiVersion());
        written.put("image", request.image());
        request.account().ifPresent(account -> {
            written.put("serviceAccountToken", account.token());
            if (!account.annotations().isEmpty()) {
                ObjectNode annotations = written.putObject("serviceAccountAnnotations");
                account.annotations().forEach(annotations::put);
            }
        });
        return (written + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private byte[] run(String image, byte[] request) throws PluginFailure, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        Process process = start(image);
        try {
            FutureTask<byte[]> out = reading(process.getInputStream(), MOST_BYTES + 1);
            FutureTask<byte[]> err = reading(process.getErrorStream(), SHOWN_BYTES);
            write(process.getOutputStream(), request);
            if (!process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw failed(image, "did not end within " + limit.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                String said = new String(result(image, err, end), StandardCharsets.UTF_8);
                throw failed(image, "exit status " + process.exitValue() + ": " + said.strip());
            }
            byte[] answer = result(image, out, end);
            if (answer.length > MOST_BYTES) {
                throw failed(image, "its answer has more than " + MOST_BYTES + " bytes");
            }
            return answer;
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(String image) throws PluginFailure {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(provider.args());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(provider.env());
        try {
            return builder.start();
        } catch (IOException e) {
            throw failed(image, String.valueOf(e.getMessage()));
        }
    }

    /// A thread of the system's: what a program leaves behind may hold the other end open for as long as it likes, and
    /// a virtual thread would hold one of the few that all of them share.
    private static FutureTask<byte[]> reading(InputStream from, int most) {
        FutureTask<byte[]> task = new FutureTask<>(() -> {
            byte[] read = from.readNBytes(most);
            from.transferTo(OutputStream.nullOutputStream());
            return read;
        });
        Thread.ofPlatform().daemon().name("credential-plugin").start(task);
        return task;
    }

    /// A program need not read what it is asked.
    private static void write(OutputStream to, byte[] request) {
        try (to) {
            to.write(request);
        } catch (IOException closed) {
            return;
        }
    }

    private byte[] result(String image, FutureTask<byte[]> reading, long end)
            throws PluginFailure, InterruptedException {
        try {
            return reading.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw failed(image, "its output did not end");
        }
    }

    private PluginFailure failed(String image, String why) {
        return new PluginFailure(
                "error execing credential provider plugin " + provider.name() + " for image " + image + ": " + why);
    }
}
