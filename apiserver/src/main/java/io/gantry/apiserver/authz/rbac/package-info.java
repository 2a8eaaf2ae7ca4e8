/// Role-based access control: roles and bindings indexed by subject, and the checks that nobody grants more than he
/// has.
package io.gantry.apiserver.authz.rbac;
