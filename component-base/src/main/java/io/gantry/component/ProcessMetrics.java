package io.gantry.component;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/// What every program that Prometheus scrapes tells of itself (`process_…`), from the kernel's files. Where there are
/// none, nothing is told.
final class ProcessMetrics {
    private static final Path SELF = Path.of("/proc/self");
    private static final double TICKS_A_SECOND = 100;

    /// Fields of `stat` after the program's name.
    private static final int USER_TICKS = 11;

    private static final int KERNEL_TICKS = 12;
    private static final int VIRTUAL_BYTES = 20;

    private ProcessMetrics() {}

    static String scrape() {
        try {
            String stat = Files.readString(SELF.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[KERNEL_TICKS]);
            double started = ProcessHandle.current()
                            .info()
                            .startInstant()
                            .map(Instant::toEpochMilli)
                            .orElse(0L)
                    / 1000.0;
            return line("process_cpu_seconds_total", "counter", ticks / TICKS_A_SECOND)
                    + line("process_resident_memory_bytes", "gauge", residentBytes())
                    + line("process_virtual_memory_bytes", "gauge", Long.parseLong(fields[VIRTUAL_BYTES]))
                    + line("process_start_time_seconds", "gauge", started)
                    + line("process_open_fds", "gauge", openFiles());
        } catch (IOException noKernelFiles) {
            return "";
        }
    }

    private static long residentBytes() throws IOException {
        try (Stream<String> lines = Files.lines(SELF.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
                    .findFirst()
                    .orElse(0);
        }
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(SELF.resolve("fd"))) {
            return files.count();
        }
    }

    private static String line(String name, String type, double value) {
        return "# TYPE " + name + " " + type + "\n" + name + " " + value + "\n";
    }
}
