/// The functions of CEL as Kubernetes has it: declarations for the checker, and what they do.
package io.gantry.cel.library;
