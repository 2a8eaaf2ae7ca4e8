package io.gantry.apiserver.stores;

import io.gantry.store.Store;
import io.gantry.store.embedded.EmbeddedStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedSemanticsTest extends ApiSemantics {
    @TempDir
    private Path directory;

    @Override
    protected Store open() {
        return reopen();
    }

    @Override
    protected Store reopen() {
        return EmbeddedStore.open(directory.resolve("store"), failure -> {
            throw new AssertionError(failure);
        });
    }
}
