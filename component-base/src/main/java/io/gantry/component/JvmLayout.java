package io.gantry.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// How the virtual machine of a process is laid out: its compilers, its collector, and how its heap grows. The same for
/// processes that measurements start as for those of a cluster.
public enum JvmLayout {
    /// Of a process that has little to do: the first compiler alone.
    SMALL(10, 32, List.of(JvmLayout.FIRST_COMPILER_ALONE), serial(2)),

    /// Of a process that others wait for: both compilers.
    SERVER(20, 64, lessInlining(), serial(8)),

    /// Of a process whose caches hold thousands of nodes and their pods. Beside faster code the second
    /// compiler brings the processor's own AES. Most of the heap is for what stays: left to itself the
    /// collector keeps a third of it for what is new, and looks at all objects again and again, half a
    /// second each time, once the caches need the rest.
    LARGE(20, 64, lessInlining(), serialMostlyOld(8, 48)),

    /// Of an API server of thousands of nodes, for which nobody may wait: the serial collector stops it for a second in
    /// a heap of a gigabyte, and collects old objects only when the largest heap is full.
    SHORT_PAUSES(256, 64, lessInlining(), concurrent());

    public static final String FIRST_COMPILER_ALONE = "-XX:TieredStopAtLevel=1";

    /// glibc keeps an arena a thread otherwise, which costs tens of megabytes.
    public static final Map<String, String> ENVIRONMENT = Map.of("MALLOC_ARENA_MAX", "2");

    /// Event loops carry virtual threads ([VirtualThreads]): an option of the API server.
    public static final String CARRIERS_OF_OUR_OWN = "--add-opens=java.base/java.lang=ALL-UNNAMED";

    /// How often glibc gives back what the compilers and the start left behind, milliseconds.
    private static final int TRIM_NATIVE_HEAP_MILLIS = 30_000;

    /// New objects between two collections, where collections shall be short: each has a cost of its own, and what a
    /// request needs has gone by the next one. Left to itself the collector takes a twentieth of the heap, which is
    /// five collections a second under load. The heap begins with room for them and for what is left of them: one
    /// that begins small has old objects looked through again and again while it grows.
    private static final int YOUNG_MEGABYTES = 96;

    private static final int LARGEST_YOUNG_MEGABYTES = 256;

    private final int initialMegabytes;
    private final int codeMegabytes;
    private final List<String> compiler;
    private final List<String> collector;

    JvmLayout(int initialMegabytes, int codeMegabytes, List<String> compiler, List<String> collector) {
        this.initialMegabytes = initialMegabytes;
        this.codeMegabytes = codeMegabytes;
        this.compiler = compiler;
        this.collector = collector;
    }

    /// The options of the virtual machine.
    ///
    /// @param heapMegabytes the largest heap
    public List<String> options(int heapMegabytes) {
        List<String> options = new ArrayList<>(List.of(
                "-Xms" + initialMegabytes + "m",
                "-Xmx" + heapMegabytes + "m",
                "-XX:+UseCompactObjectHeaders",
                "-Xss512k",
                "-XX:ReservedCodeCacheSize=" + codeMegabytes + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-XX:TrimNativeHeapInterval=" + TRIM_NATIVE_HEAP_MILLIS,
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0",
                "-Dio.netty.jfr.enabled=false",
                "-Dslf4j.provider=io.gantry.component.LoggingProvider",
                "-Dslf4j.internal.verbosity=WARN",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        options.addAll(collector);
        options.addAll(compiler);
        return options;
    }

    /// The largest heap of an API server: a sixteenth of the machine's memory, 512 MB to 2 GB. The objects are in
    /// memory, and a small cluster takes none of it.
    public static int apiServerHeapMegabytes() {
        return Math.clamp(machineMegabytes() / 16, 512, 2048);
    }

    /// The memory of the machine.
    public static int machineMegabytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            long kilobytes = lines.filter(line -> line.startsWith("MemTotal:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
            return (int) (kilobytes >> 10);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read /proc/meminfo: " + e.getMessage(), e);
        }
    }

    /// The second compiler was a third of what a server costs in its first half minute, most of it for what it inlines.
    /// With less of that it takes half the time, and the code that it makes is as fast here (docs/performance.md).
    private static List<String> lessInlining() {
        return List.of("-XX:MaxInlineLevel=9", "-XX:InlineSmallCode=1000", "-XX:FreqInlineSize=120");
    }

    /// A heap that stays small.
    private static List<String> serial(int youngMegabytes) {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:NewSize=" + youngMegabytes + "m",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=30");
    }

    private static List<String> serialMostlyOld(int youngMegabytes, int largestYoungMegabytes) {
        List<String> options = new ArrayList<>(serial(youngMegabytes));
        options.add("-XX:MaxNewSize=" + largestYoungMegabytes + "m");
        return options;
    }

    /// Works beside the program, and grows the heap only when pauses would take more than a fifth of the time. A fifth
    /// to two fifths of it are free after each look at all objects, which begins when two thirds are old: with a
    /// narrower heap one follows the other without end.
    private static List<String> concurrent() {
        return List.of(
                "-XX:+UseG1GC",
                "-XX:NewSize=" + YOUNG_MEGABYTES + "m",
                "-XX:MaxNewSize=" + LARGEST_YOUNG_MEGABYTES + "m",
                "-XX:GCTimeRatio=4",
                "-XX:MinHeapFreeRatio=20",
                "-XX:MaxHeapFreeRatio=40",
                "-XX:-G1UseAdaptiveIHOP",
                "-XX:InitiatingHeapOccupancyPercent=65",
                "-XX:MaxGCPauseMillis=50",
                "-XX:+ExplicitGCInvokesConcurrent",
                "-Dgantry.returnHeap=true");
    }
}
