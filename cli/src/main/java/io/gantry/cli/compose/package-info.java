/// A Compose file as an application of the cluster: reading it ([ComposeReader]), and the pure mapping to manifests
/// ([ComposePlan]). The format is the Compose Specification's; what has no meaning in a cluster is refused or warned
/// of by name, never dropped silently.
@NullMarked
package io.gantry.cli.compose;

import org.jspecify.annotations.NullMarked;
