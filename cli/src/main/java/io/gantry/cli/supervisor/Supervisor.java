package io.gantry.cli.supervisor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Keeps the processes of a node running. Adopts processes that a killed supervisor left. Thread-safe.
public final class Supervisor {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Path stateFile;
    private final Object lock = new Object();
    private final Map<String, SupervisedProcess> processes = new LinkedHashMap<>();
    private final Map<String, FileWatch> watches = new HashMap<>();
    private final Map<String, ProcessState> before;

    public Supervisor(Path stateFile) throws IOException {
        this.stateFile = stateFile;
        this.before = load(stateFile);
    }

    /// Starts what is not there yet, in order; what is there already stays as it is.
    public void start(List<ProcessSpec> specs) {
        synchronized (lock) {
            for (ProcessSpec spec : specs) {
                if (!processes.containsKey(spec.name())) {
                    SupervisedProcess process =
                            new SupervisedProcess(spec, Optional.ofNullable(before.get(spec.name())), this::save);
                    processes.put(spec.name(), process);
                    process.start();
                    watch(spec, process);
                }
            }
        }
    }

    /// A process on demand runs while its file exists.
    private void watch(ProcessSpec spec, SupervisedProcess process) {
        if (!spec.onDemand()) {
            return;
        }
        try {
            watches.put(spec.name(), new FileWatch(Path.of(spec.whileExists()), exists -> {
                process.want(exists, GRACE);
                save();
            }));
        } catch (IOException e) {
            SupervisorLog.error(spec.name() + " is never started: cannot watch " + spec.whileExists() + ": " + e);
        }
    }

    private void unwatch(String name) {
        FileWatch watch = watches.remove(name);
        if (watch != null) {
            watch.close();
        }
    }

    public List<ProcessState> states() {
        synchronized (lock) {
            return processes.values().stream().map(SupervisedProcess::state).toList();
        }
    }

    /// Ends one process and does not start it again. Nothing happens when there is none of that name.
    public void stop(String name) throws InterruptedException {
        SupervisedProcess process;
        synchronized (lock) {
            process = processes.remove(name);
            unwatch(name);
        }
        if (process != null) {
            process.stop(GRACE);
            save();
        }
    }

    /// Ends all, the last started first.
    public void stopAll() throws InterruptedException {
        List<SupervisedProcess> all;
        synchronized (lock) {
            all = new ArrayList<>(processes.values()).reversed();
            processes.clear();
            List.copyOf(watches.keySet()).forEach(this::unwatch);
        }
        for (SupervisedProcess process : all) {
            process.stop(GRACE);
        }
        save();
    }

    private void save() {
        synchronized (lock) {
            try {
                Path fresh = stateFile.resolveSibling(stateFile.getFileName() + ".new");
                Files.writeString(fresh, SupervisorJson.states(states()));
                Files.move(fresh, stateFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                SupervisorLog.error(
                        "cannot write " + stateFile + ": a new supervisor will not know these processes: " + e);
            }
        }
    }

    /// Pids of the processes of a state file that still run: a supervisor that is started with it goes on with them.
    public static Set<Long> survivors(Path file) throws IOException {
        return alive(file).stream().map(ProcessState::pid).collect(Collectors.toSet());
    }

    /// What a state file says of the processes that still run.
    public static List<ProcessState> alive(Path file) throws IOException {
        return load(file).values().stream()
                .filter(state -> SupervisedProcess.alive(state).isPresent())
                .toList();
    }

    /// What a state file says; empty when there is none.
    public static Map<String, ProcessState> load(Path file) throws IOException {
        Map<String, ProcessState> states = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (ProcessState state : SupervisorJson.states(Files.readString(file))) {
                states.put(state.name(), state);
            }
        }
        return states;
    }
}
