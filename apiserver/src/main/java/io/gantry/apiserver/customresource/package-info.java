/// Custom resources: the life of CustomResourceDefinitions, and what is served of them.
@org.jspecify.annotations.NullMarked
package io.gantry.apiserver.customresource;
