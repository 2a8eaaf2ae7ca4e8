/// Attaches volumes of CSI drivers to the nodes of the pods that use them (upstream `attachdetach`).
@org.jspecify.annotations.NullMarked
package io.gantry.controllermanager.attachdetach;
