/// Encryption at rest: values that the store holds for a client who may not read them on the disk (upstream
/// `k8s.io/apiserver/pkg/storage/value/encrypt`). The bytes are upstream's, so that a store can be taken over.
package io.gantry.apiserver.encryption;
