package io.gantry.controllermanager.ingressactivation;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file for whose existence the supervisor runs the ingress process.
///
/// @param path in a folder that exists
record ActivationFile(Path path) {
    void set(boolean wanted) throws IOException {
        if (!wanted) {
            Files.deleteIfExists(path);
        } else if (!Files.exists(path)) {
            try {
                Files.createFile(path);
            } catch (FileAlreadyExistsException e) {
                return; // as it shall be
            }
        }
    }
}
