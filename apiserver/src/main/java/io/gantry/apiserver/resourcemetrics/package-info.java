/// The resource metrics API `metrics.k8s.io`: asked of the kubelets when somebody asks, as metrics-server
/// would. Nothing runs and nothing is held while nobody does.
@org.jspecify.annotations.NullMarked
package io.gantry.apiserver.resourcemetrics;
