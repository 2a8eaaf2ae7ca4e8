/// The embedded store.
package io.gantry.store.embedded;
