/// Image pulls with policy, back-off and credentials; image garbage collection.
@org.jspecify.annotations.NullMarked
package io.gantry.kubelet.image;
