package io.gantry.apiserver.registry;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Between the served and the stored version of a resource. Both directions keep what the other version cannot say.
public interface Conversion {
    /// Changes a tree of the served version into one of the stored version.
    ObjectNode toStored(ObjectNode served);

    /// Changes a tree of the stored version into one of the served version.
    ObjectNode toServed(ObjectNode stored);

    /// True when nothing needs to be done: stored bytes are served bytes.
    default boolean identity() {
        return false;
    }

    /// Whether these stored bytes are served as they are.
    default boolean serves(byte[] stored) {
        return identity();
    }

    /// Whether another server is asked, so that it may take long: never on an event loop.
    default boolean remote() {
        return false;
    }

    /// The stored version's name of a field that can be selected by in the served version.
    default String storedField(String served) {
        return served;
    }

    /// Many trees of the stored version at once.
    default List<ObjectNode> allToServed(List<ObjectNode> stored) {
        return stored.stream().map(this::toServed).toList();
    }

    Conversion IDENTITY = new Conversion() {
        @Override
        public ObjectNode toStored(ObjectNode served) {
            return served;
        }

        @Override
        public ObjectNode toServed(ObjectNode stored) {
            return stored;
        }

        @Override
        public boolean identity() {
            return true;
        }
    };
}
