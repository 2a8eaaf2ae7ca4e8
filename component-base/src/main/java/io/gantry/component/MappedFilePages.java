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
///
/// The kernel brings what surrounds a page with it (64 KB, or whatever the page cache holds in one piece), and what a
/// process at rest needs is scattered: an eighth of the pages brought nearly all of them back. It does not go beyond a
/// mapping, so large mappings are divided into many small ones, which differ in whether a core dump has them.
final class MappedFilePages {
    private static final Path MAPPINGS = Path.of("/proc/self/smaps");
    private static final Pattern MAPPING = Pattern.compile("^([0-9a-f]+)-([0-9a-f]+) (\\S{4}) \\S+ \\S+ \\d+ *(.*)$");
    private static final Pattern COPIED = Pattern.compile("^Anonymous: +(\\d+) kB$");

    /// Of `madvise(2)`: `MADV_NOHUGEPAGE`, so that a byte needed again does not map two megabytes, and `MADV_DONTNEED`.
    private static final int[] ADVICE = {15, 4};
    /// `MADV_DONTDUMP`
    private static final int NOT_DUMPED = 16;

    /// Of this size are the parts of a divided mapping. A process may have 65,530 mappings.
    static final long PART_BYTES = 16 * 1024;
    /// Smaller mappings are not worth it.
    private static final long DIVIDED_FROM_BYTES = 1L << 20;
    /// Larger ones would be too many.
    private static final long DIVIDED_TO_BYTES = 64L << 20;

    /// A part of the address space.
    record Range(long start, long length) {
        /// Every second part, so that no two neighbours are alike; none of a mapping that stays whole.
        List<Range> parts() {
            List<Range> parts = new ArrayList<>();
            if (length >= DIVIDED_FROM_BYTES && length <= DIVIDED_TO_BYTES) {
                for (long at = 0; at < length; at += 2 * PART_BYTES) {
                    parts.add(new Range(start + at, Math.min(PART_BYTES, length - at)));
                }
            }
            return parts;
        }
    }

    /// What a Java process maps for good: its archives and the virtual machine. Anything else may be unmapped one day,
    /// and its addresses be somebody's memory.
    private static final Pattern LASTING = Pattern.compile(".*(\\.aot|\\.jsa|/libjvm\\.so|/lib/modules)$");

    private final List<Range> ranges;
    private final MethodHandle madvise;

    private MappedFilePages(List<Range> ranges) {
        this.ranges = ranges;
        Linker linker = Linker.nativeLinker();
        this.madvise = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("madvise"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
    }

    /// Looks what is mapped now, once: such mappings stay as long as the process. Divides them.
    ///
    /// @throws IOException when the kernel does not tell what is mapped
    static MappedFilePages find() throws IOException {
        MappedFilePages found = new MappedFilePages(releasable(Files.readAllLines(MAPPINGS)));
        for (Range range : found.ranges) {
            range.parts().forEach(part -> found.advise(part, NOT_DUMPED));
        }
        return found;
    }

    /// Gives back what can be.
    void release() {
        for (Range range : ranges) {
            for (int advice : ADVICE) {
                advise(range, advice);
            }
        }
    }

    /// The lasting mappings that hold nothing but what the file holds: not writable, and no page was
    /// ever copied (the kernel counts copied pages as anonymous). Relocated parts of libraries are
    /// read-only too, and must stay.
    static List<Range> releasable(List<String> smaps) {
        List<Range> ranges = new ArrayList<>();
        Optional<Range> candidate = Optional.empty();
        for (String line : smaps) {
            Matcher mapping = MAPPING.matcher(line);
            Matcher copied = COPIED.matcher(line);
            if (mapping.matches()) {
                boolean file = LASTING.matcher(mapping.group(4)).matches();
                boolean writable = mapping.group(3).contains("w");
                candidate = file && !writable ? Optional.of(range(mapping)) : Optional.empty();
            } else if (copied.matches() && copied.group(1).equals("0")) {
                candidate.ifPresent(ranges::add);
            }
        }
        return ranges;
    }

    private void advise(Range range, int advice) {
        try {
            // An answer other than 0 means that the pages stay: nothing is lost.
            int ignored = (int) madvise.invokeExact(range.start(), range.length(), advice);
        } catch (Throwable e) {
            throw new IllegalStateException("madvise", e);
        }
    }

    private static Range range(Matcher mapping) {
        long start = Long.parseUnsignedLong(mapping.group(1), 16);
        return new Range(start, Long.parseUnsignedLong(mapping.group(2), 16) - start);
    }
}
