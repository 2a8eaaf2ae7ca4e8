package io.gantry.component;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Gives back the clean pages of mapped files: class archives and libraries of which a start touched much and a process
/// at rest needs little. What is needed again comes back from the page cache, without reading the disk. Linux.
final class MappedFilePages {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-([0-9a-f]+) (\\S{4}) \\S+ \\S+ \\d+ *(.*)$");
    private static final Pattern COPIED = Pattern.compile("^Anonymous: +(\\d+) kB$");

    /// Of `madvise(2)`: `MADV_NOHUGEPAGE`, so that a byte needed again does not map two megabytes, and `MADV_DONTNEED`.
    private static final int[] ADVICE = {15, 4};

    /// A part of the address space.
    record Range(long start, long length) {}

    private MappedFilePages() {}

    /// Gives back what can be.
    ///
    /// @throws IOException when the kernel does not tell what is mapped
    static void release() throws IOException {
        List<Range> ranges = releasable(Files.readAllLines(MAPPINGS));
        if (!ranges.isEmpty()) {
            advise(ranges);
        }
    }

    /// The mappings that hold nothing but what the file holds: not writable, and no page was ever copied (the kernel
    /// counts copied pages as anonymous). Relocated parts of libraries are read-only too, and must stay.
    static List<Range> releasable(List<String> smaps) {
        List<Range> ranges = new ArrayList<>();
        Optional<Range> candidate = Optional.empty();
        for (String line : smaps) {
            Matcher mapping = MAPPING.matcher(line);
            Matcher copied = COPIED.matcher(line);
            if (mapping.matches()) {
                boolean file = mapping.group(4).startsWith("/");
                boolean writable = mapping.group(3).contains("w");
                candidate = file && !writable ? Optional.of(range(mapping)) : Optional.empty();
            } else if (copied.matches() && copied.group(1).equals("0")) {
                candidate.ifPresent(ranges::add);
            }
        }
        return ranges;
    }

    private static Range range(Matcher mapping) {
        long start = Long.parseUnsignedLong(mapping.group(1), 16);
        return new Range(start, Long.parseUnsignedLong(mapping.group(2), 16) - start);
    }

    private static void advise(List<Range> ranges) {
        Linker linker = Linker.nativeLinker();
        MethodHandle madvise = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("madvise"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
        for (Range range : ranges) {
            for (int advice : ADVICE) {
                try {
                    // An answer other than 0 means that the pages stay: nothing is lost.
                    int ignored = (int) madvise.invokeExact(range.start(), range.length(), advice);
                } catch (Throwable e) {
                    throw new IllegalStateException("madvise", e);
                }
            }
        }
    }
}
