/// Users of other issuers: OpenID Connect tokens, by flags or by an `AuthenticationConfiguration`.
@org.jspecify.annotations.NullMarked
package io.gantry.apiserver.oidc;
