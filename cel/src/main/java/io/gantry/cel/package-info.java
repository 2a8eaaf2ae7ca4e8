/// CEL as Kubernetes has it: compiles expressions in an environment, evaluates them, estimates what they
/// cost. Loaded at the first rule or policy, never before.
package io.gantry.cel;
