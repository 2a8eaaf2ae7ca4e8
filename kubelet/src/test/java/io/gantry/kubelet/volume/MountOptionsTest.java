package io.gantry.kubelet.volume;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountOptionsTest {
    @Test
    void bitsAndTheFilesystemsOwn() throws IOException {
        assertEquals(
                new MountOptions(1, "index=off,lowerdir=/b:/a"),
                MountOptions.parse(List.of("ro", "index=off", "lowerdir=/b:/a")));
        assertEquals(new MountOptions(1 + 4096 + 16384, ""), MountOptions.parse(List.of("ro", "rbind")));
    }

    @Test
    void whatTheKernelWouldCutIsRefused() {
        String layers = String.join(":", Collections.nCopies(100, "/var/lib/layers/0123456789/0123456789/0123456789"));
        IOException refused = assertThrows(IOException.class, () -> MountOptions.parse(List.of("lowerdir=" + layers)));
        assertEquals(true, refused.getMessage().contains("too many layers"), refused.getMessage());
    }
}
