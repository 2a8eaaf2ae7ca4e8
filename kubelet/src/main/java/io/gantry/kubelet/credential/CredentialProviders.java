package io.gantry.kubelet.credential;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The credential providers of a node.
///
/// @param binDir where their programs are; of no meaning without any
public record CredentialProviders(Path binDir, List<CredentialProvider> providers) {
    public static final CredentialProviders NONE = new CredentialProviders(Path.of("/"), List.of());

    public CredentialProviders {
        providers = List.copyOf(providers);
    }

    /// As the two flags of upstream's kubelet say, `--image-credential-provider-config` and
    /// `--image-credential-provider-bin-dir`.
    ///
    /// @throws IllegalArgumentException when one is missing, a file says something wrong or a program is not there
    public static CredentialProviders of(Optional<Path> config, Optional<Path> binDir) {
        if (config.isEmpty() && binDir.isEmpty()) {
            return NONE;
        }
        if (config.isEmpty() || binDir.isEmpty()) {
            throw new IllegalArgumentException("--image-credential-provider-config and"
                    + " --image-credential-provider-bin-dir must be given together");
        }
        if (!Files.isDirectory(binDir.get())) {
            throw new IllegalArgumentException(
                    "--image-credential-provider-bin-dir=" + binDir.get() + ": there is no such folder");
        }
        List<CredentialProvider> providers = read(config.get());
        for (CredentialProvider provider : providers) {
            Path program = binDir.get().resolve(provider.name());
            if (!Files.isRegularFile(program) || !Files.isExecutable(program)) {
                throw new IllegalArgumentException("--image-credential-provider-config=" + config.get() + ": " + program
                        + " is no program that can be executed");
            }
        }
        return new CredentialProviders(binDir.get().toAbsolutePath(), providers);
    }

    private static List<CredentialProvider> read(Path config) {
        try {
            return CredentialProviderConfig.read(config);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "--image-credential-provider-config=" + config + ": " + e.getMessage(), e);
        }
    }
}
