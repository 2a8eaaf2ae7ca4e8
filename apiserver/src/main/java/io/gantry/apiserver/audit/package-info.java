/// The audit log: who did what, as a policy says, in upstream's events (`audit.k8s.io/v1`).
package io.gantry.apiserver.audit;
