/// What a kubelet may do: its own node, its own pods, and what these refer to (upstream
/// `plugin/pkg/auth/authorizer/node`).
package io.gantry.apiserver.authz.node;
