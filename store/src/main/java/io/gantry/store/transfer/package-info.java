/// Takes the state of a cluster out of one store and into another.
package io.gantry.store.transfer;
