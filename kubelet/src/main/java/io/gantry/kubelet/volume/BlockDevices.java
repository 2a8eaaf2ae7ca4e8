package io.gantry.kubelet.volume;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Block devices of the host.
interface BlockDevices {
    /// A device to mount.
    ///
    /// @param fileSystem its type, for a device that has none yet
    record Mount(Path device, Path target, String fileSystem, List<String> options, boolean readOnly) {
        public Mount {
            options = List.copyOf(options);
        }
    }

    /// Whether the path is one, or leads to one.
    boolean isDevice(Path path) throws IOException;

    /// Mounts a device, unless that is done already; gives it a file system where it has none. Blocks.
    void mount(Mount mount) throws IOException;
}
