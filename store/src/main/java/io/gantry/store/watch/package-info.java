/// Watches of all stores: one ring of recent events, one virtual thread a watch that pulls from it at its own pace.
package io.gantry.store.watch;
