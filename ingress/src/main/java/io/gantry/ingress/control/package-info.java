/// What connects the cluster's objects with the data plane: informers, status, events.
package io.gantry.ingress.control;
