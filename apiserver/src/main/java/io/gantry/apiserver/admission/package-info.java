/// What is done to an object, or refused, between authorization and the store.
package io.gantry.apiserver.admission;
