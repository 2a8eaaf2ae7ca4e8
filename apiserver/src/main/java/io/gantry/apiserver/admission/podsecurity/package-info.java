/// The Pod Security Standards: levels `privileged`, `baseline` and `restricted`, chosen by labels of the namespace
/// (upstream `k8s.io/pod-security-admission`).
package io.gantry.apiserver.admission.podsecurity;
