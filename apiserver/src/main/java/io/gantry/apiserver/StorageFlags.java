package io.gantry.apiserver;

import io.gantry.component.Flags;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where objects are kept.
///
/// @param dataDir where the embedded store lies; without it and without etcd everything is forgotten at the end
/// @param etcdServers their addresses; empty for none
/// @param encryption an `EncryptionConfiguration`
/// @param encryptionFollowed whether it is read again when it changes
record StorageFlags(
        Optional<Path> dataDir,
        List<URI> etcdServers,
        Optional<Path> etcdCa,
        Optional<Path> etcdCertificate,
        Optional<Path> etcdKey,
        Optional<Path> encryption,
        boolean encryptionFollowed) {
    StorageFlags {
        etcdServers = List.copyOf(etcdServers);
    }

    /// @throws IllegalArgumentException for an address that is none, and for what does not fit together
    static StorageFlags parse(Flags flags) {
        Optional<Path> encryption = flags.optionalPath("encryption-provider-config");
        boolean followed = flags.bool("encryption-provider-config-automatic-reload", false);
        if (followed && encryption.isEmpty()) {
            throw new IllegalArgumentException(
                    "--encryption-provider-config-automatic-reload must be set with" + " --encryption-provider-config");
        }
        return new StorageFlags(
                flags.optionalPath("data-dir"),
                flags.items("etcd-servers").stream().map(URI::create).toList(),
                flags.optionalPath("etcd-cafile"),
                flags.optionalPath("etcd-certfile"),
                flags.optionalPath("etcd-keyfile"),
                encryption,
                followed);
    }
}
