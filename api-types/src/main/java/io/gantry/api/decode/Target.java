package io.gantry.api.decode;

import java.util.Optional;

/// What a JSON value is decoded into upstream, as far as strict decoding looks (`sigs.k8s.io/json`): a Go struct knows
/// its fields, a map takes any, and a type that reads itself is not looked into.
public interface Target {
    /// What Go keeps as it is: maps, lists and scalars, in which a field may still come twice.
    Target FREE = new Target() {
        @Override
        public Optional<Target> member(String name) {
            return Optional.of(this);
        }

        @Override
        public Target element() {
            return this;
        }
    };

    /// What reads itself.
    Target OPAQUE = new Target() {
        @Override
        public boolean opaque() {
            return true;
        }

        @Override
        public Optional<Target> member(String name) {
            return Optional.empty();
        }

        @Override
        public Target element() {
            return this;
        }
    };

    /// What a member of an object is decoded into; empty when there is no such field.
    Optional<Target> member(String name);

    /// What the elements of a list are decoded into.
    Target element();

    /// Whether strict decoding does not look into an object here.
    default boolean opaque() {
        return false;
    }
}
