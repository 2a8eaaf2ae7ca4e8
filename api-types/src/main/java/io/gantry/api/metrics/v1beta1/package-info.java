/// `metrics.k8s.io/v1beta1`: the resource metrics API (upstream `k8s.io/metrics`).
@org.jspecify.annotations.NullMarked
package io.gantry.api.metrics.v1beta1;
