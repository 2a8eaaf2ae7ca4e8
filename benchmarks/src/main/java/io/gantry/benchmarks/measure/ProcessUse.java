package io.gantry.benchmarks.measure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Processor time and memory of a process, from the kernel's files.
///
/// @param pid empty when the server's process is not known: then there is nothing to tell
public record ProcessUse(OptionalLong pid) {
    private static final double TICKS_A_SECOND = 100;

    public static ProcessUse of(long pid) {
        return new ProcessUse(OptionalLong.of(pid));
    }

    public static ProcessUse unknown() {
        return new ProcessUse(OptionalLong.empty());
    }

    public static ProcessUse self() {
        return of(ProcessHandle.current().pid());
    }

    /// Seconds of processor time so far.
    public OptionalDouble cpuSeconds() {
        Optional<String> stat = read("stat");
        if (stat.isEmpty()) {
            return OptionalDouble.empty();
        }
        String[] fields = stat.get().substring(stat.get().lastIndexOf(')') + 2).split(" ");
        return OptionalDouble.of((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND);
    }

    /// Memory in megabytes now.
    public OptionalDouble rssMegabytes() {
        return status("VmRSS:");
    }

    /// The largest memory in megabytes since the start or the last [#resetPeak].
    public OptionalDouble peakMegabytes() {
        return status("VmHWM:");
    }

    /// Starts the peak anew, where the kernel lets us.
    public void resetPeak() {
        if (pid.isPresent()) {
            try {
                Files.write(Path.of("/proc/" + pid.getAsLong() + "/clear_refs"), "5".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                System.err.println("the peak of memory counts from the start: " + e.getMessage());
            }
        }
    }

    private OptionalDouble status(String field) {
        return read("status").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(field))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst();
    }

    private Optional<String> read(String file) {
        if (pid.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(Path.of("/proc/" + pid.getAsLong() + "/" + file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
