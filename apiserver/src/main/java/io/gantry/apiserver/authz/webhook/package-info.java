/// Authorization by servers elsewhere: `AuthorizationConfiguration` and `--authorization-mode=Webhook` (upstream
/// `plugin/pkg/authorizer/webhook`, `pkg/kubeapiserver/authorizer`).
@org.jspecify.annotations.NullMarked
package io.gantry.apiserver.authz.webhook;
