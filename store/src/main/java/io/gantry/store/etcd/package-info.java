/// The store on an etcd cluster, for several API servers. Keys and layout are upstream's.
package io.gantry.store.etcd;
