package io.gantry.controllermanager.volume;

import io.gantry.client.ObjectKey;

/// What the binder's queue holds.
sealed interface BinderKey {
    record Claim(ObjectKey key) implements BinderKey {}

    record Volume(String name) implements BinderKey {}
}
