/// A whole cluster inside a test's JVM; see `docs/testing.md`.
@org.jspecify.annotations.NullMarked
package io.gantry.testing;
