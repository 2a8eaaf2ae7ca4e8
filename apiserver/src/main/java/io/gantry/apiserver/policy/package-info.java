/// Admission policies in CEL: `ValidatingAdmissionPolicy` and `MutatingAdmissionPolicy` with their bindings, and the
/// conditions of webhooks. CEL's classes are loaded with the first policy or condition.
package io.gantry.apiserver.policy;
