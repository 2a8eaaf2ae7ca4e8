package io.gantry.apiserver;

import io.gantry.store.Store;
import io.gantry.store.etcd.EtcdOptions;
import io.gantry.store.etcd.EtcdStore;
import java.net.URI;

/// Opens the store on etcd; apart, so that a server with the embedded store loads nothing of it.
final class StoreOfEtcd {
    private StoreOfEtcd() {}

    static Store open(ServerFlags flags) {
        return EtcdStore.connect(options(flags));
    }

    private static EtcdOptions options(ServerFlags flags) {
        EtcdOptions options =
                EtcdOptions.of(flags.etcdServers().stream().map(URI::create).toList());
        return flags.etcdCa()
                .map(ca -> options.withTls(new EtcdOptions.Tls(ca, flags.etcdCertificate(), flags.etcdKey())))
                .orElse(options);
    }
}
