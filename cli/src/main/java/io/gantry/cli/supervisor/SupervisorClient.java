package io.gantry.cli.supervisor;

import io.gantry.cli.CliException;
import io.gantry.cli.host.ProcessHold;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Speaks to a running supervisor.
public final class SupervisorClient {
    private static final long STEP_MILLIS = 1_000;

    private final Path socket;

    public SupervisorClient(Path socket) {
        this.socket = socket;
    }

    /// The processes; empty when no supervisor answers, as one that a signal holds does not.
    public Optional<List<ProcessState>> status() {
        return ask(SupervisorRequest.status());
    }

    /// Asks and waits for the answer, which may take as long as processes take to end; empty when no supervisor
    /// answers, as one that a signal holds does not.
    public Optional<List<ProcessState>> ask(SupervisorRequest request) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            byte[] line = (SupervisorJson.request(request) + "\n").getBytes(StandardCharsets.UTF_8);
            Channels.newOutputStream(channel).write(line);
            return answered(channel) ? Optional.of(SupervisorJson.states(readLine(channel))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Waits for the answer's beginning; false when whoever should answer is held.
    private boolean answered(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            while (selector.select(STEP_MILLIS) == 0) {
                if (pid().filter(ProcessHold::isHeld).isPresent()) {
                    return false;
                }
            }
        }
        channel.configureBlocking(true);
        return true;
    }

    private static String readLine(SocketChannel channel) throws IOException {
        String answer = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)).readLine();
        if (answer == null) {
            throw new IOException("the supervisor ended");
        }
        return answer;
    }

    /// The process that holds the socket, from its command line.
    public Optional<Long> pid() {
        String flag = "--socket=" + socket;
        long own = ProcessHandle.current().pid();
        try (var folders = Files.list(Path.of("/proc"))) {
            return folders.filter(folder -> folder.getFileName().toString().matches("\\d+"))
                    .filter(folder -> commandLine(folder).contains(flag))
                    .map(folder -> Long.parseLong(folder.getFileName().toString()))
                    .filter(pid -> pid != own)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static List<String> commandLine(Path folder) {
        try {
            return List.of(Files.readString(folder.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0"));
        } catch (IOException e) {
            return List.of();
        }
    }

    /// The same where a supervisor must be there.
    public List<ProcessState> must(SupervisorRequest request) {
        return ask(request)
                .orElseThrow(() -> new CliException("the supervisor does not answer on " + socket
                        + ": see logs/supervisor.log in the data directory"));
    }
}
