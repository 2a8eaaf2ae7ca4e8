/// What rules for Services and for policies both ask of pods.
@org.jspecify.annotations.NullMarked
package io.gantry.kubeproxy.pod;
