/// Who owns which fields: managed fields of creates, updates and patches ([ManagedFields]), and server-side apply
/// ([ServerSideApply]). Pure; behaviour is that of `sigs.k8s.io/structured-merge-diff` and KEP-555. Owners at other
/// versions of a kind are taken as owners of the same paths.
package io.gantry.api.managedfields;
