/// Webhooks: the client that calls them, and admission by them (upstream
/// `k8s.io/apiserver/pkg/admission/plugin/webhook`).
package io.gantry.apiserver.webhook;
