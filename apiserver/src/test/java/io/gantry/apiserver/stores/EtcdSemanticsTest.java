package io.gantry.apiserver.stores;

import io.gantry.store.Store;
import io.gantry.store.etcd.EtcdCluster;
import io.gantry.store.etcd.EtcdStore;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class EtcdSemanticsTest extends ApiSemantics {
    @TempDir
    private Path directory;

    private EtcdCluster etcd;

    @Override
    protected Store open() throws Exception {
        etcd = EtcdCluster.start(directory, 1);
        return reopen();
    }

    @Override
    protected Store reopen() {
        return EtcdStore.connect(etcd.options());
    }

    /// After the API server, which says goodbye in the store: without one it waits ten seconds, as upstream's does.
    @Override
    protected void release() {
        etcd.close();
    }
}
