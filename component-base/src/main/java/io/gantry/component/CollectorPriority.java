package io.gantry.component;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets the threads that collect while the whole process stands still come before others on a busy machine: everybody
/// who waits for this process waits for them, and they need no more of the processor than otherwise. What may not be
/// changed (a process that is not root) stays as it is. Linux.
public final class CollectorPriority {
    private static final Logger LOG = LoggerFactory.getLogger(CollectorPriority.class);
    private static final Path THREADS = Path.of("/proc/self/task");
    /// Not needed while a process starts, when each thing more costs time.
    private static final Duration AFTER_START = Duration.ofSeconds(15);
    /// Of `setpriority(2)`: one thread.
    private static final int PRIO_PROCESS = 0;

    private static final int NICE = -10;

    private CollectorPriority() {}

    /// To be called once by a `…Main`; returns at once.
    public static void raiseLater() {
        Thread.ofVirtual().name("collector-priority").start(() -> {
            try {
                Thread.sleep(AFTER_START);
                raise();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOG.info("the collector's threads keep their priority: {}", e.getMessage());
            }
        });
    }

    /// Threads that are made later inherit it from those that make them.
    static void raise() throws IOException {
        Linker linker = Linker.nativeLinker();
        MethodHandle setPriority = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setpriority"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        for (int thread : collecting(THREADS)) {
            try {
                // An answer other than 0 means that it may not be changed.
                int ignored = (int) setPriority.invokeExact(PRIO_PROCESS, thread, NICE);
            } catch (Throwable e) {
                throw new IllegalStateException("setpriority", e);
            }
        }
    }

    /// The threads that work while all others stand still.
    ///
    /// @param threads a directory with one for each thread
    static List<Integer> collecting(Path threads) throws IOException {
        try (Stream<Path> all = Files.list(threads)) {
            return all.filter(thread -> collects(name(thread)))
                    .map(thread -> Integer.parseInt(thread.getFileName().toString()))
                    .sorted()
                    .toList();
        }
    }

    private static boolean collects(String name) {
        return name.equals("VM Thread") || name.startsWith("GC Thread");
    }

    /// Empty for a thread that has ended.
    private static String name(Path thread) {
        try {
            return Files.readString(thread.resolve("comm")).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
