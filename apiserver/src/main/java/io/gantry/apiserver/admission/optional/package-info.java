/// Admission plugins that upstream has off by default (`plugin/pkg/admission`): they run when
/// `--enable-admission-plugins` names them. One class each, and one line in [OptionalPlugins].
package io.gantry.apiserver.admission.optional;
