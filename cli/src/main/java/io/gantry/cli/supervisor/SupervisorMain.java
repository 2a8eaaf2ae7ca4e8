package io.gantry.cli.supervisor;

import io.gantry.component.Flags;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// The supervisor's process: one a node, started by `gantry up` and left behind in the background.
public final class SupervisorMain {
    private final Supervisor supervisor;
    private final Path specsFile;

    private SupervisorMain(Supervisor supervisor, Path specsFile) {
        this.supervisor = supervisor;
        this.specsFile = specsFile;
    }

    /// Flags: `--socket`, `--state` (run-time state), `--specs` (what to run, kept over a reboot).
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Flags flags = Flags.parse(arguments);
        Path socket = flags.path("socket");
        Supervisor supervisor = new Supervisor(flags.path("state"));
        SupervisorMain main = new SupervisorMain(supervisor, flags.path("specs"));
        flags.rejectUnknown();
        Files.createDirectories(socket.getParent());
        if (new SupervisorClient(socket).status().isPresent()) {
            throw new IOException("a supervisor answers on " + socket + " already");
        }
        Files.deleteIfExists(socket);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            main.startKnown();
            SupervisorLog.info("supervising on " + socket);
            main.serve(server);
        } finally {
            Files.deleteIfExists(socket);
        }
    }

    private void startKnown() throws IOException {
        if (Files.exists(specsFile)) {
            supervisor.start(SupervisorJson.specs(Files.readString(specsFile)));
        }
    }

    private void serve(ServerSocketChannel server) throws IOException {
        while (server.isOpen()) {
            SocketChannel client;
            try {
                client = server.accept();
            } catch (ClosedChannelException e) {
                return;
            }
            Thread.ofPlatform().daemon().name("request").start(() -> answer(server, client));
        }
    }

    private void answer(ServerSocketChannel server, SocketChannel client) {
        try (client) {
            String line = new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8)).readLine();
            SupervisorRequest request =
                    SupervisorJson.request(Optional.ofNullable(line).orElse("{}"));
            switch (request.operation()) {
                case "status" -> {}
                case "start" -> supervisor.start(request.specs());
                case "stop" -> supervisor.stop(request.name());
                case "shutdown" -> supervisor.stopAll();
                default -> SupervisorLog.warn("refused the operation " + request.operation());
            }
            byte[] answer = (SupervisorJson.states(supervisor.states()) + "\n").getBytes(StandardCharsets.UTF_8);
            Channels.newOutputStream(client).write(answer);
            if (request.operation().equals("shutdown")) {
                server.close();
            }
        } catch (IOException | JacksonException e) {
            SupervisorLog.warn("a request failed: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
