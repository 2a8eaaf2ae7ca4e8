package io.gantry.controllermanager.volume;

import io.gantry.client.ObjectKey;

/// What the local provisioner's queue holds.
sealed interface LocalKey {
    record Claim(ObjectKey key) implements LocalKey {}

    record Volume(String name) implements LocalKey {}

    /// The orders to one node's kubelet.
    record OnNode(String name) implements LocalKey {}

    /// The default class, made once if it is missing.
    record StandardClass() implements LocalKey {}
}
