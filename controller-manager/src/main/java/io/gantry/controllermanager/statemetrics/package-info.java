/// What the cluster's objects look like, as metrics: upstream's kube-state-metrics, from the caches that
/// the controllers have anyway.
package io.gantry.controllermanager.statemetrics;
