/// The memory store.
package io.gantry.store.memory;
