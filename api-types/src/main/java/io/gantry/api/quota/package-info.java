/// What ResourceQuotas count, as pure functions: for admission, which charges, and for the controller, which recounts
/// (upstream `pkg/quota/v1/evaluator/core`, `k8s.io/apiserver/pkg/quota/v1`).
package io.gantry.api.quota;
