package io.gantry.component;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappedFilePagesTest {
    private static List<String> mapping(String header, int copied) {
        return List.of(
                header, "Rss:                  12 kB", "Anonymous:            %5d kB".formatted(copied), "VmFlags: rd");
    }

    @Test
    void onlyWhatHoldsNothingButTheFileIsGivenBack() {
        List<MappedFilePages.Range> all = List.of(
                        mapping("1000-3000 r-xp 00003000 fe:00 247741                     /usr/lib/libjvm.so", 0),
                        mapping("3000-4000 r--p 00003000 fe:00 247741                     /usr/lib/libjvm.so", 4),
                        mapping("5000-6000 rw-p 00003000 fe:00 247741                     /x/archive.aot", 0),
                        mapping("6000-8000 r--p 00003000 fe:00 247741                     /x/an archive.aot", 0),
                        mapping("8000-9000 r--p 00000000 00:00 0 ", 0),
                        mapping("b000-c000 r--p 00000000 fe:00 1                          /x/closed-one-day", 0),
                        mapping("9000-a000 r-xp 00000000 00:00 0                          [vdso]", 0))
                .stream()
                .flatMap(m -> MappedFilePages.releasable(m).stream())
                .toList();
        assertEquals(
                List.of(new MappedFilePages.Range(0x1000, 0x2000), new MappedFilePages.Range(0x6000, 0x2000)), all);
    }

    @Test
    void aMappedFileIsTheSameAfterwards(@TempDir Path folder) throws Exception {
        byte[] content = new byte[1 << 20];
        java.util.Arrays.fill(content, (byte) 7);
        Path file = Files.write(folder.resolve("mapped.aot"), content);
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, content.length);
            assertEquals(ByteBuffer.wrap(content), mapped);
            assertTrue(residentKilobytes(file) > 512);
            MappedFilePages files = MappedFilePages.find();
            files.release();
            files.release();
            assertEquals(0, residentKilobytes(file));
            assertEquals(ByteBuffer.wrap(content), mapped);
        }
    }

    private static long residentKilobytes(Path file) throws Exception {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith(file.toString())) {
                while (!lines.get(i).startsWith("Rss:")) {
                    i++;
                }
                return Long.parseLong(lines.get(i).replaceAll("[^0-9]", ""));
            }
        }
        throw new AssertionError(file + " is not mapped");
    }

    @Test
    void dividesLargeMappingsIntoPartsThatDifferFromTheirNeighbours() {
        long part = MappedFilePages.PART_BYTES;
        assertEquals(List.of(), new MappedFilePages.Range(0, part * 10).parts());
        List<MappedFilePages.Range> parts = new MappedFilePages.Range(0x10000, (1L << 20) + part + 4096).parts();
        assertEquals(33, parts.size());
        assertEquals(new MappedFilePages.Range(0x10000, part), parts.getFirst());
        assertEquals(new MappedFilePages.Range(0x10000 + 2 * part, part), parts.get(1));
        assertEquals(new MappedFilePages.Range(0x10000 + (1L << 20), part), parts.getLast());
        assertEquals(List.of(), new MappedFilePages.Range(0, 1L << 30).parts());
    }
}
