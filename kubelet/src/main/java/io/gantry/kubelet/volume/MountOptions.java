package io.gantry.kubelet.volume;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Options as mount(8) spells them, as mount(2) takes them.
///
/// @param flags the bits of the options that are bits
/// @param data the filesystem's own options, joined with commas
record MountOptions(long flags, String data) {
    private static final int READ_ONLY = 1;
    private static final int NO_SUID = 1 << 1;
    private static final int NO_DEVICES = 1 << 2;
    private static final int NO_EXECUTION = 1 << 3;
    private static final int REMOUNT = 1 << 5;
    static final int BIND = 1 << 12;
    static final int RECURSIVE = 1 << 14;
    static final int SHARED = 1 << 20;

    /// The kernel takes a page.
    private static final int MAX_DATA = 4095;

    /// @throws IOException when the kernel would cut them: an image of very many layers
    static MountOptions parse(List<String> options) throws IOException {
        long flags = 0;
        List<String> data = new ArrayList<>();
        for (String option : options) {
            long flag = flag(option);
            flags |= flag;
            if (flag == 0) {
                data.add(option);
            }
        }
        String joined = String.join(",", data);
        int length = joined.getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_DATA) {
            throw new IOException("mount options of " + length + " bytes are more than " + MAX_DATA
                    + ": the image has too many layers for a volume");
        }
        return new MountOptions(flags, joined);
    }

    /// A bind mount takes its other bits when it is mounted once more.
    boolean needsRemount() {
        return (flags & BIND) != 0 && flags != (flags & (BIND | RECURSIVE));
    }

    long remount() {
        return flags & ~RECURSIVE | REMOUNT;
    }

    private static long flag(String option) {
        return switch (option) {
            case "ro" -> READ_ONLY;
            case "nosuid" -> NO_SUID;
            case "nodev" -> NO_DEVICES;
            case "noexec" -> NO_EXECUTION;
            case "bind" -> BIND;
            case "rbind" -> BIND | RECURSIVE;
            default -> 0;
        };
    }
}
