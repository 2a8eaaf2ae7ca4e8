/// API aggregation: group versions that other servers serve, behind this one (upstream `k8s.io/kube-aggregator`).
package io.gantry.apiserver.aggregation;
