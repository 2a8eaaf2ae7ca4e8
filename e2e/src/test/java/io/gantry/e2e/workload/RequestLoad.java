package io.gantry.e2e.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gantry.e2e.machine.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A client on a machine that asks an address all the time, one request after the other, until it is closed.
final class RequestLoad implements AutoCloseable {
    /// That somebody asked all the while: each request starts a process, of which a busy machine makes few.
    private static final int ENOUGH_REQUESTS = 30;

    private final Path stop;
    private final Path log;
    private final Process client;

    private RequestLoad(Path stop, Path log, Process client) {
        this.stop = stop;
        this.log = log;
        this.client = client;
    }

    /// @param folder for its files
    static RequestLoad start(Machine machine, String address, Path folder) throws IOException {
        Path stop = folder.resolve("stop");
        Path log = folder.resolve("requests");
        String loop = "while [ ! -e " + stop + " ]; do curl -s -m 10 -o /dev/null -w '%{http_code}\\n' http://"
                + address + "/ || echo failed; done";
        Process client = new ProcessBuilder(machine.words("bash", "-c", loop))
                .redirectOutput(log.toFile())
                .redirectErrorStream(true)
                .start();
        return new RequestLoad(stop, log, client);
    }

    /// After it was closed: many were asked, and all answered.
    void assertNoneWasLost() throws IOException {
        List<String> answers = Files.readAllLines(log);
        assertTrue(answers.size() > ENOUGH_REQUESTS, "only " + answers.size() + " requests");
        assertEquals(
                List.of(),
                answers.stream().filter(answer -> !answer.equals("200")).toList());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        Files.createFile(stop);
        client.waitFor();
    }
}
