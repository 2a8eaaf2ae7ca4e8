package io.gantry.kubelet.volume;

import java.util.Arrays;

/// One file of a volume that is made from API objects.
///
/// @param mode permission bits
/// @param owner the user that is to own it; -1 leaves it to root
public record VolumeFile(byte[] content, int mode, long owner) {
    public VolumeFile(byte[] content, int mode) {
        this(content, mode, -1);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VolumeFile file
                && mode == file.mode
                && owner == file.owner
                && Arrays.equals(content, file.content);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(content) + mode;
    }
}
