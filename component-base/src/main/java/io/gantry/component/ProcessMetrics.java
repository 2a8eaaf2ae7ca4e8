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

    /// Upstream's level, with our version behind it.
    private static final String BUILD = """
            # TYPE kubernetes_build_info gauge
            kubernetes_build_info{build_date="%s",compiler="%s",git_commit="%s",git_tree_state="%s",\
            git_version="%s",go_version="%s",major="%s",minor="%s",platform="%s"} 1
            """.formatted(
                    BuildVersion.date(),
                    BuildVersion.COMPILER,
                    BuildVersion.commit(),
                    BuildVersion.treeState(),
                    BuildVersion.GIT,
                    BuildVersion.runtime(),
                    BuildVersion.MAJOR,
                    BuildVersion.MINOR,
                    BuildVersion.platform());

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
                    + line("process_open_fds", "gauge", openFiles())
                    + limit("process_max_fds", "Max open files")
                    + limit("process_virtual_memory_max_bytes", "Max address space")
                    + BUILD;
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

    /// A limit that the kernel sets; -1 where it sets none, as upstream.
    private static String limit(String metric, String name) throws IOException {
        try (Stream<String> lines = Files.lines(SELF.resolve("limits"))) {
            return lines.filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip().split("\\s+")[0])
                    .map(soft -> line(metric, "gauge", soft.equals("unlimited") ? -1 : Long.parseLong(soft)))
                    .findFirst()
                    .orElse("");
        }
    }

    private static String line(String name, String type, double value) {
        return "# TYPE " + name + " " + type + "\n" + name + " " + value + "\n";
    }
}
